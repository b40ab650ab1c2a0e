import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import { Fn, type IResolvable, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  SecretRef,
  type Violation,
  isToken,
  matches,
  oneOf,
  refuse,
  rule,
  show,
  violationsOf,
  wholeNumber,
  withDefaults,
} from '../core';
import { EncryptionKey, type IEncryptionKey } from './encryption-key';
import { EphemeralValue } from './ephemeral-value';
import type { IGrantable } from './grants';
import { type ISecret, ImportedSecret, type SecretAttributes, grantReadSecret } from './secret';

/** The part of a generated secret's definition that can be wrong. */
export interface GeneratedSecretOptions {
  /** Name in AWS Secrets Manager: `acme-dev/trino-shared-secret`. */
  readonly name: string;
  /** Members of the document that are no secret: `{ username: 'trino' }`. @default - none */
  readonly members?: Readonly<Record<string, string>>;
  /** Members that AWS makes up: letters and digits, so that they fit into every property file and URL. @default ['password'] */
  readonly generate?: readonly string[];
  /** Characters of each generated member, 16 to 128. @default 32 */
  readonly length?: number;
  /** Raise it to have new values made; readers get them when they next read. A whole number from 1. @default 1 */
  readonly version?: number;
  /** Days in which a deleted secret can be brought back, 7 to 30; 0 deletes it at once and frees its name. @default 30 */
  readonly recoveryWindowDays?: number;
}

/** The options of a generated secret, with its description and its key. */
export interface GeneratedSecretProps extends GeneratedSecretOptions {
  /** What it is for, for the console. */
  readonly description: string;
  /** @default - a key of the secret's own */
  readonly encryptionKey?: IEncryptionKey;
}

/**
 * The second label keeps the version that Terraform knows. AWS deletes those without one, as this one would be after two
 * values that people have put, and then Terraform would make a new value.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
const VERSION_STAGES = ['AWSCURRENT', 'cdktf-trino'];

const DEFAULTS = { generate: ['password'], members: {}, length: 32, version: 1, recoveryWindowDays: 30 } as const;

/** Everything that is wrong with a generated secret's definition. */
export function generatedSecretViolations(options: GeneratedSecretOptions): readonly Violation[] {
  return violationsOf(withDefaults(DEFAULTS, options), [
    rule(
      ({ name }) => isToken(name) || matches(/^[A-Za-z0-9/_+=.@-]{1,512}$/, name),
      ({ name }) => ({
        path: 'name',
        got: show(name),
        allowed: '1 to 512 letters, digits and /_+=.@-',
        fix: 'choose another name',
      }),
    ),
    rule(
      ({ generate, members }) => generate.length > 0 && generate.every((key) => !(key in members)),
      ({ generate, members }) => ({
        path: 'generate',
        got: show(generate),
        allowed: `at least one member that is not in members (${show(Object.keys(members))})`,
        fix: 'name what AWS shall make up, and only that',
      }),
    ),
    ({ length }) => wholeNumber('length', length, { from: 16, to: 128 }, 'leave it out for 32 characters'),
    ({ version }) => wholeNumber('version', version, { from: 1 }, 'start with 1 and add 1 for new values'),
    ({ recoveryWindowDays: days }) => {
      const fix = 'use 30, or 0 where the name must be free again at once';
      return days === 0 ? [] : wholeNumber('recoveryWindowDays', days, { from: 7, to: 30, note: 'or 0' }, fix);
    },
  ]);
}

/**
 * A secret whose value AWS makes up while Terraform runs: it is in no source, plan or state, because it travels from an
 * ephemeral value into a write-only argument. Needs Terraform 1.11.
 *
 * Its JSON document holds `members` as they are and one random text for each name in `generate`. New values are made only
 * when `version` is raised.
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class GeneratedSecret extends Construct implements ISecret {
  public readonly secretArn: string;
  /** For `dependsOn` of what reads the value in this stack. */
  public readonly value: ITerraformDependable;
  private readonly encryptionKey: IEncryptionKey;
  private readonly keys: readonly string[];

  /** @throws ConfigError with every violation of `generatedSecretViolations` */
  public constructor(scope: Construct, id: string, props: GeneratedSecretProps) {
    super(scope, id);
    refuse(this.node.path, generatedSecretViolations(props));
    const { generate, members, version, length, recoveryWindowDays } = withDefaults(DEFAULTS, props);
    this.encryptionKey = props.encryptionKey ?? this.addKey(props.name, recoveryWindowDays > 0);
    const secret = new SecretsmanagerSecret(this, 'Resource', {
      name: props.name,
      description: props.description,
      kmsKeyId: this.encryptionKey.keyArn,
      recoveryWindowInDays: recoveryWindowDays,
    });
    const value = new SecretsmanagerSecretVersion(this, 'Version', {
      secretId: secret.id,
      secretStringWo: Fn.jsonencode({ ...mapped(members, literal), ...this.randomTexts(generate, length) }),
      secretStringWoVersion: version,
      versionStages: VERSION_STAGES,
      // A value that people put takes AWSCURRENT along: it stays there.
      lifecycle: { ignoreChanges: ['version_stages'] },
    });
    this.keys = [...Object.keys(members), ...generate];
    this.secretArn = secret.arn;
    this.value = value;
  }

  /** A secret that exists already. */
  public static fromAttributes(scope: Construct, id: string, attributes: SecretAttributes): ISecret {
    return new ImportedSecret(scope, id, attributes);
  }

  /** @throws ConfigError when the document has no such member */
  public ref(key: string): SecretRef {
    if (!this.keys.includes(key)) {
      const fix = `use one of its members or add it to 'generate'`;
      refuse(this.node.path, [{ path: 'ref', got: show(key), allowed: oneOf(this.keys), fix }]);
    }
    return SecretRef.of(this.secretArn, key);
  }

  public grantRead(grantee: IGrantable): void {
    grantReadSecret(this, grantee, this.secretArn, this.encryptionKey);
  }

  private addKey(name: string, retain: boolean): IEncryptionKey {
    // An alias knows fewer characters than the name of a secret.
    const alias = isToken(name) ? name : name.replace(/[^A-Za-z0-9/_-]/g, '-');
    return new EncryptionKey(this, 'Key', { name: alias, description: 'a generated secret', retain });
  }

  private randomTexts(keys: readonly string[], length: number): Record<string, string> {
    const texts = keys.map((key) => {
      const random = new EphemeralValue(this, `Random-${key}`, 'aws_secretsmanager_random_password', {
        password_length: length,
        exclude_punctuation: true,
        require_each_included_type: true,
      });
      return [key, random.attribute('random_password')] as const;
    });
    return Object.fromEntries(texts);
  }
}

/** Text of a person as an operand of a function. The engine escapes quotes, line ends and `${`, but not these two. */
function literal(text: string): string | IResolvable {
  return isToken(text) ? text : Fn.rawString(text.replaceAll('\\', '\\\\').replaceAll('%{', '%%{'));
}

function mapped<T>(record: Readonly<Record<string, string>>, map: (text: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, text]) => [key, map(text)]));
}
