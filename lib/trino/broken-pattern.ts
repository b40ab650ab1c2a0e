import { isSyntax } from './java-regex';

/**
 * Patterns that Java refuses. JavaScript is asked, after what only Java writes has been put into its words.
 * @see https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/util/regex/Pattern.html
 */

/** Quotes, and whatever a backslash begins; of a quote without an end, all that follows. */
const ESCAPE = /\\(?:Q.*?(?:\\E|$)|[pPN](?:\{[^}]*\}|[A-Z])|x\{[^}]*\}|k<\w+>|.)/gs;
/** To Java a backslash before a letter is a construct that it knows, or an error. */
const UNKNOWN_ESCAPE = /^\\[gijlmoqyCEFIJKLMOTUY]/;
/** To Java a brace that counts nothing is an "illegal repetition", and a class that begins with its end goes on. */
const LEFT_OPEN = /\{(?!\d+(?:,\d*)?\})|\[/;
/** Comments, which may hold anything, and control characters, which nobody writes. */
const UNJUDGED = /\(\?[a-zA-Z]*x|\\c/;
/** A class without another one in it. */
const CLASS = /\[(?:\^?\][^\][]*|(?!\^\])[^\][]+)\]/g;
/** A class that both read alike. */
const PLAIN_CLASS = /\[(?!\^?\])(?:(?!&&)(?:\\[^A-Za-z0-9]|[^\][\\]))+\]/g;
/** What may stand for Java's own constructs where only the syntax matters. */
const IN_JAVASCRIPT: readonly (readonly [java: RegExp, javascript: string])[] = [
  [/\(\?(?:>|[imsudU-]+:|<?[=!])/g, '(?:'],
  [/\(\?[imsudU-]*\)/g, '|'],
  [/[$^]/g, 'x'],
  [/([*+?}])\+/g, '$1'],
  [/(^|\((?:\?:|\?<\w+>)?|[|*+?}])(?=\{)/g, '$1x'],
];

/** Whether Java is certain to refuse the pattern, although JavaScript may let it pass. */
export function isBrokenPattern(pattern: string): boolean {
  if (UNJUDGED.test(pattern)) return false;
  const escapes = pattern.match(ESCAPE) ?? [];
  const outline = outlineOf(pattern);
  if (escapes.some((escape) => UNKNOWN_ESCAPE.test(escape)) || LEFT_OPEN.test(outline)) return true;
  return !isSyntax(outline) || (pattern.match(PLAIN_CLASS) ?? []).some((text) => !isSyntax(text));
}

/** Groups, classes and repetitions of a pattern as JavaScript writes them; what is in between is an `x`. */
function outlineOf(pattern: string): string {
  const text = withoutClasses(pattern.replace(ESCAPE, 'x'));
  return IN_JAVASCRIPT.reduce((outline, [java, javascript]) => outline.replace(java, javascript), text);
}

function withoutClasses(text: string): string {
  const less = text.replace(CLASS, 'x');
  return less === text ? text : withoutClasses(less);
}
