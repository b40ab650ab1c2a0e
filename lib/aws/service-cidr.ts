import { type Violation, isToken, show } from '../core';
import { type CidrRange, parseCidr } from './cidr';

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html (serviceIpv4Cidr) */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((cidr) => parseCidr(cidr) ?? []);
const LARGEST = 12;
const SMALLEST = 24;

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

function contains(outer: CidrRange, inner: CidrRange): boolean {
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
