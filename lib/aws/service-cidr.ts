import { type Violation, isToken, show } from '../core';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html (serviceIpv4Cidr) */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((cidr) => parseCidr(cidr) ?? []);
const LARGEST = 12;
const SMALLEST = 24;

interface Range {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The addresses of an IPv4 range; undefined when the text is none or does not start at the range's first address. */
export function parseCidr(cidr: string): Range | undefined {
  const [, a, b, c, d, prefix] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr)?.map(Number) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || prefix === undefined)
    return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32 || first % size !== 0) return undefined;
  return { first, last: first + size - 1, prefix };
}

/**
 * What is wrong with the range of the cluster's service addresses. They exist only inside the cluster, so they must not
 * be addresses of the VPC.
 * @param vpcCidr range of the VPC. @default - not judged
 */
export function serviceCidrViolations(cidr: string, vpcCidr?: string): readonly Violation[] {
  if (isToken(cidr)) return [];
  const services = parseCidr(cidr);
  const isPrivate = services !== undefined && PRIVATE_RANGES.some((range) => contains(range, services));
  if (services === undefined || !isPrivate || services.prefix < LARGEST || services.prefix > SMALLEST) {
    return [violation(cidr, `a private IPv4 range from /${LARGEST} to /${SMALLEST}`)];
  }
  const vpc = vpcCidr === undefined || isToken(vpcCidr) ? undefined : parseCidr(vpcCidr);
  if (vpc === undefined || services.last < vpc.first || services.first > vpc.last) return [];
  return [violation(cidr, `a range outside of the VPC's ${show(vpcCidr)}`)];
}

function contains(outer: Range, inner: Range): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

function violation(cidr: string, allowed: string): Violation {
  return {
    path: 'serviceCidr',
    got: show(cidr),
    allowed,
    fix: "leave it out for '172.20.0.0/16', or name a free range",
  };
}
