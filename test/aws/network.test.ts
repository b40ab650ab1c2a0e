import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { DataAwsSubnets } from '@cdktf/provider-aws/lib/data-aws-subnets';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Connections } from '../../lib/aws/connections';
import { Network } from '../../lib/aws/network';
import { type NetworkAttributes, networkAttributesViolations } from '../../lib/aws/network-attributes';
import { one, resources, synth, testApp, testStack } from '../support/synth';
import { paths, rendered, UNKNOWN } from './support';

const EXISTING = { vpcId: 'vpc-1', cidr: '10.0.0.0/16', privateSubnetIds: ['subnet-a', 'subnet-b'] };
const network = (props: Partial<ConstructorParameters<typeof Network>[2]> = {}): TerraformStack =>
  testStack((stack) => new Network(stack, 'Network', { name: 'acme-dev', ...props }));

test('three tiers over three zones, one NAT gateway in each zone by default', () => {
  const json = synth(network());
  expect(resources(json, 'aws_subnet')).toHaveLength(9);
  expect(resources(json, 'aws_nat_gateway')).toHaveLength(3);
  const natOf = resources(json, 'aws_route').flatMap(({ args }) => args.nat_gateway_id ?? []);
  expect(new Set(natOf).size).toBe(3);
});

test('no subnet is in a zone that EKS does not know, nor two of a tier in one zone', () => {
  const json = synth(network());
  const zones = json.data?.['aws_availability_zones'];
  expect(Object.values(zones ?? {})).toMatchObject([{ exclude_zone_ids: ['use1-az3', 'usw1-az2', 'cac1-az3'] }]);
  const indices = resources(json, 'aws_subnet').map(
    ({ args }) => /names[.](\d)}$/.exec(String(args.availability_zone))?.[1],
  );
  expect(indices).toEqual(['0', '1', '2', '0', '1', '2', '0', '1', '2']);
});

test('another range is refused where data stands on it, and may come where the network may be lost', () => {
  const lifecycles = (json: ReturnType<typeof synth>) =>
    ['aws_vpc', 'aws_subnet'].flatMap((type) => resources(json, type).map(({ args }) => args.lifecycle));
  const protectedBy = (retain: boolean) =>
    Array<unknown>(10).fill(expect.objectContaining({ prevent_destroy: retain }));
  expect(lifecycles(synth(network()))).toEqual(protectedBy(true));
  expect(lifecycles(synth(network({ retain: false })))).toEqual(protectedBy(false));
});

test('a subnet stays in its zone, whatever zones the region has later', () => {
  for (const { args } of resources(synth(network()), 'aws_subnet')) {
    expect(args.lifecycle).toMatchObject({ ignore_changes: ['availability_zone'] });
  }
});

test('a single NAT gateway serves the private subnets of all zones', () => {
  const json = synth(network({ zones: 2, natGateways: 'single' }));
  const nats = resources(json, 'aws_nat_gateway');
  const routes = resources(json, 'aws_route').flatMap(({ args }) => args.nat_gateway_id ?? []);
  expect(nats).toHaveLength(1);
  expect(routes).toEqual(Array(2).fill(`\${${nats[0]?.address ?? ''}.id}`));
});

test('data subnets have no way out, and no subnet gives public addresses', () => {
  const json = synth(network());
  const routed = resources(json, 'aws_route').map(({ args }) => String(args.route_table_id));
  expect(routed.filter((table) => table.includes('_Data_'))).toEqual([]);
  expect(resources(json, 'aws_subnet').map(({ args }) => args.map_public_ip_on_launch)).toEqual(Array(9).fill(false));
});

test('S3 is reached by a gateway from private and data subnets, the other services inside the VPC', () => {
  const json = synth(network());
  const endpoints = resources(json, 'aws_vpc_endpoint');
  const gateway = endpoints.find(({ args }) => args.vpc_endpoint_type === 'Gateway');
  expect(gateway?.args.route_table_ids).toHaveLength(6);
  const services = endpoints.map(({ args }) => String(args.service_name).split('}.')[1]).toSorted();
  expect(services).toEqual(
    ['autoscaling ec2 ecr.api ecr.dkr eks eks-auth elasticloadbalancing', 'kms logs s3 secretsmanager sts'].flatMap(
      (line) => line.split(' '),
    ),
  );
});

test('the default security group lets nothing through, flow logs are encrypted and kept a year', () => {
  const json = synth(network());
  expect(one(json, 'aws_default_security_group').args).not.toHaveProperty('ingress');
  expect(one(json, 'aws_default_security_group').args).not.toHaveProperty('egress');
  expect(one(json, 'aws_flow_log').args).toMatchObject({ traffic_type: 'ALL' });
  expect(one(json, 'aws_cloudwatch_log_group').args).toMatchObject({
    retention_in_days: 365,
    kms_key_id: expect.stringContaining('aws_kms_key'),
  });
});

test('fails when the range is too small for its zones, naming the construct, the value and the fix', () => {
  expect(() => network({ cidr: '10.0.0.0/24', zones: 1 })).toThrow(
    /test\/Network: 2 problems\n {2}- cidr: got '10\.0\.0\.0\/24' for 1 zones; allowed: \/16 to \/21.*\n {2}- zones: got 1/,
  );
});

test('fails when nobody knows how many NAT gateways are meant', () => {
  expect(() => network({ natGateways: 'none' as 'single' })).toThrow(/natGateways: got 'none'/);
});

test.each(['', 'acme dev', 'acme.dev', 'a'.repeat(51)])('fails when the name is %j', (name) => {
  expect(() => network({ name })).toThrow(/ name: got .*1 to 50 letters/);
});

test.each(['a', 'acme_dev-1', 'a'.repeat(50), '${TfToken[TOKEN.1]}'])('the name %j is fine', (name) => {
  expect(() => network({ name })).not.toThrow();
});

test('an existing network is used like an owned one', () => {
  const stack = testStack();
  const imported = Network.fromAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    cidr: '10.0.0.0/16',
    privateSubnetIds: ['subnet-a', 'subnet-b'],
  });
  expect(imported).toMatchObject({ vpcId: 'vpc-1', zones: 2, dataSubnetIds: ['subnet-a', 'subnet-b'] });
  expect(resources(synth(stack))).toEqual([]);
});

describe('a network whose subnets only Terraform knows', () => {
  const imported = (stack: TerraformStack, more: Partial<NetworkAttributes> = {}) => {
    const ids = new DataAwsSubnets(stack, 'Subnets', {}).ids;
    return Network.fromAttributes(stack, 'Network', { ...EXISTING, privateSubnetIds: ids, ...more });
  };

  test('has as many subnets as is said, each by its place in the list', () => {
    const stack = testStack();
    const { zones, privateSubnetIds, dataSubnetIds } = imported(stack, { zones: 2 });
    expect(zones).toBe(2);
    const elements = ['${element(data.aws_subnets.Subnets.ids, 0)}', '${element(data.aws_subnets.Subnets.ids, 1)}'];
    expect(rendered(stack, privateSubnetIds.join(' '))).toBe(elements.join(' '));
    expect(dataSubnetIds).toHaveLength(2);
  });

  test('fails when nobody says how many there are', () => {
    expect(() => imported(testStack())).toThrow(/zones: got nothing; .*only Terraform knows.*; fix: say how many/);
  });
});

test.each<[string, Partial<NetworkAttributes>]>([
  ['cidr', { cidr: '10.0.0.1/16' }],
  ['privateSubnetIds', { privateSubnetIds: ['a'] }],
  ['privateSubnetIds', { privateSubnetIds: ['a', 'b', 'a'] }],
  ['zones', { zones: 3 }],
  ['dataSubnetIds', { dataSubnetIds: ['c'] }],
  ['dataSubnetIds', { dataSubnetIds: ['c', 'c'] }],
])('fails when %s of an existing network is wrong: %j', (path, attributes) => {
  expect(paths(networkAttributesViolations({ ...EXISTING, ...attributes }))).toEqual([path]);
});

test.each<Partial<NetworkAttributes>>([{}, { zones: 2 }, { dataSubnetIds: ['c', 'd'] }, { cidr: UNKNOWN.text }])(
  '%j of an existing network is fine',
  (attributes) => {
    expect(networkAttributesViolations({ ...EXISTING, ...attributes })).toEqual([]);
  },
);

describe('connections', () => {
  const sides = (stack: TerraformStack): Record<'database' | 'trino', { connections: Connections }> => ({
    database: { connections: new Connections({ scope: stack, securityGroupId: 'sg-db', defaultPort: 3306 }) },
    trino: { connections: new Connections({ scope: stack, securityGroupId: 'sg-trino' }) },
  });

  test('an edge is one rule in at the target and one rule out at the peer', () => {
    const stack = testStack();
    const { database, trino } = sides(stack);
    database.connections.allowDefaultPortFrom(trino, 'catalog shop');
    const json = synth(stack);
    const both = { ip_protocol: 'tcp', from_port: 3306, to_port: 3306, description: 'catalog shop' };
    expect(one(json, 'aws_vpc_security_group_ingress_rule').args).toEqual({
      ...both,
      security_group_id: 'sg-db',
      referenced_security_group_id: 'sg-trino',
    });
    expect(one(json, 'aws_vpc_security_group_egress_rule').args).toEqual({
      ...both,
      security_group_id: 'sg-trino',
      referenced_security_group_id: 'sg-db',
    });
  });

  test('an edge that is asked for twice is made once', () => {
    const stack = testStack();
    const { database, trino } = sides(stack);
    database.connections.allowDefaultPortFrom(trino, 'catalog shop');
    database.connections.allowDefaultPortFrom(trino, 'catalog audit');
    expect(resources(synth(stack), 'aws_vpc_security_group_ingress_rule')).toHaveLength(1);
  });

  test('an edge that two workloads of the same nodes ask for is made once, or AWS refuses the second rule', () => {
    const stack = testStack();
    const { database, trino } = sides(stack);
    const metastore = {
      connections: new Connections({ scope: new Construct(stack, 'Metastore'), securityGroupId: 'sg-trino' }),
    };
    database.connections.allowDefaultPortFrom(trino, 'catalog shop');
    database.connections.allowDefaultPortFrom(metastore, 'tables');
    expect(resources(synth(stack), 'aws_vpc_security_group_egress_rule')).toHaveLength(1);
  });

  test('an edge stays where it is when whoever asked for it first goes', () => {
    const rules = (askers: readonly string[]) => {
      const stack = testStack();
      const group = new SecurityGroup(stack, 'Nodes').id;
      for (const id of askers) {
        const asker = { connections: new Connections({ scope: new Construct(stack, id), securityGroupId: group }) };
        sides(stack).database.connections.allowDefaultPortFrom(asker, 'one reason');
        asker.connections.allowPortToCidr('0.0.0.0/0', 443, 'one reason');
      }
      return resources(synth(stack)).filter(({ type }) => type.startsWith('aws_vpc_security_group_'));
    };
    expect(rules(['Topics', 'Trino'])).toHaveLength(3);
    expect(rules(['Trino'])).toEqual(rules(['Topics', 'Trino']));
  });

  test('databases of equal names in two stacks are both reached', () => {
    const app = testApp();
    const groups = ['shop', 'sales'].map((id) => {
      const scope = testStack(undefined, { app, id });
      return new Connections({ scope, securityGroupId: new SecurityGroup(scope, 'MySql').id, defaultPort: 3306 });
    });
    const stack = testStack(undefined, { app });
    for (const group of groups) group.allowDefaultPortFrom(sides(stack).trino, 'catalog');
    expect(resources(synth(stack), 'aws_vpc_security_group_ingress_rule')).toHaveLength(2);
  });

  test('a workload hears of every port that it is let into, so that its network policy can follow', () => {
    const stack = testStack();
    const heard: number[] = [];
    const onReach = (from: number, to: number) => heard.push(from, to);
    const peer = { connections: new Connections({ scope: stack, securityGroupId: 'sg-trino', onReach }) };
    const { database } = sides(stack);
    database.connections.allowDefaultPortFrom(peer, 'catalog shop');
    database.connections.allowPortsFrom(peer, 5000, 5002, 'others');
    expect(heard).toEqual([3306, 3306, 5000, 5002]);
  });

  test('what only Terraform knows is no part of an id: its text has a number that changes with other resources', () => {
    const stack = testStack();
    const { database, trino } = sides(stack);
    const variable = (id: string, type = 'string') => new TerraformVariable(stack, id, { type });
    const ports = ['PortA', 'PortB'].map((id) => variable(id, 'number').numberValue);
    const cidrs = ['CidrA', 'CidrB'].map((id) => variable(id).stringValue);
    for (const port of ports) database.connections.allowPortFrom(trino, port, 'catalog shop');
    for (const cidr of cidrs) {
      database.connections.allowPortFromCidr(cidr, 443, 'office');
      database.connections.allowPortToCidr(cidr, 389, 'directory');
    }
    const ids = resources(synth(stack)).map(({ id }) => id.replace(/_[0-9A-F]{8}$/, ''));
    expect(ids.toSorted()).toEqual(
      ['From-range-443', 'From-range-443-2', 'Edges_sg-db-to-range-389', 'Edges_sg-db-to-range-389-2']
        .concat(['From-sg-trino-port-2_In', 'From-sg-trino-port-2_Out'])
        .concat(['From-sg-trino-port_In', 'From-sg-trino-port_Out'])
        .toSorted(),
    );
  });

  test('fails when the default port is asked for and there is none', () => {
    const { database, trino } = sides(testStack());
    expect(() => trino.connections.allowDefaultPortFrom(database, 'x')).toThrow('has no default port');
  });
});
