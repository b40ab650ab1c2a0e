import { type Violation, choiceViolations, isToken, matches, repeatedNames, show } from '../core';
import { parseCidr } from './cidr';
import { type AddonVersions, addonVersionsViolations } from './eks-addons';
import { kubernetesVersionViolations } from './kubernetes-version';
import { logRetentionViolations } from './log-group';
import type { INetwork } from './network';
import { serviceCidrViolations } from './service-cidr';
import { zonesViolations } from './subnet-plan';

const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
/** EKS allows 100; ours leaves room for the name of a pool behind it. */
const NAME = /^[A-Za-z][A-Za-z0-9-]{0,59}$/;

/** Who reaches the Kubernetes API from where: only the VPC, or also some ranges of public addresses. */
export type EndpointAccess = 'private' | { readonly publicCidrs: readonly string[] };

/** The part of a cluster's definition that a user chooses; what is wrong with it tells `eksClusterViolations`. */
export interface EksClusterOptions {
  /** Kubernetes version, one of `KUBERNETES_VERSIONS`. @default '1.35' */
  readonly version?: string;
  /** ARNs of the IAM roles that administer the cluster, the one that deploys into it among them. */
  readonly admins: readonly string[];
  /**
   * Private is safest, and needs a deployer inside the VPC; public addresses are named, never all of them.
   * @default 'private'
   */
  readonly endpointAccess?: EndpointAccess;
  /**
   * IPv4 ranges of the VPC, or connected with it, from which Terraform, Helm and people call the Kubernetes API.
   * @default - the VPC
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
   */
  readonly apiClients?: readonly string[];
  /**
   * Zones of the network, its first ones, in which the control plane has addresses, 2 or more. EKS keeps those that a
   * cluster was made with: say how many it has before the network gets another one. Nodes may use that all the same.
   * @default - all of the network
   * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
   */
  readonly zones?: number;
  /** Range of the addresses of Kubernetes services, outside of the VPC's. A cluster keeps the one it was made with. @default '172.20.0.0/16' */
  readonly serviceCidr?: string;
  /** How long control plane logs are kept, in days. @default LOG_RETENTION_DAYS */
  readonly logRetentionDays?: number;
  /** Versions of add-ons to stay at. @default - those that EKS installs for the Kubernetes version */
  readonly addonVersions?: AddonVersions;
}

/** Everything that is wrong with a cluster's definition. @param network that it will stand in. @default - not judged */
export function eksClusterViolations(
  options: EksClusterOptions,
  network?: Pick<INetwork, 'cidr' | 'zones'>,
): readonly Violation[] {
  const { version, admins, endpointAccess, apiClients = [], serviceCidr, logRetentionDays, addonVersions } = options;
  return [
    ...(version === undefined ? [] : kubernetesVersionViolations(version)),
    ...adminsViolations(admins),
    ...endpointViolations(endpointAccess ?? 'private'),
    ...rangeViolations('apiClients', apiClients),
    ...controlPlaneZonesViolations(options.zones, network?.zones),
    ...(serviceCidr === undefined ? [] : serviceCidrViolations(serviceCidr, network?.cidr)),
    ...(logRetentionDays === undefined ? [] : logRetentionViolations(logRetentionDays, 'logRetentionDays')),
    ...addonVersionsViolations(addonVersions ?? {}),
  ];
}

/** What is wrong with a cluster's name. */
export function clusterNameViolations(name: string): readonly Violation[] {
  if (isToken(name) || matches(NAME, name)) return [];
  return [
    {
      path: 'name',
      got: show(name),
      allowed: '1 to 60 letters, digits and dashes, a letter first',
      fix: 'shorten it, or leave the other characters out',
    },
  ];
}

function controlPlaneZonesViolations(zones: number | undefined, most = Infinity): readonly Violation[] {
  if (zones === undefined) return [];
  const allowed = `2 to ${most}, the zones of the network`;
  return zonesViolations(zones, most, { allowed, fix: 'leave it out for all of the network' });
}

/** Nobody is admin by accident of having created the cluster, so somebody must be named. */
function adminsViolations(admins: readonly string[]): readonly Violation[] {
  const allowed = 'ARNs of IAM roles, like arn:aws:iam::123456789012:role/platform-admin';
  if (admins.length === 0) {
    const fix = "name the role that runs Terraform and Helm, and the team's role";
    return [{ path: 'admins', got: '[]', allowed: `at least one: ${allowed}`, fix }];
  }
  const malformed = admins.flatMap((arn, index) => {
    if (isToken(arn) || matches(ROLE_ARN, arn)) return [];
    const fix = matches(/:assumed-role\//, arn)
      ? 'name the role itself: a session (assumed-role) ends'
      : 'write the ARN of a role; users and groups have no access entry of their own here';
    return [{ path: `admins[${index}]`, got: show(arn), allowed, fix }];
  });
  return [...malformed, ...duplicates(admins)];
}

function duplicates(admins: readonly string[]): readonly Violation[] {
  return repeatedNames(admins).map((arn) => ({
    path: 'admins',
    got: `${show(arn)} twice`,
    allowed: 'each role once: EKS refuses a second entry',
    fix: 'remove one of them',
  }));
}

const ENDPOINT_FIX = "leave it out, or name ranges of addresses: { publicCidrs: ['203.0.113.0/24'] }";

function endpointViolations(access: EndpointAccess): readonly Violation[] {
  if (typeof access === 'string') return choiceViolations('endpointAccess', access, ['private'], ENDPOINT_FIX);
  if (isToken(access.publicCidrs)) return [];
  if (access.publicCidrs.length === 0) {
    return [
      {
        path: 'endpointAccess.publicCidrs',
        got: '[]',
        allowed: 'at least one range of addresses',
        fix: "name the ranges, or use endpointAccess: 'private'",
      },
    ];
  }
  return rangeViolations('endpointAccess.publicCidrs', access.publicCidrs);
}

function rangeViolations(path: string, cidrs: readonly string[]): readonly Violation[] {
  return cidrs.flatMap((cidr, index) => {
    if (isToken(cidr) || (parseCidr(cidr)?.prefix ?? 0) > 0) return [];
    return [
      {
        path: `${path}[${index}]`,
        got: show(cidr),
        allowed: 'an IPv4 range of known addresses, like 203.0.113.0/24; never the whole internet',
        fix: 'name the addresses of your office, VPN or CI',
      },
    ];
  });
}
