import { oneOf, show, type Violation } from '../../core';
import { isBrokenPattern } from '../broken-pattern';
import type { SectionName } from './rules';

/** What is wrong with a value that is there. */
type ValueCheck = (path: string, value: unknown) => readonly Violation[];

/** An object as the file has it: what Trino does not know is fatal, so it is read key by key. */
export type Fields = Readonly<Record<string, unknown>>;

/** What an object of the file may say, and what it must. */
interface ObjectShape {
  /** For messages: `a column`. */
  readonly what: string;
  readonly keys: Readonly<Record<string, ValueCheck>>;
  readonly required: readonly string[];
}

/** What a rule of a section may say; its patterns, left out, match everything. */
export interface SectionShape extends ObjectShape {
  readonly patterns: readonly string[];
}

const PATTERN: ValueCheck = (path, value) => {
  const allowed = 'a Java regular expression that matches whole names';
  if (typeof value !== 'string') return [{ path, got: show(value), allowed, fix: 'write it as text, or leave it out' }];
  if (!isBrokenPattern(value)) return [];
  const fix = 'close the brackets, or write a backslash before a character that is meant literally';
  return [{ path, got: show(value), allowed, fix }];
};
const TEXT = valueThat((value) => typeof value === 'string', 'text');
const FLAG = valueThat((value) => typeof value === 'boolean', 'true or false, without quotes');
const CATALOG_ACCESS = valueThat(
  (value) => typeof value === 'boolean' || isAmong(['all', 'owner', 'read-only', 'none'])(value),
  "'all', 'owner', 'read-only' or 'none'",
);
const ENVIRONMENT: ValueCheck = (path, value) =>
  objectViolations(path, { what: 'an environment', keys: { user: TEXT }, required: [] }, value);
const COLUMNS = listOf("columns, each like { name: 'price', mask: '0' }", (path, value) =>
  objectViolations(
    path,
    {
      what: 'a column',
      keys: { name: TEXT, allow: FLAG, mask: TEXT, mask_environment: ENVIRONMENT },
      required: ['name'],
    },
    value,
  ),
);

const WHO = ['user', 'role', 'group'];
const TABLE_PRIVILEGES = constants('SELECT', 'INSERT', 'DELETE', 'UPDATE', 'OWNERSHIP', 'GRANT_SELECT');

/**
 * What a rule of each section may say, and what it must: Trino does not start with anything else.
 * @see https://github.com/trinodb/trino/tree/483/lib/trino-plugin-toolkit/src/main/java/io/trino/plugin/base/security
 */
export const SECTIONS: Readonly<Record<SectionName, SectionShape>> = {
  catalogs: section('catalogs', [...WHO, 'catalog'], { allow: CATALOG_ACCESS }, ['allow']),
  schemas: section('schemas', [...WHO, 'catalog', 'schema'], { owner: FLAG }),
  tables: section(
    'tables',
    [...WHO, 'catalog', 'schema', 'table'],
    { privileges: TABLE_PRIVILEGES, columns: COLUMNS, filter: TEXT, filter_environment: ENVIRONMENT },
    ['privileges'],
  ),
  functions: section(
    'functions',
    [...WHO, 'catalog', 'schema', 'function'],
    { privileges: constants('EXECUTE', 'GRANT_EXECUTE', 'OWNERSHIP') },
    ['privileges'],
  ),
  procedures: section(
    'procedures',
    [...WHO, 'catalog', 'schema', 'procedure'],
    { privileges: constants('EXECUTE', 'GRANT_EXECUTE') },
    ['privileges'],
  ),
  queries: section('queries', [...WHO, 'queryOwner'], { allow: constants('execute', 'view', 'kill') }, ['allow']),
  impersonation: section('impersonation', ['original_user', 'original_role', 'new_user'], { allow: FLAG }, [
    'new_user',
  ]),
  principals: section('principals', ['principal', 'user'], { principal_to_user: TEXT, allow: FLAG }, ['principal']),
  system_information: section('system_information', ['user', 'role'], { allow: constants('read', 'write') }, ['allow']),
  authorization: section(
    'authorization',
    ['original_user', 'original_group', 'original_role', 'new_user', 'new_role'],
    { allow: FLAG },
  ),
  system_session_properties: section('system_session_properties', [...WHO, 'property'], { allow: FLAG }),
  catalog_session_properties: section('catalog_session_properties', [...WHO, 'catalog', 'property'], { allow: FLAG }),
};

function section(
  name: SectionName,
  patterns: readonly string[],
  values: Readonly<Record<string, ValueCheck>>,
  required: readonly string[] = [],
): SectionShape {
  const keys = { ...Object.fromEntries(patterns.map((key) => [key, PATTERN])), ...values };
  return { what: `a rule of '${name}'`, patterns, keys, required };
}

/** What is wrong with an object by its shape alone: its keys, and the value of each. */
export function objectViolations(path: string, shape: ObjectShape, value: unknown): readonly Violation[] {
  const { what, keys, required } = shape;
  if (!isFields(value)) return [{ path, got: show(value), allowed: what, fix: 'write an object, in braces' }];
  const given = Object.entries(value).filter(([, it]) => it !== undefined);
  const missing = required.filter((key) => given.every(([name]) => name !== key));
  return [
    ...missing.map((key) => missingKey(`${path}.${key}`, what)),
    ...given.flatMap(([key, it]) => {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
      return check?.(`${path}.${key}`, it) ?? [unknownKey(`${path}.${key}`, what, Object.keys(keys))];
    }),
  ];
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missingKey(path: string, what: string): Violation {
  return { path, got: 'nothing', allowed: `a value: ${what} has one`, fix: 'add it: Trino does not start without' };
}

/** @param what where it stands @param known the keys that it could have been */
export function unknownKey(path: string, what: string, known: readonly string[]): Violation {
  return {
    path,
    got: 'a key that Trino does not know here',
    allowed: `in ${what}: ${oneOf(known)}`,
    fix: 'take the key out: Trino does not start with it',
  };
}

function valueThat(holds: (value: unknown) => boolean, allowed: string): ValueCheck {
  const fix = 'write one of these: Trino does not start with another';
  return (path, value) => (holds(value) ? [] : [{ path, got: show(value), allowed, fix }]);
}

function listOf(what: string, member: ValueCheck): ValueCheck {
  return (path, value) =>
    Array.isArray(value)
      ? value.flatMap((it, index) => member(`${path}[${index}]`, it))
      : [{ path, got: show(value), allowed: `a list of ${what}`, fix: 'put it into brackets' }];
}

function constants(...names: readonly string[]): ValueCheck {
  return listOf(oneOf(names), valueThat(isAmong(names), oneOf(names)));
}

/** Trino reads constants in upper and lower case. */
function isAmong(names: readonly string[]): (value: unknown) => boolean {
  return (value) => typeof value === 'string' && names.some((name) => name.toLowerCase() === value.toLowerCase());
}
