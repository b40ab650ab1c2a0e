import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { type App, S3Backend, TerraformStack } from 'cdktf';
import { refuse } from '../lib/core';
import { constructViolations, documentViolations } from './stack-checks';

/** Layers of an environment, in the order of deployment. */
export type Layer = 'network' | 'data' | 'cluster' | 'platform';

/** Which layer of which environment, where it runs and where its state is kept. */
export interface LayerStackProps {
  readonly environment: string;
  readonly layer: Layer;
  readonly region: string;
  /** Refuse to run in any other account. @default - whichever account the credentials belong to */
  readonly accountId?: string;
  /** The bucket that `bootstrap-<environment>` makes. */
  readonly stateBucket: string;
  /** Tags of every resource, besides `Environment`, `Layer` and `ManagedBy`. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A stack that refuses to be written when Terraform would refuse it or take it for something else.
 * @see ./stack-checks.ts
 */
export abstract class CheckedStack extends TerraformStack {
  public override toTerraform(): object {
    refuse(this.node.path, constructViolations(this));
    const document = super.toTerraform() as object;
    refuse(this.node.path, documentViolations(document));
    return document;
  }
}

/** One layer of an environment: its own state, its own blast radius, tags and account everywhere the same. */
export class LayerStack extends CheckedStack {
  public constructor(app: App, props: LayerStackProps) {
    super(app, `${props.environment}-${props.layer}`);
    addBackend(this, props);
    addAwsProvider(this, props.region, props.accountId, {
      ...props.tags,
      Environment: props.environment,
      Layer: props.layer,
    });
  }
}

/** The provider that every stack of an environment has: one region, one account, the same tags on everything. */
export function addAwsProvider(
  stack: TerraformStack,
  region: string,
  accountId: string | undefined,
  tags: Readonly<Record<string, string>>,
): void {
  new AwsProvider(stack, 'aws', {
    region,
    ...(accountId === undefined ? {} : { allowedAccountIds: [accountId] }),
    defaultTags: [{ tags: { ...tags, ManagedBy: 'cdktf-trino' } }],
  });
}

/**
 * State in S3, locked by S3 itself (Terraform 1.10 and newer), encrypted by the bucket's default key: naming `encrypt`
 * here would ask S3 for its own key instead.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
function addBackend(stack: TerraformStack, { stateBucket, environment, layer, region }: LayerStackProps): void {
  const backend = new S3Backend(stack, { bucket: stateBucket, key: `${environment}/${layer}.tfstate`, region });
  backend.addOverride('use_lockfile', true);
  stack.addOverride('terraform.required_version', '>= 1.11');
}
