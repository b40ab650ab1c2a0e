import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hiveVersion } from '../../../lib/kubernetes/hive-metastore/version';
import { parseArtifacts } from '../../../local/servers/maven-jars';

const SHA256 = '0123456789abcdef'.repeat(4);
const DATA = join(__dirname, '../../../local/servers/data');

describe('a list of files in a Maven repository', () => {
  it('is read as coordinates', () => {
    const list = `${SHA256}  org/apache/hive/server/4.0.1/server-4.0.1-bin.tar.gz\n${SHA256}  g/a-b/1.0-jre/a-b-1.0-jre.jar\n`;
    expect(parseArtifacts(list)).toEqual([
      {
        sha256: SHA256,
        groupId: 'org.apache.hive',
        artifactId: 'server',
        version: '4.0.1',
        classifier: 'bin',
        type: 'tar.gz',
        file: 'server-4.0.1-bin.tar.gz',
      },
      {
        sha256: SHA256,
        groupId: 'g',
        artifactId: 'a-b',
        version: '1.0-jre',
        classifier: undefined,
        type: 'jar',
        file: 'a-b-1.0-jre.jar',
      },
    ]);
  });

  it.each([
    ['has no checksum', 'g/a/1/a-1.jar'],
    ['has a checksum that is too short', `${SHA256.slice(1)}  g/a/1/a-1.jar`],
    ['has no group', `${SHA256}  a/1/a-1.jar`],
    ['has a file of another version', `${SHA256}  g/a/1/a-2.jar`],
    ['has a file without a type', `${SHA256}  g/a/1/a-1`],
  ])('fails when a line %s', (_, line) => {
    expect(() => parseArtifacts(line)).toThrow(line);
  });

  it('is what every committed list is', () => {
    const lists = readdirSync(DATA).filter((name) => name.endsWith('.txt'));
    const texts = [...lists.map((name) => readFileSync(join(DATA, name), 'utf8')), hiveVersion('4.0.1').artifacts];
    for (const text of texts) expect(parseArtifacts(text)).toHaveLength(text.trimEnd().split('\n').length);
    expect(lists.length).toBeGreaterThan(2);
  });
});
