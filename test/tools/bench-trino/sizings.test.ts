import { DataSize } from '../../../lib/core';
import { parseProperties, TrinoRelease } from '../../../lib/trino';
import { SIZINGS } from '../../../tools/bench-trino/sizings';

const POD = DataSize.gib(10);
const RELEASE = TrinoRelease.of('476');

function filesOf(name: string) {
  const plan = SIZINGS.find((sizing) => sizing.name === name)?.plan(POD, RELEASE);
  if (plan === undefined) throw new Error(`there is no ${name}`);
  return plan.chart.files;
}

function lines(text = '') {
  return Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value]));
}

function memoryOf(name: string) {
  const { coordinator, worker } = filesOf(name);
  const config = lines(worker['config.properties']);
  return {
    heap: worker['jvm.config']?.split('\n').filter((option) => option.startsWith('-Xm')),
    perNode: config['query.max-memory-per-node'],
    headroom: config['memory.heap-headroom-per-node'],
    query: lines(coordinator['config.properties'])['query.max-memory'],
  };
}

test("the chart's own numbers come out in the pod that its heap is four fifths of", () => {
  expect(memoryOf('official chart 1.42.2')).toEqual({
    heap: ['-Xmx8G'],
    perNode: '1GB',
    headroom: undefined,
    query: '4GB',
  });
});

test('data-on-eks leaves seven tenths of the pod to nobody', () => {
  expect(memoryOf('data-on-eks')).toEqual({
    heap: ['-Xmx3G'],
    perNode: '1536MB',
    headroom: undefined,
    query: '71679MB',
  });
});

test('nothing but memory is different from what the library plans', () => {
  const MEMORY =
    /^query\.max-memory$|^query\.max-memory-per-node$|^query\.max-total-memory$|^memory\.heap-headroom-per-node$/;
  const rest = (name: string) => {
    const { 'config.properties': config = '', 'jvm.config': jvm = '', ...others } = filesOf(name).worker;
    const properties = parseProperties(config).filter((line) => !MEMORY.test(line.name));
    const options = jvm.split('\n').filter((option) => !option.startsWith('-Xm'));
    return { others, options, config: properties.map((line) => `${line.name}=${line.value}`) };
  };
  const ours = rest('this library, without spill');
  expect(rest('official chart 1.42.2')).toEqual(ours);
  expect(rest('data-on-eks')).toEqual(ours);
});
