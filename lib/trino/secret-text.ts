import { envName, isSecretRef, type SecretRef, show, type Violation } from '../core';
import type { Properties } from './policy';

/** How secrets stand in Trino's files: as `${ENV:NAME}` where Trino resolves it, as mounted files where it does not. */

/** Lines of a properties file; a value may be a pointer to a secret. */
export type SecretProperties = Readonly<Record<string, string | SecretRef>>;

/** A variable of the pods' environment whose value is a secret. */
export interface EnvBinding {
  readonly name: string;
  readonly secret: SecretRef;
  /** How the value must be written: for a part of a URL, percent-encoded. @default - as it is */
  readonly encoding?: 'url';
}

/** Text with secrets in it, part after part. */
export type SecretTemplate = readonly (string | SecretRef)[];

/** A file that a Kubernetes Secret brings, because Trino would not resolve `${ENV:…}` in it. */
export interface SecretFile {
  /** Its name below `SECRET_FILES_DIRECTORY`. */
  readonly name: string;
  readonly content: SecretTemplate;
  /** Which pods mount it. @default 'all' */
  readonly nodes?: 'all' | 'coordinator';
}

/** Where secret files are mounted, a directory of their own: so they follow a rotation without a restart of the pod. */
export const SECRET_FILES_DIRECTORY = '/etc/trino-secrets';

/** Where the nodes see a secret file. */
export function secretFilePath({ name }: Pick<SecretFile, 'name'>): string {
  return `${SECRET_FILES_DIRECTORY}/${name}`;
}

/** Values that no file can hold: from JavaScript, numbers and what is missing. */
export function textViolations(properties: SecretProperties): readonly Violation[] {
  const others = Object.entries(properties).filter(([, value]) => typeof value !== 'string' && !isSecretRef(value));
  return others.map(([path, value]) => ({
    path,
    got: show(value),
    allowed: 'text, or a SecretRef',
    fix: `write it as text, like '4' or 'true', or leave the property out`,
  }));
}

/** Properties with every secret replaced by its variable, and the variables. */
export interface BoundProperties {
  readonly entries: Properties;
  readonly env: readonly EnvBinding[];
}

/**
 * Replaces each secret by `${ENV:<SCOPE>_<KEY>}`.
 * @param scope the words in front of the key: `catalog`, `shop` → `CATALOG_SHOP_CONNECTION_PASSWORD`
 */
export function bindSecrets(scope: readonly string[], properties: SecretProperties): BoundProperties {
  const env = Object.entries(properties).flatMap(([key, value]) =>
    isSecretRef(value) ? [{ name: envName(...scope, key), secret: value }] : [],
  );
  const entries = Object.entries(properties).map(([key, value]) => [
    key,
    isSecretRef(value) ? `\${ENV:${envName(...scope, key)}}` : value,
  ]);
  return { entries: Object.fromEntries(entries) as Properties, env };
}

/** Each variable once. */
export function distinctBindings(bindings: readonly EnvBinding[]): readonly EnvBinding[] {
  const same = (a: EnvBinding, b: EnvBinding) => a.name === b.name && show(a.secret) === show(b.secret);
  return bindings.filter((binding, index) => bindings.findIndex((other) => same(other, binding)) === index);
}

/** Two secrets under one variable: a node would see one of them in both places. */
export function envCollisions(bindings: readonly EnvBinding[]): readonly Violation[] {
  const distinct = distinctBindings(bindings);
  return distinct.flatMap((binding, index) => {
    const earlier = distinct.slice(0, index).find(({ name }) => name === binding.name);
    if (earlier === undefined) return [];
    return [
      {
        path: `env.${binding.name}`,
        got: `${show(earlier.secret)} and ${show(binding.secret)}`,
        allowed: 'one secret for each variable; a name is made of scope and key, with _ for every other character',
        fix: 'rename one of the two catalogs',
      },
    ];
  });
}
