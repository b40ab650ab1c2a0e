/**
 * Java's regular expressions, as far as JavaScript's agree with them: Trino compares whole names (`matches`, not `find`).
 */

const INLINE_FLAGS = /^\(\?([ims]+)\)/;
/** What only Java understands: flags in the middle, atomic groups, possessive quantifiers, quotes, nested classes. */
const JAVA_ONLY = /\(\?[imsuxdU-]+[):]|\(\?>|[*+?}]\+|\\[QEpPhHRXZAzG]|\[[^]*\]/;
/** To Java a backslash before a letter is a construct that it knows, or an error. */
const UNKNOWN_ESCAPE = /\\[gijlmoqyCFIJKLMOTUY]/;
/** To Java a brace that counts nothing is an "illegal repetition"; JavaScript takes it literally. */
const LONE_BRACE = /\{(?!\d+(?:,\d*)?\})/;

/** The constructs of a pattern: what is escaped or in a simple class is literal, and left out. */
function constructs(body: string): string {
  return body.replace(/\\[^A-Za-z]/gs, '.').replace(/\[(?!\^?\])(?:(?!&&)[^\][])+\]/g, '.');
}

/** A pattern that matches whole texts; undefined when JavaScript cannot say what Java would do with it. */
export function wholeMatch(pattern: string): RegExp | undefined {
  const [prefix = '', flags = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const body = pattern.slice(prefix.length);
  if (JAVA_ONLY.test(constructs(body))) return undefined;
  return isSyntax(body) ? new RegExp(`^(?:${body})$`, flags) : undefined;
}

/** By itself: in parentheses of ours `)(` would look whole. */
function isSyntax(body: string): boolean {
  try {
    new RegExp(body);
    return true;
  } catch {
    return false;
  }
}

/** Whether Java is certain to refuse the pattern, although JavaScript may let it pass. */
export function isBrokenPattern(pattern: string): boolean {
  const used = constructs(pattern.replace(INLINE_FLAGS, ''));
  if (JAVA_ONLY.test(used)) return false;
  return wholeMatch(pattern) === undefined || UNKNOWN_ESCAPE.test(used) || LONE_BRACE.test(used);
}

/** A text as a pattern that matches this text and nothing else. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Whether a pattern keeps a part of what it matches. */
export function hasGroup(pattern: string): boolean {
  return /\((?:\?<(?![=!])|(?!\?))/.test(constructs(pattern));
}
