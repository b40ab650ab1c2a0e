import { isSecretRef, isToken, matches, refuse, type SecretRef, show, type Violation } from '../core';
import { connectorViolations } from './connector-rules';
import { checkProperties, errorsOf, type Finding, warningsOf } from './properties';
import { renderProperties } from './properties-file';
import type { TrinoRelease } from './release';
import { bindSecrets, type EnvBinding, type SecretFile, type SecretProperties, textViolations } from './secret-text';

/** A catalog as plain data: what its properties file and the files beside it say. */
export interface CatalogConfig {
  /** `iceberg`, `mysql`, `kafka`, …: `connector.name`. */
  readonly connector: string;
  /** Without `connector.name`. A `SecretRef` becomes `${ENV:…}` and a variable of the pods. */
  readonly properties: Readonly<Record<string, string | SecretRef>>;
  /** Texts in the directory of table descriptions, the same on every node: name → text. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /** Files with secrets in them. @default - none */
  readonly secretFiles?: readonly SecretFile[];
}

/** A catalog as Trino reads it. */
export interface RenderedCatalog {
  readonly name: string;
  readonly connector: string;
  /** `etc/catalog/<name>.properties`. */
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly env: readonly EnvBinding[];
  readonly secretFiles: readonly SecretFile[];
  /** What works, but a person should know. */
  readonly warnings: readonly Finding[];
}

/** `system` is Trino's own. */
const NAME = /^(?!system$)[a-z][a-z0-9_]*$/;

/** A name that SQL needs no quotes for, and that no other catalog has. */
export function catalogNameViolations(names: readonly string[]): readonly Violation[] {
  return names.flatMap((name, index) => [
    ...(isToken(name) || matches(NAME, name) ? [] : [badName(name)]),
    ...(names.indexOf(name) === index ? [] : [duplicate(name)]),
  ]);
}

function badName(name: unknown): Violation {
  const path = String(name);
  const better = path.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const fix = NAME.test(better) ? `call it ${show(better)}` : 'choose another name, a letter first';
  const allowed = "a small letter, then small letters, digits and _; 'system' is Trino's own";
  return { path, got: show(name), allowed, fix };
}

function duplicate(name: string): Violation {
  return { path: name, got: `two catalogs ${show(name)}`, allowed: 'one', fix: 'rename one of them' };
}

/**
 * The properties of a connector with those that a user adds by hand.
 * @param managed what the library sets; `props` names the prop by which each is set, where there is one
 * @throws ConfigError when an extra property shadows a managed one, or is no text
 */
export function withExtras(
  managed: SecretProperties,
  extra: SecretProperties = {},
  props: Readonly<Record<string, string>> = {},
): SecretProperties {
  refuse('extraProperties', textViolations(extra));
  const shadowing = Object.keys(extra).filter((key) => key in managed || key === 'connector.name');
  refuse(
    'extraProperties',
    shadowing.map((key) => ({
      path: key,
      got: isSecretRef(extra[key]) ? 'a secret' : show(extra[key]),
      allowed: 'properties that the library does not set itself',
      fix:
        key in props ? `use the prop '${props[key] ?? ''}'` : 'leave it out: it follows from what the catalog is given',
    })),
  );
  return { ...managed, ...extra };
}

/** Findings by catalog: a definition is judged as a whole first, and each of its catalogs again when it is rendered. */
const judged = new WeakMap<CatalogConfig, Map<string, readonly Finding[]>>();

/** Everything that the release would refuse in the catalog's file. */
export function catalogFindings(name: string, config: CatalogConfig, release: TrinoRelease): readonly Finding[] {
  const known = judged.get(config) ?? new Map<string, readonly Finding[]>();
  judged.set(config, known);
  const key = `${release.version} ${name}`;
  const findings = known.get(key) ?? checkCatalog(name, config, release);
  known.set(key, findings);
  return findings;
}

function checkCatalog(name: string, config: CatalogConfig, release: TrinoRelease): readonly Finding[] {
  return checkProperties(release, {
    component: `connector:${config.connector}`,
    file: `catalog/${name}.properties`,
    entries: entriesOf(config),
  });
}

/**
 * A catalog's files and variables.
 * @throws ConfigError when the name or a property would be refused
 */
export function renderCatalog(name: string, config: CatalogConfig, release: TrinoRelease): RenderedCatalog {
  const findings = catalogFindings(name, config, release);
  refuse(`catalog ${name}`, [
    ...catalogNameViolations([name]),
    ...errorsOf(findings),
    ...connectorViolations(config.connector, config.properties),
  ]);
  const { entries, env } = bindSecrets(['catalog', name], entriesOf(config));
  return {
    name,
    connector: config.connector,
    text: renderProperties(entries),
    files: config.files ?? {},
    env,
    secretFiles: config.secretFiles ?? [],
    warnings: warningsOf(findings),
  };
}

function entriesOf({ connector, properties }: CatalogConfig): SecretProperties {
  return { 'connector.name': connector, ...properties };
}
