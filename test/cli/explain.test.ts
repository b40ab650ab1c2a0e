import { explainLines, explanationOf } from '../../cli/explain';
import { Cpu, DataSize } from '../../lib/core';
import { planTrino } from '../../lib/trino';
import { definition, NODE } from '../trino/definition/sample';
import { PIPE, PLAIN, SPOT, TERMINAL, withoutColors } from './plans';

const PLANS = { plain: PLAIN, spot: SPOT };

describe.each(Object.entries(PLANS))('the %s environment', (name, plan) => {
  const lines = explainLines(PIPE, name, plan);

  test('is explained as reviewed', () => {
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
  });

  test('fits into 80 columns of a pipe, without colours, and into the width of a terminal', () => {
    expect(lines.filter((line) => line.length > 80 || line.includes('\u001b'))).toEqual([]);
    const painted = explainLines(TERMINAL, name, plan);
    expect(painted.map(withoutColors).filter((line) => line.length > 110)).toEqual([]);
    expect(painted.join('\n')).toContain('\u001b[');
  });

  test('keeps every number and its reason, every caution and everything without effect', () => {
    const text = lines.join(' ').replace(/\s+/g, ' ');
    const { reasons, cautions, inert } = explanationOf(name, plan);
    const said = [
      ...reasons.flatMap((part) => part.reasons.map((it) => `${it.name} ${it.value} ${it.reason}`)),
      ...cautions.map((it) => `${it.path} ${it.text}`),
      ...inert.map((it) => `${it.property} ${it.reason}`),
    ];
    expect(said.filter((it) => !text.includes(it))).toEqual([]);
  });
});

describe('the drain', () => {
  test('says who would cut it off and in which step', () => {
    const text = explainLines(PIPE, 'plain', PLAIN).join('\n');
    expect(text).toMatch(/^node drain +─+╳ +15m$/m);
    expect(text.replace(/\s+/g, ' ')).toContain("waits this long: it cuts a full drain off in 'tasks'");
  });

  test('says that it fits where everything waits long enough', () => {
    const text = explainLines(PIPE, 'spot', SPOT).join('\n');
    expect(text).toMatch(/^spot notice +─+┤ +2m$/m);
    expect(text).toMatch(/^node drain +─+▶ 15m$/m);
    expect(text).not.toContain('╳');
  });
});

describe('the node', () => {
  const workersOf = (memory: DataSize, cpu?: Cpu) => {
    const workers = { node: NODE, min: 1, max: 2, memory, ...(cpu && { cpu }) };
    return explainLines(PIPE, 'dev', planTrino(definition({ workers }))).join('\n');
  };

  test('shows what is wasted beside its one pod', () => {
    const text = workersOf(DataSize.gib(40));
    expect(text).toContain('one pod of 40 GiB on a node of 59.3 GiB: 19.3 GiB (32 %) wasted');
    expect(text).toMatch(/│ pod 40 GiB +│ wasted 19.3 GiB +│/);
  });

  test('shows many pods as one part, too narrow to be told apart', () => {
    expect(workersOf(DataSize.gib(2), Cpu.millis(250))).toMatch(/│ 29 pods of 2 GiB +│ │/);
  });
});

test('machines get sizes in bytes and times in seconds, which add up', () => {
  const { environment, release, memory, drain, warnings } = explanationOf('spot', SPOT);
  expect({ environment, release }).toEqual({ environment: 'spot', release: '483' });
  const { pod, heap, headroom, pool, offHeap, node } = memory.worker;
  expect(pod).toBe(24 * 1024 ** 3);
  expect(heap).toBe(headroom + pool);
  expect(pod).toBe(heap + offHeap.reduce((sum, { size }) => sum + size, 0));
  expect(node).toEqual({ allocatable: 59.25 * 1024 ** 3, podsPerNode: 2, wasted: 11.25 * 1024 ** 3 });
  expect(drain.terminationGracePeriod).toBe(drain.timeline.reduce((sum, { length }) => sum + length, 0));
  expect(drain.limits).toContainEqual({ name: 'spot notice', at: 120, suffices: true });
  expect(warnings.map(({ kind }) => kind)).toContain('unjudged');
});
