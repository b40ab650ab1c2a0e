/**
 * The chart sends some values through Helm's templating (`tpl`), where `{{` begins an instruction. Text of ours is meant
 * literally, so there, and only there, it is written as an instruction that prints it. Backticks, because a quotation mark
 * would be escaped by YAML in between.
 */

const PRINTED = '{{`{{`}}';

/** Literal text for a value that the chart templates. */
export function tplText(text: string): string {
  return text.replaceAll('{{', PRINTED);
}

/** What the chart makes of it. */
export function templated(text: string): string {
  return text.replaceAll(PRINTED, '{{');
}

/** Every text in an object that the chart templates as YAML. */
export function tplObject<T>(value: T): T {
  return mapTexts(value, tplText) as T;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}
