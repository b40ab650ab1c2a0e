import { isToken, type SecretRef, show } from '../../core';
import { parseProperties } from '../properties-file';
import type { TrinoRelease } from '../release';
import type { TrinoRole } from '../trino-role';
import { type Component, componentNames, componentOf, type PropertyFacts } from './catalogue';
import { isKnownUnder, obstacles, type Setting } from './conditions';
import type { Finding, FindingKind } from './finding';
import { PROPERTY_RULES, type PropertyRule } from './rules';
import { successorOf } from './successors';
import { problemOfName } from './unknown-name';
import { problemOf } from './values';

/** The entries of one file, and who reads it. */
export interface PropertiesFile {
  /** `server`, `connector:hive`, `event-listener:mysql`, … */
  readonly component: string;
  /** Name → value; placeholders of Terraform and `${ENV:…}` are not judged, a `SecretRef` is the right form of a secret. */
  readonly entries: Readonly<Record<string, string | SecretRef>>;
  /** @default - what the entry `coordinator` says, else 'coordinator' */
  readonly role?: TrinoRole;
  /** The file's name in findings, below `etc/`. @default - the component's file */
  readonly file?: string;
}

/** One entry while it is judged. */
interface Entry {
  readonly name: string;
  readonly value: string | SecretRef;
  readonly line?: number;
}

interface Judged {
  readonly release: TrinoRelease;
  readonly component: Component;
  readonly role: TrinoRole;
  readonly file: string;
  readonly entries: readonly Entry[];
  readonly setting: Setting;
}

/** Everything that a release would refuse in a file, or that a person should know about it. */
export function checkProperties(release: TrinoRelease, file: PropertiesFile): readonly Finding[] {
  const entries = Object.entries(file.entries).map(([name, value]) => ({ name, value }));
  return checkEntries(release, file, entries);
}

/**
 * The same for a text as it stands in the file, duplicates and line numbers included.
 * @throws RangeError when Java could not read the text at all
 */
export function checkPropertiesText(
  release: TrinoRelease,
  text: string,
  file: Omit<PropertiesFile, 'entries'>,
): readonly Finding[] {
  return checkEntries(release, file, parseProperties(text));
}

/** What is wrong with lines of a file whose others are not known: nothing is missing, and no two contradict each other. */
export function checkLines(release: TrinoRelease, file: PropertiesFile): readonly Finding[] {
  const entries = Object.entries(file.entries).map(([name, value]) => ({ name, value }));
  const judged = judgedOf(release, file, entries);
  return judged === undefined
    ? []
    : entries.flatMap((entry) => judge(judged, entry)).filter(({ kind }) => kind !== 'condition');
}

function checkEntries(
  release: TrinoRelease,
  file: Omit<PropertiesFile, 'entries'>,
  entries: readonly Entry[],
): readonly Finding[] {
  const judged = judgedOf(release, file, entries);
  if (judged === undefined) return [unjudged(release, file)];
  return [
    ...lent(judged),
    ...entries.flatMap((entry) => judge(judged, entry)),
    ...duplicates(judged),
    ...missing(judged),
    ...brokenRules(judged),
  ];
}

/** undefined where the library has no data of the release. */
function judgedOf(
  release: TrinoRelease,
  file: Omit<PropertiesFile, 'entries'>,
  entries: readonly Entry[],
): Judged | undefined {
  const component = componentOf(release, file.component);
  if (component === undefined) return undefined;
  const role = file.role ?? roleOf(entries);
  const setting = settingsOf(component, role, entries);
  return { release, component, role, file: file.file ?? component.file, entries, setting };
}

function roleOf(entries: readonly Entry[]): TrinoRole {
  return entries.some(({ name, value }) => name === 'coordinator' && value === 'false') ? 'worker' : 'coordinator';
}

/**
 * The effective value of a setting: what is written under its name or an old one, else its default. What a role does not
 * know has none.
 */
function settingsOf(component: Component, role: TrinoRole, entries: readonly Entry[]): Setting {
  const written = new Map(entries.map(({ name, value }) => [component.aliases.get(name) ?? name, value]));
  return (name) => {
    const facts = component.properties.get(name);
    if (facts?.role === 'coordinator' && role === 'worker') return undefined;
    const value = written.get(name);
    if (value !== undefined) return isPlain(value) ? value.trim() : null;
    return facts?.defaultVaries === true ? null : facts?.default?.toString();
  };
}

/** Text that means what it says: no placeholder of Trino's or Terraform's, no secret. `${USER}` is plain text. */
function isPlain(value: string | SecretRef): value is string {
  return typeof value === 'string' && !PLACEHOLDER.test(value) && !isToken(value);
}

/** `${ENV:NAME}`; other providers of secrets may be configured. @see https://trino.io/docs/current/security/secrets.html */
const PLACEHOLDER = /\$\{[a-zA-Z][a-zA-Z0-9_-]*:[^}]+\}/;

function judge(judged: Judged, entry: Entry): readonly Finding[] {
  const { component, release } = judged;
  const name = component.aliases.get(entry.name) ?? entry.name;
  const facts = component.properties.get(name);
  if (facts === undefined) {
    const { kind, allowed, fix } = problemOfName(component, release, entry.name);
    return [finding(judged, entry, 'error', kind, allowed, fix)];
  }
  return [
    ...judgeName(judged, entry, name, facts),
    ...judgeAvailability(judged, entry, facts),
    ...judgeValue(judged, entry, facts),
  ];
}

function judgeName(judged: Judged, entry: Entry, name: string, facts: PropertyFacts): readonly Finding[] {
  if (name !== entry.name) {
    return [finding(judged, entry, 'warning', 'renamed', `${name}; the old name still works`, `write ${name}`)];
  }
  if (facts.deprecated !== true) return [];
  const successor = successorOf(judged.component, judged.release, undefined, name);
  const fix = successor === undefined ? 'plan to do without it' : `write ${successor} instead`;
  return [finding(judged, entry, 'warning', 'deprecated', 'nothing in the long run', fix)];
}

function judgeAvailability(judged: Judged, entry: Entry, facts: PropertyFacts): readonly Finding[] {
  if (facts.role === 'coordinator' && judged.role === 'worker') {
    const allowed = 'on the coordinator only: a worker does not know it and does not start';
    return [finding(judged, entry, 'error', 'wrong-role', allowed, "move it to the coordinator's configuration")];
  }
  if (isKnownUnder(facts, judged.setting) !== 'no') return [];
  const needed = Object.entries(obstacles(facts, judged.setting)).map(([name, value]) => `${name}=${value}`);
  const successor = successorOf(judged.component, judged.release, undefined, entry.name);
  const fix = successor === undefined ? `set ${needed.join(' and ')}, or remove it` : `write ${successor} instead`;
  return [finding(judged, entry, 'error', 'condition', `only together with ${needed.join(' and ')}`, fix)];
}

function judgeValue(judged: Judged, entry: Entry, facts: PropertyFacts): readonly Finding[] {
  if (!isPlain(entry.value)) return [];
  if (facts.secret === true && entry.value !== '') {
    const fix = 'give it as a SecretRef, or write ${ENV:NAME} and put the value in the environment';
    return [finding(judged, entry, 'error', 'literal-secret', 'a reference, never the secret itself', fix)];
  }
  // Trino trims every value that it reads from a file.
  const problem = problemOf(facts.legacyFacts?.[entry.name] ?? facts, entry.value.trim());
  return problem === undefined ? [] : [finding(judged, entry, 'error', 'value', problem.allowed, problem.fix)];
}

function duplicates(judged: Judged): readonly Finding[] {
  const { component, entries } = judged;
  const canonical = ({ name }: Entry): string => component.aliases.get(name) ?? name;
  return entries.flatMap((entry, index) => {
    const earlier = entries.slice(0, index).find((other) => canonical(other) === canonical(entry));
    if (earlier === undefined) return [];
    const both = earlier.name === entry.name ? 'it' : `${earlier.name} or ${entry.name}`;
    return [finding(judged, entry, 'error', 'duplicate', `one of the two lines`, `keep ${both} once`)];
  });
}

function missing(judged: Judged): readonly Finding[] {
  const { component, entries, setting } = judged;
  const written = new Set(entries.map(({ name }) => component.aliases.get(name) ?? name));
  return component.required
    .filter(([name]) => !written.has(name))
    .filter(([, facts]) => !(facts.role === 'coordinator' && judged.role === 'worker'))
    .filter(([, facts]) => isKnownUnder(facts, setting) === 'yes')
    .map(([name]) => ({ ...lacking(judged, name), got: 'nothing' }));
}

function lacking(judged: Judged, name: string): Finding {
  // The server reads `node.properties` as well: it may be there.
  const severity = name.startsWith('node.') ? 'warning' : 'error';
  const allowed = 'a value: the start fails without one';
  return finding(judged, { name, value: '' }, severity, 'missing', allowed, `set ${name}`);
}

function brokenRules(judged: Judged): readonly Finding[] {
  const { component, entries, setting } = judged;
  const written = new Map(entries.map((entry) => [component.aliases.get(entry.name) ?? entry.name, entry]));
  return PROPERTY_RULES.filter(({ only = component.name }) => only === component.name)
    .filter(({ since }) => since === undefined || component.release.isAtLeast(since))
    .filter(({ before }) => before === undefined || !component.release.isAtLeast(before))
    .filter(({ properties: [first], written: must = false }) => !must || written.has(first))
    .filter((rule) => isBroken(rule, component, setting))
    .map(({ properties: [first], allowed, fix }) => {
      const entry = written.get(first) ?? { name: first, value: setting(first) ?? '' };
      return finding(judged, entry, 'error', 'value', allowed, fix);
    });
}

function isBroken(rule: PropertyRule, component: Component, setting: Setting): boolean {
  const { properties, anyValue = false, isViolated } = rule;
  const facts = component.properties.get(properties[0]);
  if (facts === undefined || !properties.every((name) => component.properties.has(name))) return false;
  if (isKnownUnder(facts, setting) !== 'yes') return false;
  const values = properties.map((name, index) => (anyValue && index === 0 ? '' : setting(name)));
  return !values.includes(null) && isViolated(values.map((value) => value ?? undefined));
}

function unjudged(release: TrinoRelease, { component, file = component }: Omit<PropertiesFile, 'entries'>): Finding {
  return {
    severity: 'warning',
    kind: 'unjudged',
    property: '',
    file,
    path: file,
    got: show(component),
    allowed: `a component with data in ${release.toString()}: ${componentNames(release).join(', ')}`,
    fix: 'check its properties against the documentation: the library cannot',
  };
}

function lent(judged: Judged): readonly Finding[] {
  const { component, release, file } = judged;
  if (component.release.version === release.version) return [];
  return [
    {
      severity: 'warning',
      kind: 'unjudged',
      property: '',
      file,
      path: file,
      got: `${component.name} in ${release.toString()}`,
      allowed: `what ${component.release.toString()} accepts: newer data are not to be had for this component`,
      fix: `read the release notes after ${component.release.version}`,
    },
  ];
}

function finding(
  judged: Judged,
  { name, value, line }: Entry,
  severity: Finding['severity'],
  kind: FindingKind,
  allowed: string,
  fix: string,
): Finding {
  const got = isPlain(value) && holdsSecret(judged.component, name, value) ? 'a plain text' : show(value);
  const where = { property: name, file: judged.file, ...(line === undefined ? {} : { line }), path: name };
  return { severity, kind, ...where, got, allowed, fix };
}

/** A misspelled name may hold a password as well as a right one, and so may a URL: none of them gets into a message. */
function holdsSecret(component: Component, name: string, value: string): boolean {
  const facts = component.properties.get(component.aliases.get(name) ?? name);
  const isSecret = facts === undefined ? /pass|secret|token|credential|key/i.test(name) : facts.secret === true;
  return isSecret || /password=|:[^/@]+@/i.test(value);
}
