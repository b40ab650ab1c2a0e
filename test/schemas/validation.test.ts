import {
  SchemaValidator,
  terraformMissing,
  validateStacks,
  type Diagnostic,
} from '../support/schema-provider/terraform';
import { findEnvironment } from '../../stacks/environments';
import { allStacks, stacksOf } from '../support/environments';
import { sampleStack } from '../support/sample-stack';
import type { TerraformJson } from '../support/synth';
import { mutated, mutationsOf, withoutReferences, type Mistake, type Mutation } from './mutations';

jest.setTimeout(20 * 60_000);

const missing = terraformMissing();
if (missing !== undefined) process.stderr.write(`skipped: stacks against provider schemas: ${missing}\n`);
const describeWithTerraform = missing === undefined ? describe : describe.skip;

/** The stacks of an environment have resources of all three providers, but not every shape of argument. */
const sample = { sample: sampleStack() };

describeWithTerraform('terraform validate, against the schemas of the pinned providers', () => {
  test('every stack of every environment passes', async () => {
    const stacks = { ...allStacks(), ...sample };
    expect(await validateStacks(stacks)).toEqual(Object.fromEntries(Object.keys(stacks).map((name) => [name, []])));
  });
});

describeWithTerraform('what Terraform says', () => {
  test('names the block and what was meant', async () => {
    const stack = stackWith({ resource: { aws_s3_bucket: { Lake: { bukcet: 'lake' } } } });
    expect(await validateStacks({ stack })).toEqual({
      stack: [
        {
          severity: 'error',
          place: 'resource.aws_s3_bucket.Lake',
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
    expect(diagnostics).toEqual([expect.objectContaining({ place: 'resource.aws_ssm_parameter.It' })]);
    expect(diagnostics?.[0]?.message).toMatch(message);
  });

  test('fails with a resource type that the provider does not have', async () => {
    const { stack } = await validateStacks({ stack: stackWith({ resource: { aws_s3_buckett: { A: {} } } }) });
    expect(stack?.map(({ message }) => message)).toEqual([expect.stringContaining('does not support resource type')]);
  });
});

describeWithTerraform.each(Object.entries({ ...stacksOf('production', findEnvironment('production')), ...sample }))(
  'mistakes in %s',
  (_name, stack) => {
    let validator: SchemaValidator;
    beforeAll(async () => {
      validator = await SchemaValidator.start([stack]);
    });
    afterAll(() => {
      validator.stop();
    });

    test('are not there before they are made', async () => {
      expect(await validator.validate(withoutReferences(stack))).toEqual([]);
    });

    test.each<Mistake>(['required argument removed', 'argument misspelt', 'wrong type'])(
      'fails with this mistake, wherever it is made: %s',
      async (mistake) => {
        const mutations = mutationsOf(stack, mistake);
        expect(mutations).not.toEqual([]);
        expect(
          (await overlooked(mistake, mutations)).map(({ path, argument }) => [...path, argument].join('.')),
        ).toEqual([]);
      },
    );

    /** Makes all mistakes at once, and again those that were not reported: they may have been inside of another. */
    async function overlooked(mistake: Mistake, mutations: readonly Mutation[]): Promise<readonly Mutation[]> {
      const diagnostics = await validator.validate(mutated(withoutReferences(stack), mutations));
      const reports = countOf(diagnostics.filter(({ message }) => REPORT[mistake].test(message)).map(reportedName));
      const made = countOf(mutations.map(nameOf));
      const open = mutations.filter((it) => (made.get(nameOf(it)) ?? 0) > (reports.get(nameOf(it)) ?? 0));
      return open.length === 0 || open.length === mutations.length ? open : overlooked(mistake, open);
    }
  },
);

/** What Terraform says about each mistake. */
const REPORT: Readonly<Record<Mistake, RegExp>> = {
  'required argument removed': /^Missing required argument|^Insufficient \w+ blocks/,
  'argument misspelt': /^Extraneous JSON object property/,
  'wrong type': /^Incorrect JSON value type|^Incorrect attribute value type/,
};

/** A report tells the resource and the argument, but not always the block: so there must be one for each mistake. */
function nameOf({ path, reportedAs }: Mutation): string {
  return `${resourceOf(path.join('.'))} ${reportedAs}`;
}

/** `No argument or block type is named "bucketx".` of a bucket is `resource.aws_s3_bucket.Lake bucketx`. */
function reportedName({ place, message }: Diagnostic): string {
  const [, name = ''] = /"(\w+)"/.exec(message) ?? [];
  return `${resourceOf(place)} ${name}`;
}

/** `resource.aws_s3_bucket.Lake` of a place inside of it. */
const resourceOf = (place: string) => place.split('.', 3).join('.');

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function stackWith(content: Partial<TerraformJson>): TerraformJson {
  return { terraform: { required_providers: { aws: { source: 'aws', version: '6.25.0' } } }, ...content };
}
