/**
 * Java's regular expressions, as far as JavaScript's agree with them: Trino compares whole names (`matches`, not `find`).
 */

const INLINE_FLAGS = /^\(\?([ims]+)\)/;
/**
 * What only Java understands: flags in the middle, atomic groups, possessive quantifiers, quotes, references to groups that
 * took no part, nested classes.
 */
const JAVA_ONLY = /\(\?[imsuxdU-]+[):]|\(\?>|[*+?}]\+|\\[QEpPhHRXZAzGk\d]|\[[^]*\]/;
/** Java finds no upper case for such a letter, unless it is told to. */
const FOLDED_OTHERWISE = /[^\u0000-\u007f]/;

/** The constructs of a pattern: what is escaped or in a simple class is literal, and left out. */
function constructs(body: string): string {
  return body.replace(/\\[^A-Za-z0-9]/gs, '.').replace(/\[(?!\^?\])(?:(?!&&)[^\][])+\]/g, '.');
}

/** A pattern that matches whole texts; undefined when JavaScript cannot say what Java would do with it. */
export function wholeMatch(pattern: string): RegExp | undefined {
  return inJavaScript(pattern, (body) => `^(?:${body})$`);
}

/** A pattern that finds all its matches in a text, as `Matcher.find` does; undefined as of `wholeMatch`. */
export function everyMatch(pattern: string): RegExp | undefined {
  return inJavaScript(pattern, (body) => body, 'g');
}

function inJavaScript(pattern: string, placed: (body: string) => string, more = ''): RegExp | undefined {
  const [prefix = '', flags = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const body = pattern.slice(prefix.length);
  if (flags.includes('i') && FOLDED_OTHERWISE.test(body)) return undefined;
  if (JAVA_ONLY.test(constructs(body))) return undefined;
  return isSyntax(body) ? new RegExp(placed(body), flags + more) : undefined;
}

/** How many groups a pattern has, and what those are called that have a name; undefined as of `wholeMatch`. */
export function groupsOf(pattern: string): { readonly count: number; readonly names: readonly string[] } | undefined {
  const caught = inJavaScript(pattern, (body) => `${body}|`)?.exec('');
  return caught ? { count: caught.length - 1, names: Object.keys(caught.groups ?? {}) } : undefined;
}

/** Whether JavaScript takes it for a pattern. By itself: in parentheses of ours `)(` would look whole. */
export function isSyntax(body: string): boolean {
  try {
    new RegExp(body);
    return true;
  } catch {
    return false;
  }
}

/** A text as a pattern that matches this text and nothing else. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Whether a pattern keeps a part of what it matches. */
export function hasGroup(pattern: string): boolean {
  return /\((?:\?<(?![=!])|(?!\?))/.test(constructs(pattern));
}
