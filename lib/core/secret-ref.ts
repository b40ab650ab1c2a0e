import type { Violation } from './validation';

/**
 * A pointer to a secret, never its value: what may stand in a definition, a property map or a snapshot.
 *
 * The value reaches a pod at run time (External Secrets reads it there), so it is in no source, plan, state or log.
 */
export class SecretRef {
  /** Tells a reference from a plain value without `instanceof`, which fails when a package is on disk twice. */
  public readonly isSecretRef = true;

  private constructor(
    /** Name or ARN of the secret in AWS Secrets Manager; may be a placeholder. It is asked for in the region of the cluster. */
    public readonly secret: string,
    /** The member of the secret's JSON document; undefined when the whole text is the secret. */
    public readonly key: string | undefined,
  ) {}

  /** @param secret name or ARN in AWS Secrets Manager @param key member of its JSON document */
  public static of(secret: string, key?: string): SecretRef {
    return new SecretRef(secret, key);
  }

  /** For people and errors. It never shows more than where the secret is. */
  public toString(): string {
    return this.key === undefined ? `secret ${this.secret}` : `secret ${this.secret}, key ${this.key}`;
  }
}

/** What is wrong with what stands for a secret: the secret itself, which is not repeated, or nothing. */
export function secretRefViolations(path: string, value: unknown): readonly Violation[] {
  if (isSecretRef(value)) return [];
  return [
    {
      path,
      got: value === undefined ? 'nothing' : 'something else than a reference',
      allowed: 'a SecretRef: what is written here stands in files and in the state of Terraform',
      fix: 'put it into AWS Secrets Manager and give SecretRef.of(name, key)',
    },
  ];
}

/** Whether a property holds a reference instead of plain text. */
export function isSecretRef(value: unknown): value is SecretRef {
  return typeof value === 'object' && value !== null && 'isSecretRef' in value;
}
