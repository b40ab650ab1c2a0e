/** How invariants walk through a synthesized stack. */
import type { TerraformJson } from '../support/synth';

/** Something that must not be, and where; its first word is the address. */
export type Finding = string;

/** A promise about every stack: returns what breaks it. */
export type Invariant = (stack: TerraformJson) => readonly Finding[];

/** A value of a stack, with the names around it. */
export interface Value {
  readonly name: string;
  readonly path: string;
  readonly value: unknown;
}

/** Every value of a stack or a block, at every depth. */
export function valuesOf(value: unknown, path: readonly string[] = []): Value[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]: [string, unknown]) => {
    const here = [...path, name];
    return [{ name, path: here.join('.'), value: child }, ...valuesOf(child, here)];
  });
}

/** Every text of a stack, with its place. */
export function textsOf(stack: unknown): { path: string; text: string }[] {
  return valuesOf(stack).flatMap(({ path, value }) => (typeof value === 'string' ? [{ path, text: value }] : []));
}

/** A value inside nested blocks; a block may be written as an object or as a list of one. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined || value === undefined || value === null) return value;
  const block = Array.isArray(value) ? (value[0] as unknown) : value;
  return at((block as Readonly<Record<string, unknown>> | undefined)?.[key], ...rest);
}
