import fc from 'fast-check';
import {
  SchemaValidator,
  terraformMissing,
  validateStacks,
  type Diagnostic,
} from '../support/schema-provider/terraform';
import { sampleStack } from '../support/sample-stack';
import type { TerraformJson } from '../support/synth';
import { mutated, mutationsOf, type Mistake, type Mutation } from './mutations';

const missing = terraformMissing();
if (missing !== undefined) process.stderr.write(`SKIPPED: stacks against provider schemas: ${missing}\n`);
const describeWithTerraform = missing === undefined ? describe : describe.skip;

const stacks: Record<string, TerraformJson> = { sample: sampleStack() };

describeWithTerraform('terraform validate, against the schemas of the pinned providers', () => {
  test('every stack of every environment passes', async () => {
    const found = await validateStacks(stacks);
    expect(found).toEqual(Object.fromEntries(Object.keys(stacks).map((name) => [name, []])));
  });
});

describeWithTerraform('what Terraform says', () => {
  test('names the block and what was meant', async () => {
    const stack = stackWith({ resource: { aws_s3_bucket: { Lake: { bukcet: 'lake' } } } });
    expect(await validateStacks({ stack })).toEqual({
      stack: [
        {
          severity: 'error',
          address: 'aws_s3_bucket.Lake',
          message:
            'Extraneous JSON object property: No argument or block type is named "bukcet". Did you mean "bucket"?',
        },
      ],
    });
  });

  test.each([
    ['aws_eks_cluster.Eks.identity[0].oidc[0].issuerr', /object does not have an attribute named "issuerr"/],
    ['aws_eks_cluster.Eks.endpont', /no argument, nested block, or exported attribute named "endpont"/],
    ['aws_eks_cluster.Other.endpoint', /"aws_eks_cluster" "Other" has not been declared/],
  ])('fails with a reference to %s', async (reference, message) => {
    const stack = stackWith({
      resource: {
        aws_eks_cluster: { Eks: { name: 'eks', role_arn: 'role', vpc_config: { subnet_ids: ['subnet-1'] } } },
        aws_ssm_parameter: { It: { name: 'it', type: 'String', value: `\${${reference}}` } },
      },
    });
    const { stack: diagnostics } = await validateStacks({ stack });
    expect(diagnostics).toEqual([expect.objectContaining({ address: 'aws_ssm_parameter.It' })]);
    expect(diagnostics?.[0]?.message).toMatch(message);
  });

  test('fails with a resource type that the provider does not have', async () => {
    const { stack } = await validateStacks({ stack: stackWith({ resource: { aws_s3_buckett: { A: {} } } }) });
    expect(stack?.map(({ message }) => message)).toEqual([expect.stringContaining('does not support resource type')]);
  });
});

describeWithTerraform.each(Object.entries(stacks))('mistakes in %s', (_name, stack) => {
  let validator: SchemaValidator;
  beforeAll(async () => {
    validator = await SchemaValidator.start([stack]);
  });
  afterAll(() => {
    validator.stop();
  });

  test('fails when any required argument is removed', async () => {
    expect(await overlooked(mutationsOf(stack, 'required argument removed'))).toEqual([]);
  });

  test.each<Mistake>(['argument misspelt', 'wrong type'])('fails with this mistake: %s', async (mistake) => {
    const some = mutationsOf(stack, mistake).map((all) => fc.shuffledSubarray(all, { minLength: 1 }));
    const [sample = []] = fc.sample(fc.tuple(...some), { seed: 480, numRuns: 1 });
    expect(await overlooked(sample.map((mutations) => mutations.slice(0, 3)))).toEqual([]);
  });

  /**
   * Makes the next mistake in every resource at once, and repeats that with the mistakes that were not reported:
   * Terraform does not look at what refers to a broken resource.
   */
  async function overlooked(mistakes: readonly (readonly Mutation[])[]): Promise<string[]> {
    const next = mistakes.flatMap((ofOne) => ofOne.slice(0, 1));
    const reported = errorAddresses(await validator.validate(mutated(stack, next)));
    const found = next.filter(({ address }) => reported.has(address));
    if (found.length === 0) return next.map(({ path, argument }) => [...path, argument].join('.'));
    return overlooked(mistakes.map((ofOne) => ofOne.filter((it) => !found.includes(it))));
  }
});

function errorAddresses(diagnostics: readonly Diagnostic[]): ReadonlySet<string | undefined> {
  return new Set(diagnostics.filter(({ severity }) => severity === 'error').map(({ address }) => address));
}

function stackWith(content: Partial<TerraformJson>): TerraformJson {
  return { terraform: { required_providers: { aws: { source: 'aws', version: '6.25.0' } } }, ...content };
}
