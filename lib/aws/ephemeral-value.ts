import { TerraformStack, Token, ref } from 'cdktf';
import { Construct } from 'constructs';

/**
 * A value that Terraform makes while it runs and writes into no plan and no state. It may feed write-only arguments only.
 *
 * The engine has no class for `ephemeral` blocks, so this is the one place where the stack's JSON is written by hand.
 * @see https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
export class EphemeralValue extends Construct {
  private readonly address: string;

  /** @param type of the ephemeral resource: `aws_secretsmanager_random_password` @param args named as Terraform does */
  public constructor(scope: Construct, id: string, type: string, args: Readonly<Record<string, unknown>>) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const name = stack.getLogicalId(this.node);
    stack.addOverride(`ephemeral.${type}.${name}`, args);
    this.address = `ephemeral.${type}.${name}`;
  }

  /** A reference to one of its attributes. Plain text would be escaped inside a function, and then be the value. */
  public attribute(name: string): string {
    return Token.asString(ref(`${this.address}.${name}`));
  }
}
