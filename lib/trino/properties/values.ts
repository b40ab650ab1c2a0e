import { oneOf } from '../../core';
import type { PropertyFacts, PropertyType } from './catalogue';
import { normal } from './conditions';

/** A value that Trino would not accept: what it accepts and how to write it. */
export interface ValueProblem {
  readonly allowed: string;
  readonly fix: string;
}

/** Scale of each unit, in bytes. @see https://github.com/airlift/units (DataSize) */
const SIZE_UNITS = new Map(['B', 'kB', 'MB', 'GB', 'TB', 'PB'].map((unit, power) => [unit, 1024 ** power]));
/** Scale of each unit, in seconds. @see https://github.com/airlift/units (Duration) */
const TIME_UNITS = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
]);
const AMOUNT = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*$/;
const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Java's own reading: a suffix for the type is part of the number. */
const DOUBLE = /^[+-]?(NaN|Infinity|(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?)$/;
const INT_RANGE = { min: -(2n ** 31n), max: 2n ** 31n - 1n };
const LONG_RANGE = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** What is wrong with a value, as the release's own parsers see it; undefined when they accept it. */
export function problemOf(facts: PropertyFacts, value: string): ValueProblem | undefined {
  if (facts.type === 'list') return problemOfList(facts, value);
  return problemOfOne(facts, facts.type, value);
}

function problemOfOne(facts: PropertyFacts, type: PropertyType, value: string): ValueProblem | undefined {
  const amount = amountOf(facts, type, value);
  if (amount === undefined) return { allowed: acceptedForm(facts, type), fix: exampleFix(type) };
  if (amount === TEXT) return problemOfText(facts, value);
  if (!isInRange(facts, type, amount)) return { allowed: range(facts, type), fix: 'choose a value in this range' };
  return undefined;
}

/** A value without a magnitude. */
const TEXT = Symbol('text');

/** The magnitude of a value in the type's own unit; undefined when the type cannot read it. */
function amountOf(facts: PropertyFacts, type: PropertyType, value: string): number | typeof TEXT | undefined {
  switch (type) {
    case 'boolean':
      return /^(true|false)$/i.test(value) ? TEXT : undefined;
    case 'int':
      return integer(value, INT_RANGE);
    case 'long':
      return integer(value, LONG_RANGE);
    case 'double':
      return DOUBLE.test(value) ? Number(value.replace(/[dDfF]$/, '')) : undefined;
    case 'decimal':
      return DECIMAL.test(value) ? Number(value) : undefined;
    case 'data-size':
      return facts.heapPercent === true && /^\d+(\.\d+)?%$/.test(value) ? TEXT : scaled(value, SIZE_UNITS);
    case 'duration':
      return scaled(value, TIME_UNITS);
    case 'thread-count':
      return threads(value);
    case 'enum':
      return isConstant(facts, value) ? TEXT : undefined;
    case 'uri':
      return isUri(value) ? TEXT : undefined;
    case 'host-and-port':
      return isHostAndPort(value) ? TEXT : undefined;
    case 'path':
    case 'string':
    case 'list':
    case 'map':
      return TEXT;
  }
}

function integer(value: string, { min, max }: { readonly min: bigint; readonly max: bigint }): number | undefined {
  if (!INTEGER.test(value)) return undefined;
  const exact = BigInt(value.replace(/^\+/, ''));
  return exact >= min && exact <= max ? Number(exact) : undefined;
}

/** A size in bytes, a duration in seconds; undefined when it cannot be read. */
export function magnitudeOf(type: 'duration' | 'data-size', value: string): number | undefined {
  return scaled(value, type === 'duration' ? TIME_UNITS : SIZE_UNITS);
}

function scaled(value: string, units: ReadonlyMap<string, number>): number | undefined {
  const [, digits, unit = ''] = AMOUNT.exec(value) ?? [];
  const factor = units.get(unit);
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor;
}

/** `8`, or `2C`: that many per core; the number of cores is not known here, so `C` has no magnitude but a sign. */
function threads(value: string): number | typeof TEXT | undefined {
  if (value.endsWith('C')) return /[1-9]/.test(value) && /^\+?(\d+\.?\d*|\.\d+)C$/.test(value) ? TEXT : undefined;
  return integer(value, { ...INT_RANGE, min: 0n });
}

function isConstant({ enum: constants = [], exact = false }: PropertyFacts, value: string): boolean {
  return exact
    ? constants.some((constant) => constant.toUpperCase() === value.toUpperCase())
    : constants.map(normal).includes(normal(value));
}

/**
 * What java.net.URI reads: `%` only before two hexadecimal digits, something behind `scheme:` and `//`, and brackets only
 * around an IPv6 address or behind the path.
 */
function isUri(value: string): boolean {
  const [, scheme = '', rest = '#'] = /^([^:/?#]*:)?([^#]*)(?:#[^#]*)?$/.exec(value) ?? [];
  if (/[\s<>"{}|\\^`]|%(?![0-9a-f]{2})/i.test(value) || rest === '//' || rest === '#') return false;
  const path = rest.replace(/\?.*$/, '').replace(/^\/\/([^/@]*@)?\[[0-9a-f:.]+\]/i, '//x');
  return !/[[\]]/.test(path) && (scheme === '' || (rest !== '' && /^[a-z][a-z0-9+.-]*:$/i.test(scheme)));
}

/** A host, `host:port` or `[IPv6]:port`; an IPv6 address without brackets has no port. */
function isHostAndPort(value: string): boolean {
  const [, port = '0'] = /^(?:[^:[]*|\[[^\]]*\])(?::(\d{1,5})?)?$/.exec(value) ?? [undefined, 'none'];
  return Number(port) <= 65535 || /^[^[]*:[^[]*:[^[]*$/.test(value);
}

function problemOfText(facts: PropertyFacts, value: string): ValueProblem | undefined {
  const { pattern, minSize = 0, maxSize = Infinity, known } = facts;
  if (pattern !== undefined && !javaPattern(pattern).test(value)) {
    return { allowed: `text that matches ${pattern}`, fix: 'spell it in that form' };
  }
  if (value.length < minSize || value.length > maxSize) {
    return { allowed: sizeRange('characters', facts), fix: 'change its length' };
  }
  if (known !== undefined && !known.map(normal).includes(normal(value))) {
    return { allowed: oneOf(known), fix: 'choose one of these' };
  }
  return undefined;
}

/** Java's `(?s:.*)` is JavaScript's `[\s\S]*`; the whole text must match. */
function javaPattern(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern.replace('(?s:.*)', '[\\s\\S]*')})$`);
}

function problemOfList(facts: PropertyFacts, value: string): ValueProblem | undefined {
  const items = value.split(',').map((item) => item.trim());
  const given = items.filter((item) => item !== '');
  const { minSize = 0, maxSize = Infinity, items: type = 'string' } = facts;
  if (given.length < minSize || given.length > maxSize) {
    return { allowed: sizeRange('items, separated by commas', facts), fix: 'add or remove items' };
  }
  return given
    .map((item) => problemOfOne({ ...facts, minSize: 0 }, type, item))
    .find((problem) => problem !== undefined);
}

function isInRange(facts: PropertyFacts, type: PropertyType, amount: number): boolean {
  const { min, max, minExclusive = false, powerOfTwo = false } = facts;
  const low = limit(min, type) ?? -Infinity;
  const high = limit(max, type) ?? Infinity;
  if (powerOfTwo && !Number.isInteger(Math.log2(amount))) return false;
  return (minExclusive ? amount > low : amount >= low) && amount <= high;
}

function limit(bound: string | number | undefined, type: PropertyType): number | undefined {
  if (bound === undefined || typeof bound === 'number') return bound;
  return magnitudeOf(type === 'duration' ? 'duration' : 'data-size', bound);
}

function range(facts: PropertyFacts, type: PropertyType): string {
  const { min, max, minExclusive, powerOfTwo } = facts;
  const noun = powerOfTwo === true ? 'a power of two' : FORMS[type].noun;
  const low = min === undefined ? '' : ` ${minExclusive === true ? 'above' : 'from'} ${min}`;
  const high = max === undefined ? '' : ` to ${max}`;
  return `${noun}${low}${high}`;
}

function sizeRange(what: string, { minSize = 0, maxSize }: PropertyFacts): string {
  return maxSize === undefined ? `at least ${minSize} ${what}` : `${minSize} to ${maxSize} ${what}`;
}

/** What a person would call a value of the type, and one to copy. */
const FORMS: Readonly<Record<PropertyType, { readonly noun: string; readonly example: string }>> = {
  boolean: { noun: "'true' or 'false'", example: 'true' },
  int: { noun: 'a whole number', example: '8' },
  long: { noun: 'a whole number', example: '1000000' },
  double: { noun: 'a number', example: '0.5' },
  decimal: { noun: 'a number', example: '2.5' },
  string: { noun: 'text', example: 'text' },
  enum: { noun: 'a constant', example: '' },
  list: { noun: 'items separated by commas', example: 'a,b' },
  map: { noun: 'names and values', example: 'a:b,c:d' },
  duration: { noun: 'a duration: a number and one of ns, us, ms, s, m, h, d', example: '5m' },
  'data-size': { noun: 'a size: a number and one of B, kB, MB, GB, TB, PB', example: '64MB' },
  'thread-count': { noun: 'a number of threads, or a multiple of the cores', example: '8 or 2C' },
  path: { noun: 'a path', example: '/etc/trino/file' },
  uri: { noun: 'a URI', example: 'https://host:8443/path' },
  'host-and-port': { noun: 'host:port', example: 'proxy.internal:3128' },
};

function acceptedForm(facts: PropertyFacts, type: PropertyType): string {
  if (type === 'enum') return oneOf(facts.enum ?? []);
  const percent = facts.heapPercent === true ? ', or a share of the heap like 30%' : '';
  return `${range(facts, type)}${percent}`;
}

function exampleFix(type: PropertyType): string {
  return type === 'enum' ? 'choose one of these' : `write it like ${FORMS[type].example}`;
}
