import { createHash } from 'node:crypto';

/** Joins parts to a physical name, `acme-dev-lake`; parts that are empty are left out. */
export function physicalName(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('-');
}

/**
 * A name within a service's limit: unchanged when it fits, else cut and ended by a hash of the whole name, so that two
 * long names never become one.
 * @param maxLength the service's limit, at least 10
 */
export function fit(name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  return `${name.slice(0, maxLength - 9).replace(/[-_.]+$/, '')}-${shortHash(name)}`;
}

/** Eight hexadecimal digits that change with any change of the text: for names and for "roll when this changes". */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** An environment variable's name for a path of words: `catalog`, `shop-db`, `connection-password` → `CATALOG_SHOP_DB_CONNECTION_PASSWORD`. */
export function envName(...words: readonly string[]): string {
  return words
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}
