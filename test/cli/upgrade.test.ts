import { upgradeLines, upgradeReport } from '../../cli/upgrade';
import { planTrino, TrinoRelease } from '../../lib/trino';
import { definition } from '../trino/definition/sample';
import { PIPE, PLAIN } from './plans';

const to = (version: string) => TrinoRelease.of(version);

/** Accepted by 480 and gone in 481. */
const GONE = 'fs.cache.preferred-hosts-count';
const withGone = planTrino(
  definition({
    catalogs: [
      {
        name: 'old',
        config: {
          connector: 'hive',
          properties: {
            'hive.metastore.uri': 'thrift://metastore:9083',
            [GONE]: '2',
            'fs.cache.enabled': 'true',
            'fs.cache.directories': '/cache',
            'fs.cache.max-sizes': '10GB',
          },
        },
      },
    ],
  }),
);

test('fails when the new release would refuse a line: what, where, on which nodes', () => {
  const report = upgradeReport('dev', withGone, to('481'));
  expect(report).toMatchObject({ environment: 'dev', from: '480', to: '481', possible: false });
  const refused = report.changes.filter(({ effect }) => effect === 'refused');
  expect(refused).toEqual([expect.objectContaining({ file: 'catalog/old.properties', property: GONE, nodes: 'all' })]);
  expect(refused[0]?.fix.length).toBeGreaterThan(5);
  expect(upgradeLines(PIPE, report)).toContain('refused: the new release does not start with these lines');
});

describe('session defaults', () => {
  const iceberg = { connector: 'iceberg', properties: { 'hive.metastore.uri': 'thrift://metastore:9083' } };
  const planned = (sessionProperties: Readonly<Record<string, string>>) =>
    planTrino(definition({ catalogs: [{ name: 'lake', config: iceberg }], sessionDefaults: [{ sessionProperties }] }));

  test('fails when queries that get them would fail: the new release has one of them no more', () => {
    const report = upgradeReport(
      'dev',
      planned({ 'lake.target_max_file_size': '1GB', spill_enabled: 'true' }),
      to('483'),
    );
    expect(report.possible).toBe(false);
    expect(report.changes.filter(({ effect }) => effect === 'fails')).toEqual([
      {
        effect: 'fails',
        file: 'session-property-config.json',
        nodes: 'coordinator',
        property: '[0].sessionProperties',
        got: "'lake.target_max_file_size'",
        allowed: expect.stringContaining(
          'a session property of connector iceberg in Trino 483; found in Trino 476, 480',
        ),
        fix: 'leave it out, or every query that the entry matches fails',
      },
    ]);
    expect(upgradeLines(PIPE, report)).toContain(
      'fails: the new release starts with these, and queries that get them fail',
    );
  });

  test('that the new release has as well change nothing', () => {
    const { changes } = upgradeReport('dev', planned({ 'lake.sorted_writing_enabled': 'true' }), to('483'));
    expect(changes.filter(({ effect }) => effect === 'fails')).toEqual([]);
  });
});

test('an upgrade is possible when lines are only renamed; the new name is told', () => {
  const report = upgradeReport('dev', PLAIN, to('481'));
  expect(report.possible).toBe(true);
  expect(report.changes).toEqual([
    {
      effect: 'renamed',
      file: 'catalog/lake.properties',
      nodes: 'all',
      property: 'fs.native-s3.enabled',
      got: "'true'",
      allowed: 'fs.s3.enabled; the old name still works',
      fix: 'write fs.s3.enabled',
    },
  ]);
});

test('what other data than those of the release have judged is said to be', () => {
  const report = upgradeReport('dev', PLAIN, to('483'));
  const unjudged = report.changes.filter(({ effect }) => effect === 'unjudged');
  expect(unjudged.map(({ file, nodes }) => `${file} ${nodes}`)).toEqual([
    'catalog/shop.properties all',
    'resource-groups.properties coordinator',
  ]);
  const text = upgradeLines(PIPE, report).join('\n');
  expect(text).toContain('not judged by data of the new release');
  expect(text.replace(/\s+/g, ' ')).toContain('what Trino 481 accepts');
});

test('a default that only the coordinator knows is the coordinator’s; one that both know is said once', () => {
  const { changes } = upgradeReport('dev', PLAIN, to('476'));
  const nodesOf = (name: string) => changes.filter(({ property }) => property === name).map(({ nodes }) => nodes);
  expect(nodesOf('web-ui.preview.enabled')).toEqual(['coordinator']);
  expect(nodesOf('internal-communication.http2.enabled')).toEqual(['all']);
});

test('nothing changes within a release', () => {
  const report = upgradeReport('dev', PLAIN, to('480'));
  expect(report).toMatchObject({ possible: true, changes: [] });
  expect(upgradeLines(PIPE, report)).toEqual(['dev: Trino 480 → 480: nothing changes for these files']);
});
