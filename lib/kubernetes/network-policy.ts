import type {
  INetworkPolicy,
  INetworkPolicyPeer,
  INetworkPolicyPort,
} from 'kubernetes-models/networking.k8s.io/v1' with { 'resolution-mode': 'import' };

/** Labels that pick pods. */
export type PodLabels = Readonly<Record<string, string>>;

/** The other end of a connection: pods, or a range of addresses. */
export type NetworkPeer =
  | {
      readonly pods: PodLabels;
      /** @default - the namespace of the policy */
      readonly namespace?: string;
    }
  | { readonly cidr: string };

/** One allowed connection, by its other end. */
export interface NetworkAllowance {
  readonly peer: NetworkPeer;
  readonly ports: readonly number[];
  /** @default ['TCP'] */
  readonly protocols?: readonly ('TCP' | 'UDP')[];
}

/** Pods, with whom they may talk and with nobody else. */
export interface NetworkPolicyOptions {
  readonly name: string;
  /** Whom it is about. */
  readonly pods: PodLabels;
  /** Who may come in. @default - nobody */
  readonly ingress?: readonly NetworkAllowance[];
  /** Where they may go. @default - nowhere */
  readonly egress?: readonly NetworkAllowance[];
}

/** Any address, outside of the cluster and inside: which of them answer is the business of security groups. */
export const ANYWHERE: NetworkPeer = { cidr: '0.0.0.0/0' };

/** Names are resolved by CoreDNS. @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ */
export const TO_DNS: NetworkAllowance = {
  peer: { namespace: 'kube-system', pods: { 'k8s-app': 'kube-dns' } },
  ports: [53],
  protocols: ['UDP', 'TCP'],
};

/** Credentials of a pod's role come from the agent on its node. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html */
export const TO_POD_IDENTITY: NetworkAllowance = { peer: { cidr: '169.254.170.23/32' }, ports: [80] };

/**
 * APIs of AWS and of Kubernetes, and what else is reached by HTTPS. A policy knows addresses only, and those of S3 and of
 * the other services change, so none are named: security groups and IAM say which of them answer.
 */
export const TO_HTTPS: NetworkAllowance = { peer: ANYWHERE, ports: [443] };

/** What pods with a role in AWS need besides their own connections. */
export const TO_AWS: readonly NetworkAllowance[] = [TO_DNS, TO_POD_IDENTITY, TO_HTTPS];

/** No pod of the namespace is reached or reaches anything, but for what other policies allow. */
export function denyAll(): INetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny-all' },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
  };
}

/**
 * Allows some pods the named connections and no other. Policies add up, and replies need no rule; the kubelet always
 * reaches the pods of its node.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy({ name, pods, ingress = [], egress = [] }: NetworkPolicyOptions): INetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {
      podSelector: { matchLabels: { ...pods } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: ingress.map((allowance) => ({ from: [peerOf(allowance)], ports: portsOf(allowance) })),
      egress: egress.map((allowance) => ({ to: [peerOf(allowance)], ports: portsOf(allowance) })),
    },
  };
}

function peerOf({ peer }: NetworkAllowance): INetworkPolicyPeer {
  if ('cidr' in peer) return { ipBlock: { cidr: peer.cidr } };
  const podSelector = { matchLabels: { ...peer.pods } };
  if (peer.namespace === undefined) return { podSelector };
  return { podSelector, namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } } };
}

function portsOf({ ports, protocols = ['TCP'] }: NetworkAllowance): INetworkPolicyPort[] {
  return ports.flatMap((port) => protocols.map((protocol) => ({ port, protocol })));
}
