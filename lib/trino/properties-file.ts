/**
 * Properties files exactly as `java.util.Properties` reads them, which is how Trino reads every one of them.
 * @see https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */

/** One `name=value` of a file. */
export interface PropertyLine {
  readonly name: string;
  readonly value: string;
  /** Where its logical line starts; the first line is 1. */
  readonly line: number;
}

interface LogicalLine {
  readonly text: string;
  readonly line: number;
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };
const ESCAPED: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' };

/**
 * Every entry of a text, in order; a name that is set twice is listed twice (Java keeps the last).
 * @throws RangeError for a malformed `\uXXXX`, which Java refuses, too
 */
export function parseProperties(text: string): readonly PropertyLine[] {
  return logicalLines(text).map(({ text: content, line }) => {
    const end = endOfName(content);
    const separator = /^[ \t\f]*[=:]?[ \t\f]*/.exec(content.slice(end))?.[0] ?? '';
    return {
      name: unescape(content.slice(0, end), line),
      value: unescape(content.slice(end + separator.length), line),
      line,
    };
  });
}

/** Lines joined over a final backslash, without comments and blank lines. */
function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let open: LogicalLine | undefined;
  const raws = text.split(/\r\n|\r|\n/);
  raws.forEach((raw, index) => {
    const content = raw.replace(/^[ \t\f]+/, '');
    // A continued nothing starts anew; only where the text ends behind it is it an entry to Java.
    const isEnd = raw === '' && index === raws.length - 1 && !text.endsWith('\r\n');
    if (!(open !== undefined && isEnd) && (open?.text ?? '') === '' && /^([#!]|$)/.test(content)) {
      open = undefined;
      return;
    }
    const joined = { text: (open?.text ?? '') + content.replace(OPEN_END, '$1'), line: open?.line ?? index + 1 };
    open = OPEN_END.test(content) ? joined : undefined;
    if (open === undefined) lines.push(joined);
  });
  return open === undefined ? lines : [...lines, open];
}

/** An odd number of backslashes at the end: the last one continues the line. */
const OPEN_END = /(?<!\\)((?:\\\\)*)\\$/;

/** The position of the first separator that no backslash precedes. */
function endOfName(content: string): number {
  return /^(?:[^\\=: \t\f]|\\.)*/su.exec(content)?.[0].length ?? 0;
}

function unescape(text: string, line: number): string {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|.|$)/gsu, (found, escape: string) => {
    if (/^u.{4}$/.test(escape)) return String.fromCharCode(parseInt(escape.slice(1), 16));
    if (escape === 'u') throw new RangeError(`line ${line}: '${found}' needs four hexadecimal digits, as in \\u00e9`);
    return ESCAPES[escape] ?? escape;
  });
}

/**
 * The text of a properties file, one entry per line in the order given. What Java would read otherwise than it is written
 * is escaped; characters beyond ASCII are, too, because the encoding of the reader varies.
 */
export function renderProperties(entries: Readonly<Record<string, string>>): string {
  return Object.entries(entries)
    .map(([name, value]) => `${escapeName(name)}=${escapeValue(value)}\n`)
    .join('');
}

function escapeName(name: string): string {
  return escapeText(name).replace(/[=: ]/g, '\\$&').replace(/^[#!]/, '\\$&');
}

function escapeValue(value: string): string {
  return escapeText(value).replace(/^ +/, (spaces) => '\\ '.repeat(spaces.length));
}

function escapeText(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/[^ -~]/g, (character) => ESCAPED[character] ?? unicode(character));
}

function unicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text of a JSON file, the same for the same content: two spaces, members in the order given, a final newline. */
export function renderJson(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * Whether Trino replaces `${ENV:NAME}` in a file below `etc/`. It does in its own properties files and nowhere else: not
 * in JSON, not in the JVM's options, not in `log.properties`, not in the Kafka client's files.
 * @see https://trino.io/docs/current/security/secrets.html
 */
export function resolvesEnvironment(file: string): boolean {
  return TRINO_FILES.test(file);
}

const TRINO_FILES =
  /^(catalog\/[^/]+|config|node|access-control|catalog-store|event-listener|exchange-manager|group-provider|password-authenticator(-[^/]+)?|resource-groups|session-property-config|spooling-manager)\.properties$/;
