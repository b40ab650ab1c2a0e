import { randomBytes } from 'node:crypto';
import { isSecretRef, show, type SecretRef } from '../../lib/core';
import type { SecretTemplate, TrinoPlan, TrinoRole } from '../../lib/trino';

/** A secret whose value something else has decided: the password of a server's user. */
export interface KnownSecret {
  readonly ref: SecretRef;
  readonly value: string;
}

/** Values for the secrets of a plan, as External Secrets would read them from AWS: known ones, else random ones. */
export class SecretValues {
  private readonly values: Map<string, string>;

  public constructor(known: readonly KnownSecret[] = []) {
    this.values = new Map(known.map(({ ref, value }) => [show(ref), value]));
  }

  /** The same for the same reference, always. */
  public valueOf(ref: SecretRef): string {
    const value = this.values.get(show(ref)) ?? randomBytes(32).toString('hex');
    this.values.set(show(ref), value);
    return value;
  }

  /** The variables of a pod. */
  public variables({ chart }: TrinoPlan): Readonly<Record<string, string>> {
    const entries = chart.env.map(({ name, secret, encoding }) => {
      const value = this.valueOf(secret);
      return [name, encoding === 'url' ? encodeURIComponent(value) : value] as const;
    });
    return Object.fromEntries(entries);
  }

  /** The secret files of a pod. */
  public files({ chart }: TrinoPlan, role: TrinoRole): Readonly<Record<string, string>> {
    const mounted = chart.secretFiles.filter(({ nodes = 'all' }) => nodes === 'all' || role === 'coordinator');
    return Object.fromEntries(mounted.map(({ name, content }) => [name, this.textOf(content)]));
  }

  private textOf(content: SecretTemplate): string {
    return content.map((part) => (isSecretRef(part) ? this.valueOf(part) : part)).join('');
  }
}
