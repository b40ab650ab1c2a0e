/**
 * Sizes, CPU and time, exact: the only unit arithmetic of the library.
 *
 * A quantity is held as a whole number of its smallest unit (bytes, milli-CPU, milliseconds), so no fraction is lost on
 * the way and nothing depends on the order of operations. It becomes text at the last moment, in the spelling of the
 * reader: the JVM, Trino or Kubernetes.
 */

/** A spelling of a unit, and how many of the smallest unit it is. */
export interface Unit {
  readonly suffix: string;
  readonly factor: number;
}

export function unit(suffix: string, factor = 1): Unit {
  return { suffix, factor };
}

/** @throws RangeError unless it is a whole number from 0 that JavaScript holds exactly */
export function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what}: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, got ${value}`);
  }
  return value;
}

/** The largest unit that divides the amount without a rest. */
export function print(amount: number, units: readonly Unit[]): string {
  const best = units.filter(({ factor }) => amount % factor === 0).at(-1) ?? unit('');
  return amount === 0 ? `0${units[0]?.suffix ?? ''}` : `${amount / best.factor}${best.suffix}`;
}

/** `number unit` to a whole amount; undefined when the text is not of that form or no whole amount. */
export function read(text: string, units: readonly Unit[]): number | undefined {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text) ?? [];
  const found = units.find((candidate) => candidate.suffix === suffix);
  if (digits === undefined || found === undefined) return undefined;
  const amount = scaleDecimal(digits, found.factor);
  return Number.isSafeInteger(amount) ? amount : undefined;
}

/** Decimal text times a whole factor, without floating point: "0.1" x 1024^3 is exact or refused. */
function scaleDecimal(digits: string, factor: number): number | undefined {
  const [integer = '0', fraction = ''] = digits.split('.');
  const scaled = BigInt(integer + fraction) * BigInt(factor);
  const divisor = 10n ** BigInt(fraction.length);
  return scaled % divisor === 0n ? Number(scaled / divisor) : undefined;
}

/** The whole part of `amount * factor`, where the factor is read as the decimal it is printed as (0.7 is seven tenths). */
function scaleDown(amount: number, factor: number): number {
  if (!Number.isFinite(factor) || factor < 0) throw new RangeError(`factor: expected a number from 0, got ${factor}`);
  const [integer = '0', fraction = ''] = factor.toFixed(12).split('.');
  return Number((BigInt(amount) * BigInt(integer + fraction)) / 10n ** BigInt(fraction.length));
}

/** What the three quantities share: order, sums and scaling of a whole number. */
export abstract class Quantity<Self extends Quantity<Self>> {
  protected constructor(protected readonly amount: number) {}

  protected abstract of(amount: number): Self;

  /** @throws RangeError when the sum leaves the range of exact whole numbers */
  public plus(other: Self): Self {
    return this.of(this.amount + other.amount);
  }

  /** @throws RangeError when `other` is the larger one: no quantity is negative */
  public minus(other: Self): Self {
    return this.of(this.amount - other.amount);
  }

  /** Rounded down to the smallest unit. @param factor a number from 0 */
  public times(factor: number): Self {
    return this.of(scaleDown(this.amount, factor));
  }

  /** How many times `other` goes into this, as a fraction. */
  public dividedBy(other: Self): number {
    return this.amount / other.amount;
  }

  /** "30 %": the share of a whole, as a person reads it. */
  public percentOf(whole: Self): string {
    return `${Math.round(this.dividedBy(whole) * 100)} %`;
  }

  /** Negative, zero or positive, as `Array.sort` wants it. */
  public compareTo(other: Self): number {
    return this.amount - other.amount;
  }

  public equals(other: Self): boolean {
    return this.amount === other.amount;
  }

  public isLessThan(other: Self): boolean {
    return this.amount < other.amount;
  }

  public isGreaterThan(other: Self): boolean {
    return this.amount > other.amount;
  }
}
