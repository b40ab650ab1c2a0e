/** What tests of the platform share. */
import type { TerraformStack } from 'cdktf';
import { NodeCapacity } from '../../lib/aws';
import { ExternalSecrets } from '../../lib/kubernetes';
import { TrinoPlatform, type TrinoPlatformProps } from '../../lib/platform';
import { resources, synth, type TerraformJson } from '../support/synth';
import { clusterStack, objectsOf, release, SPACE, valuesOf } from '../kubernetes/support/platform';

/** A pool of nodes with 16 CPU, 128 GiB and 950 GB of NVMe. */
export function pool(name: string) {
  return {
    nodes: {
      placement: { nodeSelector: { pool: name }, tolerations: [] },
      capacityPerNode: NodeCapacity.ofInstanceTypes(['r8gd.4xlarge']),
    },
  };
}

/** Props that say nothing that has a default. */
export function minimal(
  stack: TerraformStack,
  cluster: TrinoPlatformProps['cluster'],
  changes: Partial<TrinoPlatformProps> = {},
): TrinoPlatformProps {
  const name = 'acme-dev';
  const secretStore = changes.secretStore ?? new ExternalSecrets(stack, 'Store', { cluster, name, namespace: SPACE });
  return {
    name,
    cluster,
    region: 'eu-west-1',
    coordinator: pool('coordinator'),
    workers: { ...pool('workers'), min: 1, max: 4 },
    secretStore,
    ...changes,
  };
}

/** A stack with one platform. */
export function platformStack(
  changes: (stack: TerraformStack) => Partial<TrinoPlatformProps> = () => ({}),
  then: (platform: TrinoPlatform, stack: TerraformStack) => void = () => undefined,
): TerraformStack {
  return clusterStack((stack, cluster) => {
    then(new TrinoPlatform(stack, 'Trino', minimal(stack, cluster, changes(stack))), stack);
  });
}

export const platformOf = (...args: Parameters<typeof platformStack>): TerraformJson => synth(platformStack(...args));

/** The parts of the chart's values that tests look at. */
export interface Values {
  readonly fullnameOverride: string;
  readonly catalogs: Readonly<Record<string, string | null>>;
  readonly env: readonly {
    readonly name: string;
    readonly valueFrom: { secretKeyRef: { name: string; key: string } };
  }[];
  readonly server: Readonly<Record<string, unknown>> & { readonly coordinatorExtraConfig: string };
  readonly coordinator: Readonly<Record<string, unknown>>;
  readonly worker: Readonly<Record<string, unknown>>;
}

export const chartValues = (json: TerraformJson, name = 'trino') => valuesOf(release(json, name)) as unknown as Values;
export const platformObjectsOf = (json: TerraformJson, name = 'trino') => objectsOf(json, `${name}-objects`);
export const portsToOthers = (json: TerraformJson) =>
  resources(json, 'aws_vpc_security_group_egress_rule').map(({ args }) => args.from_port);
