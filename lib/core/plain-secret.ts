import { isSecretRef } from './secret-ref';
import type { Violation } from './validation';

/**
 * Secrets that somebody wrote out, wherever people may write names and values of their own: a password under its name, in
 * a variable of a pod, in a URL or in a line of a file. None of them is repeated.
 * @param value maps, lists and texts; values of a class are left alone
 */
export function plainSecretViolations(value: unknown, path: readonly string[] = []): readonly Violation[] {
  if (typeof value === 'string') return isPlainSecret(path.at(-1) ?? '', value) ? [violation(path)] : [];
  if (!isPlainStructure(value)) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const here = [...path, key];
    // `{ name: 'DB_PASSWORD', value: '…' }`: a variable is named beside its value.
    const isVariable = key === 'value' && typeof child === 'string' && 'name' in value;
    if (isVariable && isPlainSecret(String(value['name']), child)) return [violation(here)];
    return plainSecretViolations(child, here);
  });
}

/** Names of secrets. A name in camelCase that ends in `Secret` is that of a Secret of Kubernetes. */
const NAME =
  /(?:^|[-._])(?:secret|credential)s?$|(?:pass(?:word|phrase|wd)|(?:secret|private|access|api|auth)[-._]?key|token)s?$/i;
/** `${ENV:X}`, what is known only when Terraform runs, or nothing. */
const REFERENCE = /^(?:\$\{.*\})?$/s;
const WRITTEN_OUT = [
  /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /:\/\/[^/?#\s@]*:(?!\$\{)[^/?#\s@]+@/,
  /(?:password|passwd|secret|secret[-._]key|token)["']?\s*[=:]\s*["']?(?![\s"'&;{[]|\$\{|$)/im,
];

function isPlainSecret(name: string, text: string): boolean {
  return (NAME.test(name) && !REFERENCE.test(text)) || WRITTEN_OUT.some((pattern) => pattern.test(text));
}

function isPlainStructure(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || isSecretRef(value)) return false;
  return [Object.prototype, Array.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

function violation(path: readonly string[]): Violation {
  return {
    path: path.join('.'),
    got: 'a secret in plain text',
    allowed: 'a reference: what is written here stands in files, in the state of Terraform and in the cluster',
    fix: 'put it into AWS Secrets Manager and give a SecretRef, or write ${ENV:NAME} where Trino reads it',
  };
}
