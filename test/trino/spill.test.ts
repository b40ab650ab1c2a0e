import { DataSize } from '../../lib/core';
import { planSpill, spillViolations, type SpillContext, type SpillPolicy } from '../../lib/trino/spill';

const POLICY: SpillPolicy = { volume: DataSize.gib(400) };
const CONTEXT: SpillContext = { retryPolicy: 'NONE' };
const paths = (policy: SpillPolicy, context = CONTEXT) => spillViolations(policy, context).map(({ path }) => path);

test('every node gets the same lines: the coordinator plans by the same switch and creates the same directory', () => {
  const { properties } = planSpill(POLICY);
  expect(properties.coordinator).toEqual(properties.worker);
  expect(properties.worker).toEqual({
    'spill-enabled': 'true',
    'spiller-spill-path': '/spill',
    'max-spill-per-node': '360GB',
    'query-max-spill-per-node': '360GB',
    'spill-compression-codec': 'LZ4',
    'spill-encryption-enabled': 'false',
  });
});

test('both roles mount the path, and storage is asked for beyond the volume', () => {
  const { coordinator, worker } = planSpill({ ...POLICY, path: '/nvme/spill' });
  expect(worker).toEqual({
    name: 'spill',
    mountPath: '/nvme/spill',
    sizeLimit: DataSize.gib(400),
    ephemeralStorage: DataSize.gib(410),
  });
  expect(coordinator).toMatchObject({ mountPath: '/nvme/spill', sizeLimit: DataSize.gib(1) });
});

test('what is asked for is what is written', () => {
  const maxPerNode = DataSize.gib(200);
  const maxPerQuery = DataSize.gib(50);
  const { properties } = planSpill({ ...POLICY, maxPerNode, maxPerQuery, compression: 'ZSTD', encryption: true });
  expect(properties.worker).toMatchObject({
    'max-spill-per-node': '200GB',
    'query-max-spill-per-node': '50GB',
    'spill-compression-codec': 'ZSTD',
    'spill-encryption-enabled': 'true',
  });
});

describe('rules', () => {
  test('the defaults pass', () => {
    expect(paths(POLICY)).toEqual([]);
  });

  test('fails when the volume is too small to be of use', () => {
    expect(paths({ volume: DataSize.gib(1) })).toEqual([]);
    expect(paths({ volume: DataSize.mib(1023) })).toEqual(['volume']);
  });

  test.each(['/nvme/trino-spill', '/spill'])('a path of %s passes', (path) => {
    expect(paths({ ...POLICY, path })).toEqual([]);
  });

  test.each(['spill', '/', '/etc/trino/spill', '/a,/b'])('fails when the path is %j', (path) => {
    expect(paths({ ...POLICY, path })).toEqual(['path']);
  });

  test('fails when Kubernetes would evict the worker before Trino stops to spill', () => {
    expect(paths({ ...POLICY, maxPerNode: DataSize.gib(360) })).toEqual([]);
    expect(paths({ ...POLICY, maxPerNode: DataSize.gib(361) })).toEqual(['maxPerNode']);
  });

  test('fails when one query may spill more than the node', () => {
    expect(paths({ ...POLICY, maxPerQuery: DataSize.gib(360) })).toEqual([]);
    expect(paths({ ...POLICY, maxPerQuery: DataSize.gib(361) })).toEqual(['maxPerQuery']);
  });

  test('fails when the codec is none of Trino', () => {
    expect(paths({ ...POLICY, compression: 'GZIP' as 'ZSTD' })).toEqual(['compression']);
  });

  test('fails when tasks are retried: the exchange takes the place of spill', () => {
    expect(paths(POLICY, { retryPolicy: 'QUERY' })).toEqual([]);
    expect(paths(POLICY, { retryPolicy: 'TASK' })).toEqual(['']);
  });

  test('fails when the node has less storage than the volume and the logs need', () => {
    expect(paths(POLICY, { ...CONTEXT, nodeStorage: DataSize.gib(410) })).toEqual([]);
    expect(paths(POLICY, { ...CONTEXT, nodeStorage: DataSize.gib(409) })).toEqual(['volume']);
  });
});
