import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { Annotations, TerraformOutput } from 'cdktf';
import { dataSources, one, outputs, resources, synth, testApp, testStack, warnings } from './synth';

describe('synth', () => {
  test('reads resources, data sources and outputs of a stack back', () => {
    const json = synth(
      testStack((stack) => {
        const bucket = new S3Bucket(stack, 'Bucket', { bucket: 'lake' });
        new TerraformOutput(stack, 'arn', { value: bucket.arn });
      }),
    );
    expect(one(json, 'aws_s3_bucket')).toEqual({
      type: 'aws_s3_bucket',
      id: 'Bucket',
      address: 'aws_s3_bucket.Bucket',
      args: { bucket: 'lake' },
    });
    expect(outputs(json)).toEqual({ arn: { value: '${aws_s3_bucket.Bucket.arn}' } });
    expect(dataSources(json)).toEqual([]);
    expect(resources(json, 'aws_subnet')).toEqual([]);
  });

  test('renders a reference to another stack as a read of its state', () => {
    const app = testApp();
    const data = testStack(undefined, { app, id: 'data' });
    const bucket = new S3Bucket(data, 'Bucket', {});
    const platform = testStack(undefined, { app, id: 'platform' });
    new SsmParameter(platform, 'Name', { name: 'lake', type: 'String', value: bucket.bucket });
    const json = synth(platform);
    expect(one(json, 'aws_ssm_parameter').args['value']).toMatch(/^\$\{data\.terraform_remote_state\./);
    expect(dataSources(json, 'terraform_remote_state')).toHaveLength(1);
  });

  test('fails when a validation of a construct fails', () => {
    const stack = testStack((it) => {
      it.node.addValidation({ validate: () => ['brokers: 4 is no multiple of 3 zones'] });
    });
    expect(() => synth(stack)).toThrow(/brokers: 4 is no multiple of 3 zones/);
  });

  test('tells warnings of constructs', () => {
    const stack = testStack((it) => {
      Annotations.of(it).addWarning('extraValues hides what we set');
    });
    expect(warnings(stack)).toEqual(['extraValues hides what we set']);
  });
});

describe('one', () => {
  const json = synth(
    testStack((stack) => {
      new S3Bucket(stack, 'A', {});
      new S3Bucket(stack, 'B', {});
    }),
  );

  test('fails when there are several, naming them', () => {
    expect(() => one(json, 'aws_s3_bucket')).toThrow(/several times: A, B/);
  });

  test('fails when there is none, naming what there is', () => {
    expect(() => one(json, 'aws_subnet')).toThrow(/no aws_subnet; there are: aws_s3_bucket/);
  });
});
