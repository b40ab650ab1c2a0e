import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, type Surroundings } from '../../cli/command-line';
import { PIPE, PLAIN, SPOT } from './plans';

const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a call prints, and what it asked for. */
function run(...args: readonly string[]) {
  return runKnowing({ names: ['dev', 'spot'], planOf: (name) => (name === 'dev' ? PLAIN : SPOT) }, ...args);
}

function runKnowing(environments: Surroundings['environments'], ...args: readonly string[]) {
  const done = { text: '', refused: false, planned: [] as unknown[] };
  const surroundings: Surroundings = {
    environments,
    plan: (...config) => {
      done.planned.push(config);
      return SPOT;
    },
    screen: PIPE,
    print: (text) => (done.text += text),
    refuse: () => (done.refused = true),
  };
  commandLine(surroundings).parse(args, { from: 'user' });
  return done;
}

function fileWith(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe('every command prints text, or JSON for machines', () => {
  test.each([
    [['explain', 'dev'], 'dev: Trino 480', { environment: 'dev', release: '480' }],
    [['diff', 'dev', 'spot'], 'diff: - dev  + spot', { from: 'dev', to: 'spot' }],
    [['upgrade', 'dev', '--to', '481'], 'dev: Trino 480 → 481', { environment: 'dev', to: '481', possible: true }],
  ])('%j', (args, text, json) => {
    expect(run(...args).text).toContain(text);
    expect(JSON.parse(run(...args, '--json').text)).toMatchObject(json);
  });
});

test('fails when an environment is unknown, with those that are known', () => {
  expect(() => run('explain', 'prod')).toThrow(/name: got 'prod'; allowed: 'dev' or 'spot'; fix: .* --file/);
});

test('fails when none is known: in a project of its own every environment is in a file of the user', () => {
  const none = { names: [], planOf: () => PLAIN };
  expect(() => runKnowing(none, 'explain', 'dev')).toThrow(/name: got 'dev'; .* none is known .*; fix: add --file/);
});

test('fails when a release is unknown, with those that are known', () => {
  expect(() => run('upgrade', 'dev', '--to', '999')).toThrow(/got '999'; allowed: '476', '480'/);
});

test('the process fails when an upgrade would be refused, and only then', () => {
  expect(run('upgrade', 'dev', '--to', '483').refused).toBe(false);
  expect(run('upgrade', 'spot', '--to', '476')).toMatchObject({
    refused: true,
    text: expect.stringContaining('refused'),
  });
});

describe('an environment in a file of the user', () => {
  test('is called after its file, beside the known ones', () => {
    const file = fileWith('staging.js', "exports.environment = { region: 'eu-west-1' };");
    const { text, planned } = run('diff', 'dev', 'staging', '--file', file);
    expect(text).toContain('diff: - dev  + staging');
    expect(planned).toEqual([['staging', { region: 'eu-west-1' }]]);
  });

  test.each([
    ['missing.js', undefined, /got no such file/],
    ['typed.ts', 'export const environment = {};', /got TypeScript; .*fix: compile it/],
    ['other.js', 'exports.network = {};', /exports 'environment'; fix: add: export const environment/],
    ['text.js', "exports.environment = 'dev';", /got a module without it/],
    ['broken.json', '{ "environment": ', /broken\.json: got a module that fails: .+; allowed: .*; fix: mend it/],
    ['failing.js', "throw new Error('boom\\nsecond line');", /got a module that fails: boom; .*fix: .*failing\.js/],
  ])('fails when %s is none', (name, content, message) => {
    const file = content === undefined ? join(folder, name) : fileWith(name, content);
    expect(() => run('explain', 'x', '--file', file)).toThrow(message);
  });

  test('fails when it is a folder', () => {
    expect(() => run('explain', 'x', '--file', folder)).toThrow(/got a folder; .*fix: name the file in it/);
  });

  test('what the library refuses while the file is read is told in its own words', () => {
    const refused = "throw Object.assign(new Error('memory: got -1'), { name: 'ConfigError' });";
    expect(() => run('explain', 'x', '--file', fileWith('refused.js', refused))).toThrow(/^memory: got -1$/);
  });
});
