import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { floorProgram } from '../../../tools/bench/floor';
import { parseStack, type StackJson } from '../../../tools/bench/stack-json';
import { findEnvironment } from '../../../stacks/environments';
import { stacksOf } from '../../support/environments';
import { runFresh } from '../../support/fresh-process';

const outdir = mkdtempSync(join(tmpdir(), 'cdktf-trino-floor-'));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const stacks = stacksOf('production', findEnvironment('production')) as unknown as Record<string, StackJson>;

test('the program without the library writes the same stacks', () => {
  runFresh(floorProgram(stacks), { env: { ...process.env, CDKTF_OUTDIR: outdir } });
  const written = Object.keys(stacks).map((id) => [
    id,
    parseStack(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8')),
  ]);
  expect(Object.fromEntries(written)).toEqual(stacks);
});

test('it uses the bindings as one does by hand', () => {
  const program = floorProgram(stacks);
  expect(program).toMatch(/const \{ EksCluster \} = require\('@cdktf\/provider-aws\/lib\/eks-cluster'\);/);
  expect(program).toMatch(/vpcId: Token\.asString\(made\["production-network\/aws_vpc\.\w+"\]\.id\)/);
  expect(program).toMatch(/lifecycle: \{ preventDestroy: true \}/);
  expect(program).not.toMatch(/terraform_remote_state|cdktf-trino'/);
});
