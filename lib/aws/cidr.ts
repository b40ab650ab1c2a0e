/** The addresses of an IPv4 range, as numbers. */
export interface CidrRange {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The addresses of an IPv4 range; undefined when the text is none or does not start at the range's first address. */
export function parseCidr(cidr: string): CidrRange | undefined {
  const [, a, b, c, d, prefix] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr)?.map(Number) ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined || prefix === undefined)
    return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32 || first % size !== 0) return undefined;
  return { first, last: first + size - 1, prefix };
}
