import { spawnSync } from 'node:child_process';
import { planTrino, type RenderedFiles, type TrinoPlan, TrinoRelease } from '../../lib/trino';
import { findJava } from '../../local/servers/jdk';
import { trinoServer } from '../../local/servers/trino-server';
import { type JudgedFile, judgePlan } from '../../tools/fuzz/judge-plan';
import { type Judge, startJudge } from '../../tools/property-sweep/judge';
import { describeWhere, say, TIMEOUT } from './servers/workbench';
import { allDefinitions } from './support/definitions';

jest.setTimeout(TIMEOUT);

/** What a release's classes are not here to judge: only a part of 483 is on Maven Central. */
const WITHOUT_CLASSES: Readonly<Record<string, readonly string[]>> = {
  '476': [],
  '483': [
    'connector:kafka',
    'connector:mysql',
    'connector:sqlserver',
    'event-listener:mysql',
    'password-authenticator:file',
    'resource-group-manager:file',
  ],
};

describeWhere(() => findJava(25)).each(Object.keys(WITHOUT_CLASSES))(
  'the files of every environment and every example, before the running classes of Trino %s',
  (version) => {
    let judge: Judge;
    let plans: Readonly<Record<string, TrinoPlan>>;
    let judged: readonly (readonly [name: string, files: readonly JudgedFile[]])[];
    beforeAll(async () => {
      judge = startJudge(version, await trinoServer(version, say));
      plans = plansOn(version);
      judged = await Promise.all(
        Object.entries(plans).map(async ([name, plan]) => [name, await judgePlan(judge, plan)] as const),
      );
    });
    afterAll(() => {
      judge.close();
    });

    it('are accepted, and so are the files that they name', () => {
      expect(judged.flatMap(([name, files]) => refusals(name, files))).toEqual([]);
    });

    it('are all judged, as far as there are classes', () => {
      const files = judged.flatMap(([, ofPlan]) => ofPlan);
      const unjudged = files.filter(({ answer }) => answer === undefined).map(({ component }) => component);
      expect([...new Set(unjudged)].sort()).toEqual(WITHOUT_CLASSES[version]);
      expect(files.length).toBeGreaterThan(60);
    });

    it.each([
      ['access-control/rules.json', '{', '{ "tabels": [],', 'access-control.properties'],
      ['worker-access-rules.json', '"allow"', '"alow"', 'access-control.properties'],
      ['config.properties', 'query.max-memory-per-node=', 'query.max-memory-per-node=1', 'config.properties'],
      ['config.properties', 'http-server.http.port', 'http-server.port', 'config.properties'],
      ...(version === '476'
        ? [
            ['resource-groups/resource-groups.json', '"maxQueued"', '"maxQueue"', 'resource-groups.properties'],
            ['schemas/', '"type"', '"typ"', 'catalog/events.properties'],
          ]
        : []),
    ])('fails when %s has %s written as %s', async (file, text, wrong, refused) => {
      const plan = withWrong(plans['production'], file, text, wrong);
      const files = await judgePlan(judge, plan, ({ name }) => name === refused);
      expect(files.flatMap(({ answer = [] }) => answer)).not.toEqual([]);
    });
  },
);

describeWhere(() => findJava(25))('the options of every JVM', () => {
  const java = findJava(25);

  it('are accepted by the JVM of the release', () => {
    const options = Object.values(plansOn('476')).flatMap(({ chart: { files } }) =>
      Object.values(files).map((role) => jvmOptions(role['jvm.config'] ?? '').join(' ')),
    );
    const outputs = [...new Set(options)].map((line) => run(java, line.split(' ')));
    expect(outputs.filter(({ status }) => status !== 0)).toEqual([]);
    expect(run(java, ['-XX:+NoSuchOption']).status).not.toBe(0);
  });
});

const PLANS = new Map<string, Readonly<Record<string, TrinoPlan>>>();

/** As if the release were the one that the library is made for: catalogs are bound to it, too. */
function plansOn(version: string): Readonly<Record<string, TrinoPlan>> {
  const known = PLANS.get(version);
  if (known !== undefined) return known;
  const release = jest.replaceProperty(TrinoRelease, 'DEFAULT', TrinoRelease.of(version));
  const plans = Object.entries(allDefinitions()).map(([name, definition]) => [name, planTrino(definition)] as const);
  release.restore();
  PLANS.set(version, Object.fromEntries(plans));
  return plansOn(version);
}

/** Whose file it is, what Trino says, and the file. */
function refusals(name: string, files: readonly JudgedFile[]): readonly string[] {
  return files
    .filter(({ answer }) => answer !== undefined && answer.length > 0)
    .map((file) => `${name}: ${file.role}: ${file.name}\n${(file.answer ?? []).join('\n')}\n${file.text}`);
}

function withWrong(plan: TrinoPlan | undefined, file: string, text: string, wrong: string): TrinoPlan {
  if (plan === undefined) throw new RangeError('there is no such environment');
  const changed = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        name.startsWith(file) ? content.replace(text, wrong) : content,
      ]),
    );
  const files: RenderedFiles = {
    coordinator: changed(plan.chart.files.coordinator),
    worker: changed(plan.chart.files.worker),
  };
  return { ...plan, chart: { ...plan.chart, files } };
}

/** Without what is of the image, and with a heap that this machine has. */
function jvmOptions(config: string): readonly string[] {
  const ours = config
    .split('\n')
    .filter((line) => line !== '' && !/^-(agentpath|javaagent|Xm[sx]|XX:HeapDumpPath)/.test(line));
  return [...ours, '-Xmx512m', '-Xms512m'];
}

function run(java: string, options: readonly string[]) {
  const { status, stderr } = spawnSync(java, [...options, '-version'], { encoding: 'utf8' });
  return { options, status, stderr };
}
