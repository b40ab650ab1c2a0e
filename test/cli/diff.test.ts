import { diffLines, differenceOf } from '../../cli/diff';
import { entriesOf } from '../../cli/files';
import { DataSize, Duration } from '../../lib/core';
import { DEFAULT_RESOURCE_GROUPS, planTrino, type TrinoDefinition } from '../../lib/trino';
import { definition, NODE } from '../trino/definition/sample';
import { PIPE, PLAIN, SPOT } from './plans';

function compared(changes: Partial<TrinoDefinition>) {
  return differenceOf({ name: 'dev', plan: PLAIN }, { name: 'staging', plan: planTrino(definition(changes)) });
}

function mysqlAt(host: string): TrinoDefinition['catalogs'] {
  const properties = { 'connection-url': `jdbc:mysql://${host}:3306`, 'connection-user': 'trino' };
  return [{ name: 'shop', config: { connector: 'mysql', properties } }];
}

test('a property that differs is found in its file, by its name, and on the nodes that read it', () => {
  const { files } = compared({ limits: { maxExecutionTime: Duration.minutes(30) } });
  expect(files).toEqual([
    {
      file: 'config.properties',
      nodes: 'coordinator',
      changes: [{ name: 'query.max-execution-time', from: '1h', to: '30m' }],
    },
  ]);
});

test('the planned numbers differ with their reasons, the pods and the number of workers', () => {
  const { numbers } = compared({ workers: { node: NODE, min: 2, max: 4, memory: DataSize.gib(40) } });
  expect(numbers).toEqual(
    expect.arrayContaining([
      { name: 'worker: pod', from: '59.3 GiB', to: '40 GiB' },
      { name: 'worker: wasted', from: '0 B', to: '19.3 GiB' },
      { name: 'worker: resources.requests.memory', from: '"60672Mi"', to: '"40Gi"' },
      { name: 'workers: least', from: '1', to: '2' },
      { name: 'workers: most', from: '6', to: '4' },
      { name: 'memory: query.max-memory', from: '142.1 GiB', to: '64 GiB' },
    ]),
  );
});

test('a catalog that only one of the two has, has no other side; it is the same on every node', () => {
  const file = compared({ catalogs: [] }).files.find((it) => it.file === 'catalog/tpch.properties');
  expect(file).toEqual({
    file: 'catalog/tpch.properties',
    nodes: 'all',
    changes: [{ name: 'connector.name', from: 'tpch' }],
  });
});

test('a JSON file differs by its members, not by its lines', () => {
  const { rootGroups } = DEFAULT_RESOURCE_GROUPS;
  const [first, ...others] = rootGroups;
  const changed = first === undefined ? [] : [{ ...first, hardConcurrencyLimit: 7 }, ...others];
  const { files } = compared({ resourceGroups: { ...DEFAULT_RESOURCE_GROUPS, rootGroups: changed } });
  const names = files.flatMap(({ changes }) => changes.map(({ name }) => name));
  expect(names).toEqual(['rootGroups[0].hardConcurrencyLimit']);
});

test('placeholders of the engine are never printed, and differ from nothing but known values', () => {
  const [one, other] = ['TOKEN.1', 'TOKEN.22'].map((token) => {
    return { name: token, plan: planTrino(definition({ catalogs: mysqlAt(`\${TfToken[${token}]}`) })) };
  });
  const known = { name: 'known', plan: planTrino(definition({ catalogs: mysqlAt('db') })) };
  if (one === undefined || other === undefined) throw new Error('two plans');
  expect(differenceOf(one, other).files).toEqual([]);
  const text = diffLines(PIPE, differenceOf(one, known)).join('\n');
  expect(text).toContain('- connection-url=jdbc:mysql://<known when deployed>:3306');
  expect(text).toContain('+ connection-url=jdbc:mysql://db:3306');
  expect(text).not.toContain('TfToken');
});

test('lines of a review: sorted by name, the same each time, the other way round with signs exchanged', () => {
  const there = diffLines(PIPE, differenceOf({ name: 'a', plan: PLAIN }, { name: 'b', plan: SPOT }));
  const back = diffLines(PIPE, differenceOf({ name: 'a', plan: SPOT }, { name: 'b', plan: PLAIN }));
  const signs = (lines: readonly string[]) => lines.slice(1).filter((line) => /^[-+]/.test(line));
  const exchanged = signs(back).map((line) => `${line.startsWith('+') ? '-' : '+'}${line.slice(1)}`);
  expect([...exchanged].sort()).toEqual([...signs(there)].sort());
  expect(there).toContain('config.properties: worker only');
  expect(there).toContain('exchange-manager.properties: every node');
});

test('two environments that do not differ are said to be alike', () => {
  const same = compared({});
  expect(same).toEqual({ from: 'dev', to: 'staging', numbers: [], files: [] });
  expect(diffLines(PIPE, same)).toEqual(['dev and staging do not differ']);
});

test('a file of any kind becomes names and values', () => {
  expect(entriesOf('config.properties', 'a=1\nb=2\na=3\n')).toEqual({ a: '3', b: '2' });
  expect(entriesOf('jvm.config', '-server\n-Xmx4G\n')).toEqual({ '-server': '', '-Xmx4G': '' });
  expect(entriesOf('rules.json', '{"a":[{"b":1},[]],"c":null}')).toEqual({ 'a[0].b': '1', 'a[1]': '[]', c: 'null' });
});
