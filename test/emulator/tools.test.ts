import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { MissingToolError } from '../../local/missing-tool';
import { findPython } from '../../local/python';
import { findTerraform } from '../../local/terraform';

const path = process.env['PATH'] ?? '';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-tools-'));
  process.env['PATH'] = `${folder}${delimiter}${path}`;
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

/** Puts a program in front of all others on the PATH that prints a text. */
function program(name: string, output: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho '${output}'\n`);
  chmodSync(file, 0o755);
}

describe('Terraform', () => {
  test.each(['1.11.0', '1.12.3', '2.0.0'])('%s is taken', async (version) => {
    program('terraform', JSON.stringify({ terraform_version: version }));
    await expect(findTerraform()).resolves.toBe('terraform');
  });

  test('fails when it is too old, and names the version wanted and the one found', async () => {
    program('terraform', JSON.stringify({ terraform_version: '1.9.8' }));
    await expect(findTerraform()).rejects.toThrow('Terraform 1.11 or newer is needed, found 1.9.8');
  });

  test('fails when it is not there', async () => {
    process.env['PATH'] = folder;
    await expect(findTerraform()).rejects.toThrow(MissingToolError);
    await expect(findTerraform()).rejects.toThrow('found none: install it from https://');
  });
});

describe('Python', () => {
  test('the first that is new enough is taken', async () => {
    program('python-old', '3.9.18');
    program('python-new', '3.12.1');
    await expect(findPython(['python-absent', 'python-old', 'python-new'])).resolves.toBe('python-new');
  });

  test('fails when all are too old, and names them', async () => {
    program('python-old', '3.9.18');
    const nothing = findPython(['python-absent', 'python-old']);
    await expect(nothing).rejects.toThrow('Python 3.11 or newer is needed, found python-old 3.9.18');
  });
});
