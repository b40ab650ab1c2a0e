import { type ChartKeys, chartKeyViolations } from '../../lib/core';

const KEYS: ChartKeys = {
  chart: 'sample',
  repository: 'https://charts.example',
  version: '1.0.0',
  values: [
    { path: 'server', type: 'object' },
    { path: 'server.workers', type: 'integer' },
    { path: 'server.old', type: 'string', unread: true },
    { path: 'labels', type: 'object', freeForm: true },
    { path: 'probe', type: 'object', freeForm: true, onlyKeys: ['periodSeconds'] },
    { path: 'catalogs', type: 'object', open: true },
    { path: 'env', type: 'array', freeForm: true },
    { path: 'mounts', type: 'array', freeForm: true, itemKeys: ['name', 'path'] },
    { path: 'nodeSelector', type: 'object' },
    { path: 'nodeSelector.kubernetes\\.io/os', type: 'string' },
  ],
  documentedButUnset: ['server.extra'],
};
const paths = (values: object) => chartKeyViolations(KEYS, values).map(({ path }) => path);

describe('values of a chart', () => {
  test('listed keys, and whatever may be below free ones, are read', () => {
    const values = {
      server: { workers: 2, extra: { anything: true } },
      labels: { team: 'data' },
      probe: { periodSeconds: 5 },
      catalogs: { shop: 'text', tpch: null },
      env: [{ name: 'A' }],
      mounts: [{ name: 'a', path: '/a' }],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      global: { x: 1 },
    };
    expect(paths(values)).toEqual([]);
  });

  test('fails when no template reads a key', () => {
    expect(paths({ server: { worker: 2 } })).toEqual(['server.worker']);
    expect(paths({ sever: {} })).toEqual(['sever']);
    expect(paths({ server: { old: 'x' } })).toEqual(['server.old']);
  });

  test('fails below a map of which templates read some keys only', () => {
    expect(paths({ probe: { httpGet: {}, periodSeconds: 5 } })).toEqual(['probe.httpGet']);
  });

  test('fails inside of an item, of which templates read some keys only', () => {
    expect(paths({ mounts: [{ name: 'a' }, { nmae: 'b', path: '/b' }] })).toEqual(['mounts.1.nmae']);
  });

  test.each([
    [{ server: { worker: 2 } }, 'did you mean workers?'],
    [{ probe: { periodSecond: 2 } }, 'did you mean periodSeconds?'],
    [{ mounts: [{ nmae: 'b' }] }, 'did you mean name?'],
    [{ server: { extras: 2 } }, 'did you mean extra?'],
    [{ server: { old: 'x' } }, 'correct the key, or leave it out'],
    [{ somethingElse: 1 }, 'correct the key, or leave it out'],
  ])('a slip is told from something else: %j', (values, fix) => {
    expect(chartKeyViolations(KEYS, values).map((violation) => violation.fix)).toEqual([fix]);
  });

  test('the error names the chart and its version', () => {
    expect(chartKeyViolations(KEYS, { sever: 1 })[0]?.allowed).toContain('the chart sample 1.0.0');
  });
});
