import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LEFT_OUT, type LeftOut } from '../../local/left-out';
import { forEmulator } from '../../local/override';
import { AWS_PROVIDER_VERSION, findProviderMirror } from '../../local/provider-mirror';
import { findTerraform } from '../../local/terraform';
import { mirrorConfig, terraformEnvironment } from '../../local/terraform-environment';
import type { StackJson } from '../../local/terraform-json';
import { userCache } from '../../local/user-cache';
import { allStacks } from '../support/environments';
import { describeWithEmulator, PATIENCE } from './support/emulated-workspace';

/** A block in the schema of a provider. */
interface Block {
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

test('each argument that is left out is one that an environment sets: the list holds nothing that is not needed', () => {
  const stacks = Object.values(allStacks()) as readonly StackJson[];
  const unused = LEFT_OUT.filter((entry) => stacks.every((stack) => forEmulator(stack, [entry]).leftOut.length === 0));
  expect(unused).toEqual([]);
});

describeWithEmulator('the schema of the provider', () => {
  let schemas: Readonly<Record<string, Block>>;
  beforeAll(async () => (schemas = await resourceSchemas()), PATIENCE);

  test('knows none of the arguments that are left out: nothing is kept from it that it could have checked', () => {
    expect(LEFT_OUT.filter((entry) => knows(schemas[entry.type], entry))).toEqual([]);
  });

  test('knows what stands beside them, so that a name that is never found would be seen here', () => {
    const known = { type: 'aws_eks_cluster', argument: 'upgrade_policy.support_type', reason: '' };
    expect(knows(schemas[known.type], known)).toBe(true);
  });
});

function knows(block: Block | undefined, { argument }: LeftOut): boolean {
  const path = argument.split('.');
  const last = path.pop() ?? '';
  const inner = path.reduce((outer, name) => outer?.block_types?.[name]?.block, block);
  return inner?.attributes?.[last] !== undefined || inner?.block_types?.[last] !== undefined;
}

/** What the real provider says of its resources. */
async function resourceSchemas(): Promise<Readonly<Record<string, Block>>> {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-trino-schema-'));
  const aws = { source: 'aws', version: AWS_PROVIDER_VERSION };
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));
  try {
    await terraformIn(folder, 'init');
    const { provider_schemas: found } = JSON.parse(await terraformIn(folder, 'providers', 'schema', '-json')) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, { block: Block }> }>;
    };
    const [provider] = Object.values(found);
    return Object.fromEntries(
      Object.entries(provider?.resource_schemas ?? {}).map(([type, { block }]) => [type, block]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function terraformIn(folder: string, ...args: readonly string[]): Promise<string> {
  const { execa } = await import('execa');
  const mirror = await findProviderMirror();
  const cliConfig = join(folder, 'terraform.rc');
  if (mirror !== undefined) writeFileSync(cliConfig, mirrorConfig(mirror));
  const env = terraformEnvironment(process.env, {
    endpoint: 'http://127.0.0.1:1',
    pluginCache: await userCache('terraform-plugins'),
    ...(mirror === undefined ? {} : { cliConfig }),
  });
  const { stdout } = await execa(await findTerraform(), args, { cwd: folder, env, extendEnv: false });
  return stdout;
}
