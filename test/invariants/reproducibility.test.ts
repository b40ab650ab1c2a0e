/** The same definition gives the same bytes: on every machine, in every folder, for everybody. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentNames } from '../../stacks/environments';
import { ROOT, runFresh } from '../support/fresh-process';

const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-twice-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Nothing of it may reach a file: not the place, not the time, and no credential. */
const elsewhere = {
  TZ: 'Pacific/Kiritimati',
  LANG: 'tr_TR.UTF-8',
  USER: 'somebody',
  AWS_REGION: 'ap-southeast-2',
  AWS_PROFILE: 'canary-profile',
  AWS_ACCESS_KEY_ID: 'canary-key',
  AWS_SECRET_ACCESS_KEY: 'canary-secret',
  AWS_SESSION_TOKEN: 'canary-token',
  MYSQL_PWD: 'canary-mysql',
  PASSWORD_0: 'canary-user',
  AUDIT_PASSWORD: 'canary-audit',
  CATALOG_SHOP_CONNECTION_PASSWORD: 'canary-shop',
  TF_VAR_password: 'canary-variable',
};

function synthesized(environment: string, outdir: string, cwd: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const main = JSON.stringify(join(ROOT, 'stacks/main.ts'));
  const { PATH } = process.env;
  runFresh(`require(${main})`, { cwd, env: { PATH, TRINO_ENV: environment, CDKTF_OUTDIR: outdir, ...env } });
  const files = readdirSync(outdir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files
      .map((file) => join(file.parentPath, file.name))
      .map((path) => [path.slice(outdir.length), readFileSync(path, 'utf8')]),
  );
}

test.each(environmentNames())('%s is byte for byte the same elsewhere', (environment) => {
  const here = synthesized(environment, join(folder, environment), ROOT, { TZ: 'UTC', LANG: 'C' });
  const there = synthesized(environment, join(folder, 'other', environment), tmpdir(), elsewhere);
  expect(Object.keys(here).filter((name) => name.endsWith('cdk.tf.json'))).not.toEqual([]);
  expect(there).toEqual(here);
});
