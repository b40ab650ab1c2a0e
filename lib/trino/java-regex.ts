/**
 * Java's regular expressions, as far as JavaScript's agree with them: Trino compares whole names (`matches`, not `find`).
 */

const INLINE_FLAGS = /^\(\?([ims]+)\)/;
/** What only Java understands: inline flags in the middle, atomic groups, possessive quantifiers, quotes, POSIX classes. */
const JAVA_ONLY = /\(\?[imsuxdU-]+[):]|\(\?>|[*+?}]\+|\\[QEpPhHRXZAzG]|&&/;

/** A pattern that matches whole texts; undefined when JavaScript cannot say what Java would do with it. */
export function wholeMatch(pattern: string): RegExp | undefined {
  const [prefix = '', flags = ''] = INLINE_FLAGS.exec(pattern) ?? [];
  const body = pattern.slice(prefix.length);
  if (JAVA_ONLY.test(body)) return undefined;
  try {
    return new RegExp(`^(?:${body})$`, flags);
  } catch {
    return undefined;
  }
}

/** Whether Java is certain to refuse the pattern: JavaScript does, and nothing in it is Java's alone. */
export function isBrokenPattern(pattern: string): boolean {
  const body = pattern.replace(INLINE_FLAGS, '');
  return !JAVA_ONLY.test(body) && wholeMatch(pattern) === undefined;
}

/** A text as a pattern that matches this text and nothing else. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
