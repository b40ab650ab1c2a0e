import { Token } from 'cdktf';
import { type Rule, type Violation, isToken, repeatedNames, rule, show, violationsOf } from '../core';
import { parseCidr } from './cidr';

/** What has to be known of a network that exists already. */
export interface NetworkAttributes {
  readonly vpcId: string;
  readonly cidr: string;
  /** One of each zone, two or more. */
  readonly privateSubnetIds: readonly string[];
  /** One of each zone, in the order of the private ones. @default - the private subnets */
  readonly dataSubnetIds?: readonly string[];
  /**
   * How many subnets the lists have, where only Terraform knows them: `new DataAwsSubnets(…).ids`.
   * @default - as many as `privateSubnetIds` names
   */
  readonly zones?: number;
}

/** Everything that is wrong with what is said of a network that exists already. */
export function networkAttributesViolations(attributes: NetworkAttributes): readonly Violation[] {
  return violationsOf(attributes, RULES);
}

const RULES: readonly Rule<NetworkAttributes>[] = [
  rule(
    ({ cidr }) => isToken(cidr) || parseCidr(cidr) !== undefined,
    ({ cidr }) => ({
      path: 'cidr',
      got: show(cidr),
      allowed: 'an IPv4 range whose address is the first of the range, like 10.0.0.0/16',
      fix: 'write the range of the VPC',
    }),
  ),
  ({ privateSubnetIds, zones }) =>
    Token.isUnresolved(privateSubnetIds) ? unknownList(zones) : knownList(privateSubnetIds, zones),
  ({ privateSubnetIds: ids, dataSubnetIds, zones = ids.length }) =>
    dataSubnetIds === undefined ? [] : dataList(dataSubnetIds, zones),
];

function unknownList(zones: number | undefined): readonly Violation[] {
  if (zones !== undefined && Number.isInteger(zones) && zones >= 2) return [];
  const allowed = 'a whole number from 2, because only Terraform knows the list of subnets';
  return [{ path: 'zones', got: show(zones), allowed, fix: 'say how many private subnets there are' }];
}

function knownList(ids: readonly string[], zones = ids.length): readonly Violation[] {
  const path = 'privateSubnetIds';
  if (ids.length < 2) {
    const allowed = 'two subnets or more, each in a zone of its own: EKS and a multi-AZ database need two zones';
    return [{ path, got: show(ids), allowed, fix: 'name one subnet of each zone' }];
  }
  if (ids.length === zones) return repeated(path, ids);
  return [
    { path: 'zones', got: show(zones), allowed: `${ids.length}, as many as privateSubnetIds`, fix: 'leave it out' },
  ];
}

function dataList(ids: readonly string[], zones: number): readonly Violation[] {
  const path = 'dataSubnetIds';
  if (Token.isUnresolved(ids)) return [];
  if (ids.length === zones) return repeated(path, ids);
  const allowed = `${zones} subnets, as many as private ones, in the order of their zones`;
  return [{ path, got: show(ids), allowed, fix: 'name one of each zone, or leave it out for the private ones' }];
}

function repeated(path: string, ids: readonly string[]): readonly Violation[] {
  const [twice] = repeatedNames(ids);
  if (twice === undefined) return [];
  return [{ path, got: `${show(twice)} twice`, allowed: 'each subnet once', fix: 'name one subnet of each zone' }];
}
