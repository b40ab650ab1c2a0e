import { everyMatch, groupsOf, wholeMatch } from './java-regex';

/**
 * What Java puts in the place of a match: `$1` and `${name}` are what groups caught, a backslash makes the character after
 * it literal and is gone, also where no group is meant.
 * @see https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/util/regex/Matcher.html#appendReplacement(java.lang.StringBuilder,java.lang.String)
 */

/** What is not taken as it is; a dollar or a backslash by itself is an error. */
const SPECIAL = /\\([^])|\$\{([A-Za-z][A-Za-z0-9]*)\}|\$(\d+)|[\\$]/g;

/** What a replacement refers to although the pattern has no such group: Java throws. undefined also for a pattern that only Java knows. */
export function missingGroup(pattern: string, replacement: string): string | undefined {
  const groups = groupsOf(pattern);
  if (groups === undefined) return undefined;
  return [...replacement.matchAll(SPECIAL)].find(([, literal, name, digits]) => {
    if (literal !== undefined) return false;
    if (name !== undefined) return !groups.names.includes(name);
    return digits === undefined || Number(digits[0]) > groups.count;
  })?.[0];
}

/**
 * The text, all of which the pattern matches, replaced once.
 * @throws RangeError for a pattern that only Java can evaluate, and for a group that it does not have
 */
export function replaceWhole(pattern: string, text: string, replacement: string): string {
  return replaced(pattern, wholeMatch(pattern), text, replacement);
}

/** Every match of the pattern in the text replaced, as `Matcher.replaceAll` does. @throws RangeError as `replaceWhole` */
export function replaceAll(pattern: string, text: string, replacement: string): string {
  return replaced(pattern, everyMatch(pattern), text, replacement);
}

function replaced(pattern: string, regex: RegExp | undefined, text: string, replacement: string): string {
  const groups = groupsOf(pattern);
  if (regex === undefined || groups === undefined) throw new RangeError(`'${pattern}' can be evaluated by Java only`);
  if (missingGroup(pattern, replacement) !== undefined) {
    throw new RangeError(`'${replacement}': '${pattern}' has no such group`);
  }
  return text.replace(regex, inJavaScript(replacement, groups.count));
}

/** The same replacement in JavaScript's words. */
function inJavaScript(replacement: string, count: number): string {
  return replacement.replace(SPECIAL, (_found, literal?: string, name?: string, digits: string = '') => {
    if (literal !== undefined) return literal === '$' ? '$$' : literal;
    if (name !== undefined) return `$<${name}>`;
    const number = groupNumber(digits, count);
    const group = Number(number) === 0 ? '$&' : `$${String(Number(number)).padStart(2, '0')}`;
    return group + digits.slice(number.length);
  });
}

/** Of the digits after a dollar as many as there is a group of that number: the others are text. */
function groupNumber(digits: string, count: number, length = 1): string {
  const isLonger = length < digits.length && Number(digits.slice(0, length + 1)) <= count;
  return isLonger ? groupNumber(digits, count, length + 1) : digits.slice(0, length);
}
