import { DataAwsEksAddonVersion } from '@cdktf/provider-aws/lib/data-aws-eks-addon-version';
import { EksAddon } from '@cdktf/provider-aws/lib/eks-addon';
import { type ITerraformDependable, dependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Violation, fit, isToken, matches, physicalName, show } from '../core';
import type { ICluster } from './cluster';
import type { IEncryptionKey } from './encryption-key';
import { WorkloadRole } from './workload-role';

/** Must work before a node can: network plug-in, service addresses, roles for pods. They are DaemonSets, happy without nodes. */
const BEFORE_NODES = ['vpc-cni', 'kube-proxy', 'eks-pod-identity-agent'] as const;
/** Deployments: they need nodes to become healthy. */
const AFTER_NODES = ['coredns', 'aws-ebs-csi-driver', 'metrics-server'] as const;

/** @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html */
export type AddonName = (typeof BEFORE_NODES)[number] | (typeof AFTER_NODES)[number];

/** Network policies are enforced by the network plug-in itself. @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html */
const CONFIGURATION: Partial<Record<AddonName, object>> = { 'vpc-cni': { enableNetworkPolicy: 'true' } };

const MAX_ROLE_NAME = 64;

export interface EksAddonsProps {
  readonly cluster: ICluster;
  /** First part of the roles' names. */
  readonly name: string;
  /** Encrypts volumes that the EBS driver makes. */
  readonly volumeKey: IEncryptionKey;
  /**
   * Versions by add-on, `{ coredns: 'v1.12.4-eksbuild.1' }`.
   * @default - the version that EKS itself installs for the cluster's Kubernetes version
   */
  readonly versions?: AddonVersions | undefined;
}

export type AddonVersions = Readonly<Partial<Record<AddonName, string>>>;

/**
 * The cluster's add-ons, managed by EKS.
 *
 * An add-on without a version of its own runs the default of the cluster's Kubernetes version, which Terraform asks EKS
 * for in each plan: always a version that exists in the region and fits, and it moves visibly, in a plan. A table in this
 * library would be wrong as soon as EKS retires a build. Who wants no movement names the version.
 */
export class EksAddons extends Construct {
  /** What a node needs in order to become ready. */
  public readonly beforeNodes: readonly ITerraformDependable[];
  private readonly afterNodes: readonly EksAddon[];

  public constructor(scope: Construct, id: string, props: EksAddonsProps) {
    super(scope, id);
    const roles: Partial<Record<AddonName, WorkloadRole>> = {
      'vpc-cni': this.networkRole(props),
      'aws-ebs-csi-driver': this.storageRole(props),
    };
    const add = (name: AddonName, waitFor: readonly ITerraformDependable[] = []): EksAddon =>
      this.add(name, props, [...waitFor, ...(roles[name] === undefined ? [] : [roles[name].association])]);
    this.beforeNodes = BEFORE_NODES.map((name) => add(name));
    this.afterNodes = AFTER_NODES.map((name) => add(name, this.beforeNodes));
  }

  /** The add-ons that need nodes wait for these. */
  public waitFor(nodes: ITerraformDependable): void {
    for (const addon of this.afterNodes) addon.dependsOn = [...(addon.dependsOn ?? []), dependable(nodes)];
  }

  private add(addonName: AddonName, props: EksAddonsProps, dependsOn: ITerraformDependable[]): EksAddon {
    const configuration = CONFIGURATION[addonName];
    return new EksAddon(this, addonName, {
      clusterName: props.cluster.clusterName,
      addonName,
      addonVersion: props.versions?.[addonName] ?? this.defaultVersion(addonName, props.cluster.version),
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      resolveConflictsOnCreate: 'OVERWRITE',
      resolveConflictsOnUpdate: 'OVERWRITE',
      dependsOn,
    });
  }

  private defaultVersion(addonName: AddonName, kubernetesVersion: string): string {
    const id = `${addonName}-version`;
    return new DataAwsEksAddonVersion(this, id, { addonName, kubernetesVersion, mostRecent: false }).version;
  }

  /** @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html */
  private networkRole({ cluster, name }: EksAddonsProps): WorkloadRole {
    return new WorkloadRole(this, 'NetworkRole', {
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'aws-node',
      name: roleName(name, 'vpc-cni'),
      managedPolicies: ['AmazonEKS_CNI_Policy'],
    });
  }

  /** @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md */
  private storageRole({ cluster, name, volumeKey }: EksAddonsProps): WorkloadRole {
    const role = new WorkloadRole(this, 'StorageRole', {
      cluster,
      namespace: 'kube-system',
      serviceAccount: 'ebs-csi-controller-sa',
      name: roleName(name, 'ebs-csi'),
      managedPolicies: ['AmazonEBSCSIDriverPolicyV2'],
    });
    const resources = [volumeKey.keyArn];
    role.addStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'], resources });
    role.addStatement({
      actions: ['kms:CreateGrant'],
      resources,
      conditions: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
    return role;
  }
}

/** What is wrong with the versions that a user pinned. */
export function addonVersionsViolations(versions: AddonVersions): readonly Violation[] {
  const known: readonly string[] = [...BEFORE_NODES, ...AFTER_NODES];
  return Object.entries(versions).flatMap(([name, version]) => {
    if (!known.includes(name)) return [unknownAddon(name, known)];
    return isToken(version) || matches(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, version)
      ? []
      : [malformedVersion(name, version)];
  });
}

function unknownAddon(name: string, known: readonly string[]): Violation {
  return { path: 'addonVersions', got: show(name), allowed: known.join(', '), fix: 'use one of these names' };
}

function malformedVersion(name: string, version: string): Violation {
  return {
    path: `addonVersions.${name}`,
    got: show(version),
    allowed: 'an EKS build like v1.12.4-eksbuild.1',
    fix: `list them: aws eks describe-addon-versions --addon-name ${name}`,
  };
}

function roleName(name: string, suffix: string): string {
  return fit(physicalName(name, suffix), MAX_ROLE_NAME);
}
