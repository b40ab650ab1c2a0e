import { inside, type Violation } from '../core';
import type { Properties } from './policy';
import { renderProperties } from './properties-file';
import { bindSecrets, distinctBindings, type EnvBinding, type SecretFile, type SecretProperties } from './secret-text';
import { TRINO_ROLES, type TrinoRole } from './trino-role';

/** What one policy (authentication, audit, spill, …) adds to the files of each node. */
export interface ServerPart {
  /** Who adds it, as errors call it: `authentication`. */
  readonly name: string;
  /** Lines of `config.properties`. */
  readonly config?: Partial<Readonly<Record<TrinoRole, SecretProperties>>>;
  /** Other files below `/etc/trino`: lines of a properties file, or a text. */
  readonly files?: Partial<Readonly<Record<TrinoRole, Readonly<Record<string, SecretProperties | string>>>>>;
  /** Variables that a value already names as `${ENV:…}`. */
  readonly env?: readonly EnvBinding[];
  readonly secretFiles?: readonly SecretFile[];
}

/** All parts together: what every node gets, secrets replaced by variables. */
export interface ServerFiles {
  /** Lines of `config.properties` by role, without those that the chart writes. */
  readonly config: Readonly<Record<TrinoRole, Properties>>;
  /** Texts by role and by path below `/etc/trino`. */
  readonly files: Readonly<Record<TrinoRole, Readonly<Record<string, string>>>>;
  readonly env: readonly EnvBinding[];
  readonly secretFiles: readonly SecretFile[];
}

/** Joins the parts. What two of them say is in `partViolations`; here the later one wins. */
export function joinParts(parts: readonly ServerPart[]): ServerFiles {
  const config = bySide(
    (role) => Object.assign({}, ...parts.map((part) => boundConfig(part, role).entries)) as Properties,
  );
  const files = bySide((role) => Object.assign({}, ...parts.map((part) => texts(part, role))) as Properties);
  const env = parts.flatMap((part) => [...(part.env ?? []), ...TRINO_ROLES.flatMap((role) => bindings(part, role))]);
  return {
    config,
    files,
    env: distinctBindings(env),
    secretFiles: parts.flatMap(({ secretFiles = [] }) => secretFiles),
  };
}

function bySide<T>(make: (role: TrinoRole) => T): Readonly<Record<TrinoRole, T>> {
  return { coordinator: make('coordinator'), worker: make('worker') };
}

function boundConfig(part: ServerPart, role: TrinoRole) {
  return bindSecrets(['config'], part.config?.[role] ?? {});
}

function texts(part: ServerPart, role: TrinoRole): Readonly<Record<string, string>> {
  const entries = Object.entries(part.files?.[role] ?? {}).map(([file, content]) => [
    file,
    typeof content === 'string' ? content : renderProperties(bindSecrets(scopeOf(file), content).entries),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** `password-authenticator.properties` → its variables start with `PASSWORD_AUTHENTICATOR_`. */
function scopeOf(file: string): readonly string[] {
  return [file.replace(/\.properties$/, '')];
}

function bindings(part: ServerPart, role: TrinoRole): readonly EnvBinding[] {
  const inFiles = Object.entries(part.files?.[role] ?? {}).flatMap(([file, content]) =>
    typeof content === 'string' ? [] : bindSecrets(scopeOf(file), content).env,
  );
  return [...boundConfig(part, role).env, ...inFiles];
}

/** Lines and files that two parts set: Trino would take one of them without a word. */
export function partViolations(parts: readonly ServerPart[]): readonly Violation[] {
  return TRINO_ROLES.flatMap((role) => [
    ...inside(
      `${role}.config.properties`,
      twice(parts, (part) => Object.keys(part.config?.[role] ?? {})),
    ),
    ...inside(
      `${role}.files`,
      twice(parts, (part) => Object.keys(part.files?.[role] ?? {})),
    ),
  ]);
}

function twice(parts: readonly ServerPart[], keysOf: (part: ServerPart) => readonly string[]): readonly Violation[] {
  const owners = new Map<string, string>();
  return parts.flatMap((part) =>
    keysOf(part).flatMap((key) => {
      const owner = owners.get(key);
      owners.set(key, owner ?? part.name);
      if (owner === undefined) return [];
      const fix = `take it out of ${part.name}, and change it where ${owner} is defined`;
      return [
        { path: key, got: `set by ${owner} and by ${part.name}`, allowed: 'one owner for each line and file', fix },
      ];
    }),
  );
}
