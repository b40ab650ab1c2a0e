import { type App, LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { abortUploads, addBucket } from '../lib/aws/bucket';
import { EncryptionKey } from '../lib/aws/encryption-key';
import { addAwsProvider, CheckedStack } from './layer-stack';

export interface BootstrapStackProps {
  readonly environment: string;
  readonly region: string;
  /** @default - whichever account the credentials belong to */
  readonly accountId?: string;
  /** Name of the bucket that holds the state of all other stacks. */
  readonly stateBucket: string;
  /** Keep the states when the stack is destroyed. */
  readonly retain: boolean;
}

/**
 * The bucket for the state of the other stacks: deployed once, by hand, before anything else, with its own state in a
 * file beside the output folder. Its id starts with `bootstrap`, so that `cdktf deploy 'dev-*'`, run where that file is
 * not, never tries to make the bucket a second time.
 */
export class BootstrapStack extends CheckedStack {
  public constructor(app: App, props: BootstrapStackProps) {
    const id = `bootstrap-${props.environment}`;
    super(app, id);
    new LocalBackend(this, { path: `../../../${id}.tfstate` });
    this.addOverride('terraform.required_version', '>= 1.11');
    addAwsProvider(this, props.region, props.accountId, { Environment: props.environment, Layer: 'bootstrap' });
    const encryptionKey = new EncryptionKey(this, 'Key', {
      name: `${props.stateBucket}-key`,
      description: 'Terraform state',
      retain: props.retain,
    });
    addBucket(new Construct(this, 'State'), {
      name: props.stateBucket,
      encryptionKey,
      versioned: true,
      retain: props.retain,
      lifecycleRules: [abortUploads(7)],
    });
  }
}
