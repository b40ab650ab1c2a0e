import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkProperties, componentOf, errorsOf, TrinoRelease } from '../../lib/trino';
import { findJava } from '../../local/servers/jdk';
import { trinoServer } from '../../local/servers/trino-server';
import { type CounterExample, describe as inWords } from '../../tools/fuzz/counter-example';
import { fuzz, planned } from '../../tools/fuzz/fuzz';
import { judgePlan } from '../../tools/fuzz/judge-plan';
import { type Judge, startJudge } from '../../tools/property-sweep/judge';
import { describeWhere, say, TIMEOUT } from './servers/workbench';

jest.setTimeout(TIMEOUT);

/** Every counter-example of `npm run fuzz` that was mended. */
const REGRESSIONS = join(__dirname, 'regressions');
const DEFINITIONS = 60;
const SEED = 6;

const regressions = existsSync(REGRESSIONS)
  ? readdirSync(REGRESSIONS).map(
      (file) => [file, JSON.parse(readFileSync(join(REGRESSIONS, file), 'utf8')) as CounterExample] as const,
    )
  : [];

describeWhere(() => findJava(25)).each(['476', '483'])('made up definitions and Trino %s', (version) => {
  let judge: Judge;
  beforeAll(async () => {
    judge = startJudge(version, await trinoServer(version, say));
  });
  afterAll(() => {
    judge.close();
  });

  it('what the library accepts, Trino accepts; what Trino refuses after one change, the library refuses', async () => {
    const result = await fuzz({ release: version, judge, seed: SEED, definitions: DEFINITIONS });
    expect(result.counterExamples.map(inWords)).toEqual([]);
    expect(result.accepted).toBeGreaterThan(DEFINITIONS / 6);
    expect(result.refusedMutations).toBeGreaterThan(0);
  });

  it.each(regressions.filter(([, { release }]) => release === version))('%s stays mended', async (_file, example) => {
    expect(await disagreement(judge, example)).toEqual([]);
  });
});

/** What Trino says to what the library accepts. */
async function disagreement(judge: Judge, example: CounterExample): Promise<readonly string[]> {
  if (example.kind === 'definition') {
    const plan = planned(example.definition);
    return plan === undefined ? [] : (await judgePlan(judge, plan)).flatMap(({ answer = [] }) => answer);
  }
  const { component, after } = example;
  const selector = componentOf(TrinoRelease.of(example.release), component)?.select;
  const entries = selector === undefined ? after : { ...after, [selector[0]]: selector[1] };
  const errors = errorsOf(checkProperties(TrinoRelease.of(example.release), { component, entries }));
  return errors.length > 0 ? [] : ((await judge.ask({ component, properties: after })) ?? []);
}
