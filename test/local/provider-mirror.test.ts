import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProviderMirror, searchMirror } from '../../local/provider-mirror';

const SYSTEM = process.platform === 'win32' ? 'windows' : process.platform;
const PLATFORM = `${SYSTEM}_${process.arch === 'x64' ? 'amd64' : process.arch}`;
const PROVIDER = join('registry.example', 'hashicorp', 'aws');

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'cdktf-trino-mirror-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** Makes a mirror in a folder below the root. */
function mirrorIn(folder: string, version = '5.100.0', platform = PLATFORM): string {
  const mirror = join(root, folder);
  mkdirSync(join(mirror, PROVIDER, version, platform), { recursive: true });
  return mirror;
}

describe('the search for a mirror', () => {
  test('finds one some folders deep, the shallowest first', () => {
    mirrorIn('a/b/c');
    const mirror = mirrorIn('z/plugins');
    expect(searchMirror(root)).toBe(mirror);
  });

  test("finds one that holds the release's archive", () => {
    const mirror = join(root, 'mirror');
    mkdirSync(join(mirror, PROVIDER), { recursive: true });
    writeFileSync(join(mirror, PROVIDER, `terraform-provider-aws_5.100.0_${PLATFORM}.zip`), '');
    expect(searchMirror(root)).toBe(mirror);
  });

  test.each([
    ['has another version', 'mirror', '6.25.0', PLATFORM],
    ['is for another platform', 'mirror', '5.100.0', 'plan9_mips'],
    ['lies too deep', 'a/b/c/d', '5.100.0', PLATFORM],
    ['lies in a folder of packages', 'node_modules/mirror', '5.100.0', PLATFORM],
    ['lies in a hidden folder', '.cache/mirror', '5.100.0', PLATFORM],
  ])('finds none where the only one %s', (_, folder, version, platform) => {
    mirrorIn(folder, version, platform);
    expect(searchMirror(root)).toBeUndefined();
  });

  test('follows no links, which may lead in circles', () => {
    symlinkSync(root, join(root, 'loop'));
    expect(searchMirror(root)).toBeUndefined();
  });
});

describe('a mirror named by CDKTF_TRINO_PROVIDER_DIR', () => {
  test('is taken', async () => {
    const mirror = mirrorIn('named');
    await expect(findProviderMirror({ CDKTF_TRINO_PROVIDER_DIR: mirror })).resolves.toBe(mirror);
  });

  test('fails when the provider is not there, and says what was looked for', async () => {
    await expect(findProviderMirror({ CDKTF_TRINO_PROVIDER_DIR: root })).rejects.toThrow(
      `CDKTF_TRINO_PROVIDER_DIR is '${root}', where there is no <host>/hashicorp/aws/5.100.0/${PLATFORM}`,
    );
  });
});

test("one of Terraform's usual plugin folders is taken before anything is searched for", async () => {
  const mirror = mirrorIn('share/terraform/plugins');
  await expect(findProviderMirror({ XDG_DATA_HOME: join(root, 'share') })).resolves.toBe(mirror);
});
