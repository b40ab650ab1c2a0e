import type { LeftOut } from './left-out';
import { AWS_PROVIDER_VERSION } from './provider-mirror';
import type { StackJson, TerraformObject, TerraformValue } from './terraform-json';

/** The account that the emulator plays. */
const EMULATED_ACCOUNT = '123456789012';

/** Buckets stand in the path: `<bucket>.127.0.0.1` is a name that no DNS knows. */
const PATH_STYLE = { use_path_style: true };

/** A synthesized stack made ready for the emulator: what Terraform gets in place of `cdk.tf.json` alone. */
export interface EmulatedStack {
  /** `cdk.tf.json` without the arguments that were left out. */
  readonly stack: StackJson;
  /** `emulator_override.tf.json`, which Terraform merges into it. */
  readonly override: TerraformObject;
  /** Settings of the backend, for `terraform init -backend-config`. */
  readonly backendConfig: readonly string[];
  /** What was left out, as `aws_eks_cluster.Main: deletion_protection`. */
  readonly leftOut: readonly string[];
}

/**
 * What a synthesized stack needs to be deployed into the emulator. Whatever an override file can say is said there; a
 * copy of the stack is changed only where an argument must go, which an override cannot do.
 * @see https://developer.hashicorp.com/terraform/language/files/override
 */
export function forEmulator(stack: StackJson, leftOut: readonly LeftOut[]): EmulatedStack {
  const { resource, removed } = withoutArguments(stack.resource ?? {}, leftOut);
  return {
    stack: stack.resource === undefined ? stack : { ...stack, resource },
    override: overrideOf(stack),
    backendConfig: stack.terraform?.backend?.['s3'] === undefined ? [] : ['use_path_style=true'],
    leftOut: removed,
  };
}

function overrideOf(stack: StackJson): TerraformObject {
  const remoteStates = pathStyleRemoteStates(stack);
  return {
    terraform: { required_providers: { aws: { source: 'aws', version: AWS_PROVIDER_VERSION } } },
    provider: { aws: (stack.provider?.['aws'] ?? []).map(emulatedProvider) },
    ...(Object.keys(remoteStates).length === 0 ? {} : { data: { terraform_remote_state: remoteStates } }),
  };
}

/** One entry for each provider block: Terraform merges them by alias. */
function emulatedProvider({ alias, allowed_account_ids: accounts }: TerraformObject): TerraformObject {
  return {
    ...(alias === undefined ? {} : { alias }),
    ...(accounts === undefined ? {} : { allowed_account_ids: [EMULATED_ACCOUNT] }),
    // The default of 25 makes minutes of a call that the emulator does not know.
    max_retries: 3,
    s3_use_path_style: true,
  };
}

/** An override replaces the whole `config` argument, so it repeats what the stack says there. */
function pathStyleRemoteStates(stack: StackJson): Readonly<Record<string, TerraformObject>> {
  const states = Object.entries(stack.data?.['terraform_remote_state'] ?? {});
  const inS3 = states.filter(([, { backend }]) => backend === 's3');
  return Object.fromEntries(
    inS3.map(([name, { config }]) => [name, { config: { ...(config as TerraformObject), ...PATH_STYLE } }]),
  );
}

type Resources = NonNullable<StackJson['resource']>;

function withoutArguments(
  resources: Resources,
  leftOut: readonly LeftOut[],
): { readonly resource: Resources; readonly removed: readonly string[] } {
  const removed: string[] = [];
  const resource = mapBlocks(resources, (type, name, block) =>
    leftOut
      .filter((entry) => entry.type === type)
      .reduce((rest, { argument }) => {
        const without = withoutPath(rest, argument.split('.')) as TerraformObject;
        if (without !== rest) removed.push(`${type}.${name}: ${argument}`);
        return without;
      }, block),
  );
  return { resource, removed };
}

function mapBlocks(
  resources: Resources,
  change: (type: string, name: string, block: TerraformObject) => TerraformObject,
): Resources {
  return mapValues(resources, (named, type) => mapValues(named, (block, name) => change(type, name, block)));
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

/** The value without what lies at a path, in each element where it is a list; the same value when nothing lies there. */
function withoutPath(value: TerraformValue, path: readonly string[]): TerraformValue {
  if (isList(value)) {
    const elements = value.map((element) => withoutPath(element, path));
    return elements.some((element, index) => element !== value[index]) ? elements : value;
  }
  const [key, ...rest] = path;
  if (typeof value !== 'object' || value === null || key === undefined) return value;
  const { [key]: inner, ...others } = value;
  if (inner === undefined) return value;
  if (rest.length === 0) return others;
  const without = withoutPath(inner, rest);
  return without === inner ? value : { ...value, [key]: without };
}

function isList(value: TerraformValue): value is readonly TerraformValue[] {
  return Array.isArray(value);
}
