import type { AccessRules, AnyRule, SectionName } from './rules';

/** How Trino itself writes the constants of a key. */
interface Spelling {
  readonly key: 'allow' | 'privileges';
  readonly of: (value: unknown) => unknown;
}

const lower = (value: unknown): string => String(value).toLowerCase();
const PRIVILEGES: Spelling = { key: 'privileges', of: eachOf((value) => String(value).toUpperCase()) };
const ACCESS: Spelling = { key: 'allow', of: eachOf(lower) };
const SPELLINGS: Readonly<Partial<Record<SectionName, Spelling>>> = {
  catalogs: { key: 'allow', of: (value) => (typeof value === 'boolean' ? (value ? 'all' : 'none') : lower(value)) },
  tables: PRIVILEGES,
  functions: PRIVILEGES,
  procedures: PRIVILEGES,
  queries: ACCESS,
  system_information: ACCESS,
};

/**
 * Rules as Trino reads them: it takes constants in upper and lower case, and true or false for a catalog.
 * @param rules without violations
 */
export function asTrinoReads(rules: AccessRules): AccessRules {
  const given = Object.entries(rules).filter(([, section]) => section !== undefined) as [SectionName, AnyRule[]][];
  return Object.fromEntries(given.map(([name, section]) => [name, section.map((rule) => spelled(name, rule))]));
}

function spelled(name: SectionName, rule: AnyRule): object {
  const spelling = SPELLINGS[name];
  if (spelling === undefined) return rule;
  const { key, of } = spelling;
  return { ...rule, [key]: of((rule as Readonly<Record<string, unknown>>)[key]) };
}

function eachOf(spell: (value: unknown) => string): (value: unknown) => unknown {
  return (values) => (values as readonly unknown[]).map(spell);
}
