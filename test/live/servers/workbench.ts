import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificates, localCertificates } from '../../../local/servers/certificates';
import { findJava } from '../../../local/servers/jdk';
import { MissingToolError } from '../../../local/missing-tool';

/** In milliseconds: for a server that is still to be downloaded, on a machine that is ten times slower than it should be. */
export const TIMEOUT = 20 * 60_000;

/** Where the servers of a test file put their files; thrown away with them. */
export interface Workbench {
  readonly folder: (name: string) => string;
  readonly certificates: () => Promise<Certificates>;
  readonly clear: () => void;
}

export function workbench(): Workbench {
  const root = mkdtempSync(join(tmpdir(), 'cdktf-trino-servers-'));
  const folder = (name: string): string => join(root, name);
  return {
    folder,
    certificates: () => localCertificates(folder('certificates')),
    clear: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** For what servers tell of downloads: a test's reader wants to know why it takes its time. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** `describe`, or `describe.skip` with a line that says why, where the tools of a server are missing. */
export function describeWhere(findTools: () => unknown = () => findJava(17)): jest.Describe {
  try {
    findTools();
    return describe;
  } catch (error) {
    if (!(error instanceof MissingToolError)) throw error;
    process.stderr.write(`skipped: ${error.message}\n`);
    return describe.skip;
  }
}
