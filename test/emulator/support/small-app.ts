import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SsmParameter } from '@cdktf/provider-aws/lib/ssm-parameter';
import { App, LocalBackend, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';

const REGION = 'eu-west-1';

/** What a test varies of the small app. */
export interface SmallAppProps {
  /** A queue in the place of the second parameter: the provider waits 25 s for it, time enough to interrupt. @default false */
  readonly queue?: boolean;
}

/**
 * Three stacks in the shape of an environment, for what is about the machinery and not about Trino: a state bucket, a
 * parameter, and one that reads the first from the other stack's state.
 */
export function synthesizeSmallApp(name: string, outdir: string, { queue = false }: SmallAppProps = {}): void {
  const app = new App({ outdir, stackTraces: false });
  const bootstrap = new TerraformStack(app, `bootstrap-${name}`);
  new LocalBackend(bootstrap, { path: `../../../bootstrap-${name}.tfstate` });
  new AwsProvider(bootstrap, 'aws', { region: REGION });
  new S3Bucket(bootstrap, 'State', { bucket: `state-of-${name}`, forceDestroy: true });

  const data = layer(app, name, 'data');
  const parameter = new SsmParameter(data, 'Address', { name: `/${name}/address`, type: 'String', value: 'here' });

  const cluster = layer(app, name, 'cluster');
  if (queue) new SqsQueue(cluster, 'Events', { name: `${name}-events`, tags: { Address: parameter.name } });
  else new SsmParameter(cluster, 'Copy', { name: `/${name}/copy`, type: 'String', value: parameter.name });
  new TerraformOutput(cluster, 'address', { value: parameter.name });
  app.synth();
}

function layer(app: App, name: string, id: string): TerraformStack {
  const stack = new TerraformStack(app, `${name}-${id}`);
  new AwsProvider(stack, 'aws', { region: REGION });
  const backend = new S3Backend(stack, { bucket: `state-of-${name}`, key: `${name}/${id}.tfstate`, region: REGION });
  backend.addOverride('use_lockfile', true);
  return stack;
}
