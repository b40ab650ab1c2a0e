import { type Violation, show } from '../core';
import { type CidrRange, parseCidr } from './cidr';

/** How a network's addresses are divided: one CIDR per zone and tier. */
export interface SubnetPlan {
  readonly publicCidrs: readonly string[];
  readonly privateCidrs: readonly string[];
  readonly dataCidrs: readonly string[];
}

/** Room is always kept for four zones, so that adding a zone moves no subnet that exists. */
const MAX_ZONES = 4;
/** AWS allows /16 to /28 for a VPC. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const LARGEST_VPC = 16;
/**
 * A zone's private subnet gives every pod an address of its own; below 256 there is no room for nodes, pods and endpoints.
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html
 */
const SMALLEST_PRIVATE = 24;
/** Private subnets take half of the VPC, data and public subnets a quarter each, in four parts. */
const PRIVATE_BITS = 3;
const DATA_BITS = 4;

/** What is wrong with a network's range and number of zones; placeholders are not judged here. */
export function subnetPlanViolations(cidr: string, zones: number): readonly Violation[] {
  const zoneViolations = zonesViolations(zones, MAX_ZONES, {
    allowed: `2 to ${MAX_ZONES} (EKS and a multi-AZ database need two zones)`,
    fix: `set zones to 2, 3 or ${MAX_ZONES}`,
  });
  const parsed = parseCidr(cidr);
  if (parsed === undefined) return [notACidr(cidr), ...zoneViolations];
  const { prefix } = parsed;
  if (prefix + PRIVATE_BITS > SMALLEST_PRIVATE || prefix < LARGEST_VPC) {
    const smallest = SMALLEST_PRIVATE - PRIVATE_BITS;
    return [wrongSize(cidr, zones, smallest), ...zoneViolations];
  }
  return zoneViolations;
}

/**
 * Divides a VPC's range into three tiers over `zones` zones: half of it for private subnets (nodes and pods), a quarter
 * for data subnets (databases, brokers), a quarter for public ones (load balancers, NAT gateways).
 */
export function planSubnets(cidr: string, zones: number): SubnetPlan {
  const vpc = parseCidr(cidr);
  if (vpc === undefined) throw new RangeError(`'${cidr}' is no range of addresses`);
  const part = (bits: number, first: number): readonly string[] =>
    Array.from({ length: zones }, (_, zone) => slice(vpc, bits, first + zone));
  return {
    privateCidrs: part(PRIVATE_BITS, 0),
    dataCidrs: part(DATA_BITS, 2 * MAX_ZONES),
    publicCidrs: part(DATA_BITS, 3 * MAX_ZONES),
  };
}

/** The index-th of the ranges that come of dividing one by 2^bits. */
function slice({ first, prefix }: CidrRange, bits: number, index: number): string {
  const address = first + index * 2 ** (32 - prefix - bits);
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${bytes.join('.')}/${prefix + bits}`;
}

function notACidr(cidr: string): Violation {
  return {
    path: 'cidr',
    got: show(cidr),
    allowed: 'an IPv4 range whose address is the first of the range, like 10.0.0.0/16',
    fix: 'write the first address of the range and a prefix from /16 to /21',
  };
}

function wrongSize(cidr: string, zones: number, smallest: number): Violation {
  return {
    path: 'cidr',
    got: `${show(cidr)} for ${zones} zones`,
    allowed: `/${LARGEST_VPC} to /${smallest}: a private subnet in each zone needs 256 addresses, and room is kept for ${MAX_ZONES} zones`,
    fix: `use a prefix from /${LARGEST_VPC} to /${smallest}`,
  };
}

/** What is wrong with a number of zones. @param most as many as there can be */
export function zonesViolations(
  zones: number,
  most: number,
  { allowed, fix }: Pick<Violation, 'allowed' | 'fix'>,
): readonly Violation[] {
  if (Number.isInteger(zones) && zones >= 2 && zones <= most) return [];
  return [{ path: 'zones', got: show(zones), allowed, fix }];
}
