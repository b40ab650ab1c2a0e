import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { App, TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { escapeTerraform } from '../../lib/core';
import { LayerStack } from '../../stacks/layer-stack';
import { one, synth, testApp } from '../support/synth';

function layer(app: App = testApp(), name: 'network' | 'data' = 'data'): LayerStack {
  return new LayerStack(app, { environment: 'dev', layer: name, region: 'eu-west-1', stateBucket: 'acme-state' });
}

test('every layer has its own state in S3 with a lock, and its tags on everything', () => {
  const json = synth(layer());
  expect(json.terraform).toMatchObject({
    backend: { s3: { bucket: 'acme-state', key: 'dev/data.tfstate', region: 'eu-west-1', use_lockfile: true } },
    required_version: '>= 1.11',
  });
  expect(json.provider?.aws?.[0]).toMatchObject({
    region: 'eu-west-1',
    default_tags: [{ tags: { Environment: 'dev', Layer: 'data', ManagedBy: 'cdktf-trino' } }],
  });
});

describe('two constructs at one address', () => {
  test('fails when ids differ only in characters that Terraform drops', () => {
    const stack = layer();
    new S3Bucket(stack, 'lake.raw', {});
    new S3Bucket(stack, 'lakeraw', {});
    expect(() => synth(stack)).toThrow('aws_s3_bucket.lakeraw: got dev-data/lake.raw and dev-data/lakeraw');
  });

  test('the same id below different parents is fine', () => {
    const stack = layer();
    new S3Bucket(new Construct(stack, 'A'), 'Resource', {});
    new S3Bucket(new Construct(stack, 'B'), 'Resource', {});
    expect(() => synth(stack)).not.toThrow();
  });
});

describe('dependencies', () => {
  test('fails when node.addDependency is used, which orders nothing', () => {
    const stack = layer();
    const [a, b] = [new S3Bucket(stack, 'A', {}), new S3Bucket(stack, 'B', {})];
    a.node.addDependency(b);
    expect(() => synth(stack)).toThrow('dev-data/A: got node.addDependency(dev-data/B)');
  });

  test('dependsOn and stacks that depend on stacks are fine', () => {
    const app = testApp();
    const [network, data] = [layer(app, 'network'), layer(app)];
    data.addDependency(network);
    new S3Bucket(data, 'B', { dependsOn: [new S3Bucket(data, 'A', {})] });
    expect(() => synth(data)).not.toThrow();
  });

  test('fails when an output depends on a resource, which the engine writes as text', () => {
    const stack = layer();
    const bucket = new S3Bucket(stack, 'A', {});
    new TerraformOutput(stack, 'Name', { value: bucket.id, dependsOn: [bucket] });
    expect(() => synth(stack)).toThrow(/output\.Name\.depends_on\.0.*dependable/s);
  });
});

describe('text of a person', () => {
  const tagged = (text: string): LayerStack => {
    const stack = layer();
    new S3Bucket(stack, 'Lake', { tags: { text } });
    return stack;
  };

  test.each(['${ENV:PASSWORD}', 'uid=${USER},ou=people', '%{ if true }', '${TOPIC}', 'a $$${ENV:X}'])(
    'fails when %s reaches Terraform as it is',
    (text) => {
      expect(() => synth(tagged(text))).toThrow(/resource\.aws_s3_bucket\.Lake\.tags\.text.*escapeTerraform/s);
    },
  );

  test.each(['${ENV:PASSWORD}', '%{ if true }', 'plain', '100% $5 {a}'])('%s is fine once escaped', (text) => {
    expect(() => synth(tagged(escapeTerraform(text)))).not.toThrow();
  });

  test.each([
    '${aws_s3_bucket.Lake.id}',
    '${data.aws_region.r.id}',
    '${join("-", ["a"])}',
    '${ephemeral.a_b.c.d}',
    '${1 + 2}',
  ])('an expression of Terraform is fine: %s', (text) => {
    expect(() => synth(tagged(text))).not.toThrow();
  });
});

describe('values that are known only when Terraform runs', () => {
  const database = (stack: LayerStack): DbInstance => new DbInstance(stack, 'Db', { instanceClass: 'db.t4g.medium' });

  test('fails when a number of that kind stands behind a minus sign', () => {
    const stack = layer();
    new S3Bucket(stack, 'Lake', { bucket: `lake-${database(stack).port}` });
    expect(() => synth(stack)).toThrow(/aws_s3_bucket\.Lake\.bucket: got .*e\+29\d/);
  });

  test('fails when text of that kind was changed', () => {
    const stack = layer();
    new S3Bucket(stack, 'Lake', { bucket: database(stack).identifier.toUpperCase() });
    expect(() => synth(stack)).toThrow(/aws_s3_bucket\.Lake\.bucket: got TFTOKEN/);
  });
});

describe('secrets', () => {
  const twoStacks = (pick: (db: DbInstance) => string): LayerStack => {
    const app = testApp();
    const [network, data] = [layer(app, 'network'), layer(app)];
    const db = new DbInstance(network, 'Db', { instanceClass: 'db.t4g.medium', password: 'x' });
    new S3Bucket(data, 'Lake', { tags: { value: pick(db) } });
    return data;
  };

  test('fails when a password crosses from one stack to another', () => {
    expect(() => synth(twoStacks((db) => String(db.passwordInput)))).not.toThrow();
    const stack = twoStacks((db) => db.getStringAttribute('password'));
    expect(() => synth(stack)).toThrow('hand on a SecretRef');
  });

  test('an address may cross', () => {
    const json = synth(twoStacks((db) => db.address));
    expect(JSON.stringify(one(json, 'aws_s3_bucket').args)).toContain('terraform_remote_state');
  });
});
