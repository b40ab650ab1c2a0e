import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findJava, findJavaBetween } from '../../../local/servers/jdk';

describe('the search for a JDK', () => {
  it('fails with the wanted releases when there is none of them', () => {
    expect(() => findJavaBetween(998, 999)).toThrow(/JDK 998 to 999 is needed, found .*adoptium/);
    expect(() => findJava(998)).toThrow(/JDK 998 or newer is needed/);
  });
});

describe('a JDK that a variable names', () => {
  const home = mkdtempSync(join(tmpdir(), 'cdktf-trino-test-'));
  const compiler = join(home, 'bin', process.platform === 'win32' ? 'javac.exe' : 'javac');

  beforeAll(() => {
    mkdirSync(dirname(compiler));
    writeFileSync(compiler, '');
    writeFileSync(join(home, 'release'), 'JAVA_VERSION="997.0.1"\n');
    process.env.JAVA_HOME_997_X64 = home;
  });
  afterAll(() => {
    delete process.env.JAVA_HOME_997_X64;
    rmSync(home, { recursive: true });
  });

  it('is found, as runners of CI set it', () => {
    expect(dirname(dirname(findJavaBetween(997, 997)))).toBe(home);
  });

  it('fails when it holds no compiler', () => {
    rmSync(compiler);
    expect(() => findJavaBetween(997, 997)).toThrow(/JDK 997 to 997 is needed/);
  });
});
