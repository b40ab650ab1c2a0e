import { isMap } from '../../core';

/** Values merged as Helm merges them: maps key by key, everything else as a whole, a null as itself. */
export function merged<T extends object>(values: T, over: object): T {
  const changes = Object.entries(over).map(([key, value]: [string, unknown]) => {
    const below: unknown = Object.entries(values).find(([name]) => name === key)?.[1];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value];
  });
  return { ...values, ...(Object.fromEntries(changes) as Partial<T>) };
}
