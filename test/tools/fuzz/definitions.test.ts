import fc from 'fast-check';
import { TrinoRelease } from '../../../lib/trino';
import { definitions } from '../../../tools/fuzz/arbitrary/definitions';
import { definitionOf } from '../../../tools/fuzz/expression';
import { planned } from '../../../tools/fuzz/fuzz';
import { plannedFiles } from '../../../tools/fuzz/judge-plan';

const SAMPLE = { numRuns: 60, seed: 1 };

describe.each(['476', '483'])('definitions that are made up for Trino %s', (version) => {
  const made = fc.sample(definitions(TrinoRelease.of(version)), SAMPLE);

  test('are right often enough for their files to be judged, and wrong often enough to be worth it', () => {
    const accepted = made.filter((definition) => planned(definition) !== undefined);
    expect(accepted.length).toBeGreaterThan(made.length / 6);
    expect(accepted.length).toBeLessThan(made.length);
  });

  test('mean the same after they were written down', () => {
    const files = (definition: (typeof made)[number]) => planned(definition)?.chart.files;
    for (const definition of made) {
      expect(files(JSON.parse(JSON.stringify(definition)) as typeof definition)).toEqual(files(definition));
    }
  });

  test('bring most kinds of files to be judged', () => {
    const plans = made.flatMap((definition) => planned(definition) ?? []);
    const components = new Set(plans.flatMap((plan) => plannedFiles(plan).map(({ component }) => component)));
    expect([...components]).toEqual(
      expect.arrayContaining([
        'server',
        'access-control:file',
        'connector:hive',
        'connector:kafka',
        'event-listener:mysql',
      ]),
    );
  });
});

test('a definition may call the library, by one key with a $, and nothing else', () => {
  const definition = definitionOf({
    name: 'x',
    workers: { node: { memory: { $size: '2GB' } } },
    catalogs: [{ $any: 1 }],
  });
  expect(definition.workers.node.memory.toGib()).toBe(2);
  expect(definition.catalogs).toEqual([{ $any: 1 }]);
});
