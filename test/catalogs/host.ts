/** Pods that run catalogs, as tests see them: everything that they are given is kept. */
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Connections } from '../../lib/aws/connections';
import { type PolicyStatement, Statements } from '../../lib/aws/grants';
import type { CatalogHost } from '../../lib/catalogs';
import { TrinoRelease } from '../../lib/trino/release';
import { resources, synth, type TerraformJson } from '../support/synth';

/** The security group of the host: who has it may go where a catalog goes. */
export const HOST_GROUP = 'sg-trino';

export class RecordingHost extends Construct implements CatalogHost {
  public readonly region = 'eu-west-1';
  public readonly connections = new Connections({ scope: this, securityGroupId: HOST_GROUP });
  private readonly granted = new Statements('host');

  public constructor(
    public readonly stack: TerraformStack,
    public readonly release = TrinoRelease.DEFAULT,
    id = 'Host',
  ) {
    super(stack, id);
  }

  public addStatement(statement: PolicyStatement): void {
    this.granted.add(statement);
  }

  /** What the pods may do. */
  public get statements(): readonly PolicyStatement[] {
    return this.granted.all;
  }

  public get actions(): readonly string[] {
    return this.statements.flatMap(({ actions }) => actions);
  }
}

/** Where the host may go: `sg-database:3306`, once for each pair of rules. */
export function openPorts(stack: TerraformStack): readonly string[] {
  const json = synth(stack);
  const [incoming, outgoing] = ['ingress', 'egress'].map((way) => portsOf(json, way));
  expect(outgoing).toEqual(incoming);
  return incoming ?? [];
}

function portsOf(json: TerraformJson, way: string): readonly string[] {
  const [target, peer] =
    way === 'ingress'
      ? (['security_group_id', 'referenced_security_group_id'] as const)
      : (['referenced_security_group_id', 'security_group_id'] as const);
  return resources(json, `aws_vpc_security_group_${way}_rule`)
    .filter(({ args }) => args[peer] === HOST_GROUP)
    .map(({ args }) => `${String(args[target])}:${String(args['from_port'])}`);
}
