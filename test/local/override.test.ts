import { forEmulator } from '../../local/override';
import type { StackJson } from '../../local/terraform-json';

const STACK: StackJson = {
  terraform: {
    backend: { s3: { bucket: 'state', key: 'dev/data.tfstate', region: 'eu-west-1', use_lockfile: true } },
    required_providers: { aws: { source: 'aws', version: '6.25.0' } },
  },
  provider: { aws: [{ region: 'eu-west-1' }, { region: 'us-east-1', alias: 'global' }] },
  resource: {
    aws_eks_cluster: { Main: { name: 'main', deletion_protection: true, version: '1.35' } },
    aws_eks_node_group: {
      Workers: { node_repair_config: [{ enabled: true, max_parallel: 2 }, { enabled: false }] },
    },
  },
  data: {
    terraform_remote_state: {
      network: { backend: 's3', config: { bucket: 'state', key: 'dev/network.tfstate' }, workspace: 'default' },
      other: { backend: 'local', config: { path: 'other.tfstate' } },
    },
  },
};

test('the provider version and its settings go to the override file, one entry for each alias', () => {
  expect(forEmulator(STACK, []).override).toMatchObject({
    terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
    provider: {
      aws: [
        { max_retries: 3, s3_use_path_style: true },
        { alias: 'global', max_retries: 3, s3_use_path_style: true },
      ],
    },
  });
});

test("an account that the stack insists on is the emulator's there, and none is asked for where it does not", () => {
  const insisting = { ...STACK, provider: { aws: [{ allowed_account_ids: ['444455556666'] }] } };
  expect(forEmulator(insisting, []).override).toMatchObject({
    provider: { aws: [{ allowed_account_ids: ['123456789012'] }] },
  });
  expect(JSON.stringify(forEmulator(STACK, []).override)).not.toContain('allowed_account_ids');
});

test('states of other stacks are read in path style, with all that the stack says of them', () => {
  expect(forEmulator(STACK, []).override['data']).toEqual({
    terraform_remote_state: {
      network: { config: { bucket: 'state', key: 'dev/network.tfstate', use_path_style: true } },
    },
  });
});

test('a stack that reads no other state gets no data in its override', () => {
  expect(forEmulator({ provider: { aws: [{}] } }, []).override).not.toHaveProperty('data');
});

test('the S3 backend is told to use path style; a state file needs nothing', () => {
  expect(forEmulator(STACK, []).backendConfig).toEqual(['use_path_style=true']);
  const local: StackJson = { terraform: { backend: { local: { path: 'x.tfstate' } } } };
  expect(forEmulator(local, []).backendConfig).toEqual([]);
});

test('an argument of the list is left out and reported, and nothing else of the stack changes', () => {
  const listed = { type: 'aws_eks_cluster', argument: 'deletion_protection', reason: '' };
  const { stack, leftOut } = forEmulator(STACK, [listed]);
  expect(leftOut).toEqual(['aws_eks_cluster.Main: deletion_protection']);
  expect(stack).toEqual({
    ...STACK,
    resource: { ...STACK.resource, aws_eks_cluster: { Main: { name: 'main', version: '1.35' } } },
  });
});

test('an argument inside of blocks is left out of each of them', () => {
  const listed = { type: 'aws_eks_node_group', argument: 'node_repair_config.max_parallel', reason: '' };
  const { stack, leftOut } = forEmulator(STACK, [listed]);
  expect(leftOut).toEqual(['aws_eks_node_group.Workers: node_repair_config.max_parallel']);
  expect(stack.resource?.['aws_eks_node_group']).toEqual({
    Workers: { node_repair_config: [{ enabled: true }, { enabled: false }] },
  });
});

test.each([
  ['another type', { type: 'aws_db_instance', argument: 'deletion_protection', reason: '' }],
  ['an argument that the resource does not have', { type: 'aws_eks_cluster', argument: 'tags.Owner', reason: '' }],
])('an entry for %s leaves the stack as it is and is not reported', (_, entry) => {
  expect(forEmulator(STACK, [entry])).toMatchObject({ stack: STACK, leftOut: [] });
});
