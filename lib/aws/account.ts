import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { type TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { isToken } from '../core';

const ID = 'Account';

/** That of AWS says where it works; one with an alias serves only resources that name it. */
type Provider = TerraformProvider & { readonly region?: string | undefined };

/** The account, region and partition that a stack deploys into, as Terraform finds them when it runs. */
export class Account extends Construct {
  private readonly values = new Map<string, string>();

  private constructor(scope: Construct) {
    super(scope, ID);
  }

  /** The one of the stack that `scope` is in; its data sources appear with the first use of each. */
  public static of(scope: Construct): Account {
    const stack = TerraformStack.of(scope);
    return (stack.node.tryFindChild(ID) as Account | undefined) ?? new Account(stack);
  }

  /** The region that the stack's provider is written with; undefined where only Terraform knows it. */
  public static writtenRegion(scope: Construct): string | undefined {
    const providers: readonly Provider[] = TerraformStack.of(scope).allProviders();
    const own = providers.find(({ terraformResourceType: type, alias }) => type === 'aws' && alias === undefined);
    return isToken(own?.region) ? undefined : own?.region;
  }

  /** The 12 digits. */
  public get accountId(): string {
    return this.once('Identity', (id) => new DataAwsCallerIdentity(this, id).accountId);
  }

  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  public get partition(): string {
    return this.once('Partition', (id) => new DataAwsPartition(this, id).partition);
  }

  /** `eu-west-1`. */
  public get region(): string {
    return this.once('Region', (id) => new DataAwsRegion(this, id).id);
  }

  /** The same text each time: the engine makes a new placeholder at each reading, and texts with it would all differ. */
  private once(id: string, read: (id: string) => string): string {
    const known = this.values.get(id) ?? read(id);
    this.values.set(id, known);
    return known;
  }
}
