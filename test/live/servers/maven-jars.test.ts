import { readdirSync, rmSync } from 'node:fs';
import { mavenJars } from '../../../local/servers/maven-jars';
import { userCache } from '../../../local/user-cache';
import { describeWhere, TIMEOUT } from './workbench';

jest.setTimeout(TIMEOUT);

/** The smallest file of the metastore's list. */
const PATH = 'org/reactivestreams/reactive-streams/1.0.4/reactive-streams-1.0.4.jar';
const SHA256 = 'f75ca597789b3dac58f61857b9ac2e1034a68fa672db35055a8fb4509e325f28';
const NAME = `test-${process.pid}`;

describeWhere()('files from Maven Central', () => {
  it('are brought once, and found again', async () => {
    const said: string[] = [];
    const jars = { name: NAME, list: `${SHA256}  ${PATH}\n`, size: '12 KB' };
    const home = await mavenJars(jars, (line) => said.push(line));
    expect(await mavenJars(jars, (line) => said.push(line))).toBe(home);
    expect(readdirSync(home)).toEqual(['reactive-streams-1.0.4.jar']);
    expect(said).toHaveLength(1);
    rmSync(home, { recursive: true });
    expect(await leftovers()).toEqual([]);
  });

  it('fails when a file is not the listed one, and leaves nothing behind', async () => {
    const list = `${SHA256.replace('f', '0')}  ${PATH}\n`;
    await expect(mavenJars({ name: NAME, list, size: '12 KB' }, () => undefined)).rejects.toThrow(
      `reactive-streams-1.0.4.jar: its SHA-256 is ${SHA256}`,
    );
    expect(await leftovers()).toEqual([]);
  });
});

async function leftovers(): Promise<readonly string[]> {
  return readdirSync(await userCache('jars')).filter((name) => name.startsWith(NAME));
}
