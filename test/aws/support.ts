/** What several tests of AWS constructs share: somebody to grant to, and a network that is there already. */
import { TerraformOutput, type TerraformStack, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { Connections, type IConnectable } from '../../lib/aws/connections';
import { EncryptionKey, type IEncryptionKey } from '../../lib/aws/encryption-key';
import type { IGrantable, PolicyStatement } from '../../lib/aws/grants';
import { type INetwork, Network } from '../../lib/aws/network';
import type { Violation } from '../../lib/core';
import { type TerraformJson, outputs, resources, synth } from '../support/synth';

/** What only Terraform knows: of a variable, or of a data source. */
export const UNKNOWN = { number: Token.asNumber({ resolve: () => 1 }), text: Token.asString({ resolve: () => 'x' }) };

/** Keeps what it is granted. */
export class Recorder implements IGrantable {
  public readonly statements: PolicyStatement[] = [];

  public addStatement(statement: PolicyStatement): void {
    this.statements.push(statement);
  }

  public get actions(): string[] {
    return this.statements.flatMap(({ actions }) => [...actions]);
  }
}

/** Pods that want to connect. */
export function peer(scope: Construct): IConnectable {
  return { connections: new Connections({ scope, securityGroupId: 'sg-peer' }) };
}

/** A network that is not synthesized, with a data subnet `data-<zone>` in each zone. */
export function networkOf(stack: TerraformStack, zones = 3): INetwork {
  const subnets = (tier: string): string[] => Array.from({ length: zones }, (_, zone) => `${tier}-${zone}`);
  return Network.fromAttributes(stack, 'Network', {
    vpcId: 'vpc-1',
    cidr: '10.0.0.0/16',
    privateSubnetIds: subnets('private'),
    dataSubnetIds: subnets('data'),
  });
}

/** A key that is not synthesized. */
export function keyOf(stack: TerraformStack): IEncryptionKey {
  return EncryptionKey.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
}

/** Where something is wrong. */
export function paths(violations: readonly Violation[]): string[] {
  return violations.map(({ path }) => path);
}

/** Type and id of every resource: ids are API, because a new one replaces what it names. */
export function addresses(json: TerraformJson): string[] {
  return resources(json).map(({ type, id }) => `${type}.${id.replace(/_[0-9A-F]{8}$/, '')}`);
}

/** A policy in a resource's argument. */
export function policyOf(argument: unknown): { readonly Statement: readonly Record<string, unknown>[] } {
  return JSON.parse(String(argument)) as { readonly Statement: readonly Record<string, unknown>[] };
}

/** A text of a construct as Terraform gets it. */
export function rendered(stack: TerraformStack, text: string): unknown {
  new TerraformOutput(stack, 'Rendered', { value: text, staticId: true });
  return outputs(synth(stack))['Rendered']?.['value'];
}
