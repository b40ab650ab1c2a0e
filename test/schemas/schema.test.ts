import { readBinding, type Kind } from '../support/schema-provider/binding';
import { schemaOf, type Block } from '../support/schema-provider/schema';

function block(kind: Kind, type: string): Block {
  const binding = readBinding(kind, type);
  if (binding === undefined) throw new Error(`no binding of ${type}`);
  return schemaOf(binding).block;
}

const attribute = ({ attributes }: Pick<Block, 'attributes'>, name: string) =>
  attributes.find((it) => it.name === name);
const nested = ({ block_types }: Block, name: string) => block_types.find(({ type_name }) => type_name === name);

const cluster = block('resource', 'aws_eks_cluster');
const database = block('resource', 'aws_db_instance');
const release = block('resource', 'helm_release');

describe('attributes', () => {
  test('required, optional and read-only ones are told apart', () => {
    expect(attribute(cluster, 'role_arn')).toMatchObject({ required: true, optional: false, computed: false });
    expect(attribute(cluster, 'version')).toMatchObject({ required: false, optional: true, computed: true });
    expect(attribute(cluster, 'endpoint')).toMatchObject({ required: false, optional: false, computed: true });
  });

  test('scalars, lists, sets and maps have the types of the provider', () => {
    expect(attribute(database, 'allocated_storage')?.type).toBe('number');
    expect(attribute(database, 'multi_az')?.type).toBe('bool');
    expect(attribute(database, 'enabled_cloudwatch_logs_exports')?.type).toEqual(['set', 'string']);
    expect(attribute(database, 'tags')?.type).toEqual(['map', 'string']);
    expect(attribute(release, 'values')?.type).toEqual(['list', 'string']);
    expect(attribute(block('data', 'aws_availability_zones'), 'names')?.type).toEqual(['list', 'string']);
  });

  test('write-only ones are neither stored nor computed', () => {
    expect(attribute(database, 'password_wo')).toMatchObject({ write_only: true, optional: true, computed: false });
    expect(attribute(database, 'password')).toMatchObject({ write_only: false });
  });

  test('read-only structures can be referred to, field by field', () => {
    expect(attribute(cluster, 'identity')?.type).toEqual([
      'list',
      ['object', { oidc: ['list', ['object', { issuer: 'string' }]] }],
    ]);
    expect(attribute(nested(cluster, 'vpc_config')?.block ?? cluster, 'cluster_security_group_id')).toMatchObject({
      type: 'string',
      optional: false,
    });
  });

  test('lists of plain objects, which demand every field, are attributes', () => {
    expect(attribute(block('resource', 'aws_security_group'), 'ingress')?.type).toEqual([
      'set',
      ['object', expect.objectContaining({ cidr_blocks: ['list', 'string'], from_port: 'number', self: 'bool' })],
    ]);
  });

  test('nested attributes of newer providers are no blocks', () => {
    expect(nested(release, 'set')).toBeUndefined();
    const set = attribute(release, 'set')?.nested_type;
    expect(set?.nesting).toBe('LIST');
    expect(set && attribute(set, 'name')).toMatchObject({ required: true, type: 'string' });
    expect(attribute(release, 'timeouts')?.nested_type?.nesting).toBe('SINGLE');
  });
});

describe('blocks', () => {
  test('a required block must be there once', () => {
    expect(nested(cluster, 'vpc_config')).toMatchObject({ nesting: 'LIST', min_items: 1, max_items: 1 });
  });

  test('an optional block that may be repeated has no limits', () => {
    const lifecycle = block('resource', 'aws_s3_bucket_lifecycle_configuration');
    expect(nested(lifecycle, 'rule')).toMatchObject({ nesting: 'LIST', min_items: 0, max_items: 0 });
    expect(nested(block('resource', 'aws_autoscaling_group'), 'tag')).toMatchObject({ nesting: 'SET' });
  });

  test('timeouts of the older providers are a single block', () => {
    expect(nested(cluster, 'timeouts')).toMatchObject({ nesting: 'SINGLE', min_items: 0, max_items: 0 });
  });

  test('a provider has a schema too, without the arguments of the language', () => {
    const provider = block('provider', 'kubernetes');
    expect(attribute(provider, 'host')).toMatchObject({ type: 'string', optional: true });
    expect(nested(provider, 'exec')?.nesting).toBe('LIST');
    expect(attribute(provider, 'alias')).toBeUndefined();
  });
});

test('a type that the provider does not have has no binding', () => {
  expect(readBinding('resource', 'aws_s3_buckett')).toBeUndefined();
});
