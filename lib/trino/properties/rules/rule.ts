import { itemsOf, normal } from '../conditions';
import { magnitudeOf } from '../values';

/**
 * What a start checks between properties, beyond each one's own name and value. The classes that check are named after
 * their properties; every rule is compared with the running classes by the sweep (tools/property-sweep).
 */
export interface PropertyRule {
  /** All that it looks at; it is reported at the first. */
  readonly properties: readonly [string, ...string[]];
  /** @default - every component that knows the properties */
  readonly only?: string;
  /** The first release whose classes were seen to check it. @default - all that know the properties */
  readonly since?: string;
  /** The first release whose classes do not check it any more. @default - none */
  readonly before?: string;
  /** Judged only when the first is written: its default follows the others. @default false */
  readonly written?: boolean;
  /** Whatever the first reads, be it a secret: that it is there is enough. @default false */
  readonly anyValue?: boolean;
  readonly isViolated: (settings: Settings) => boolean;
  readonly allowed: string;
  readonly fix: string;
}

/** The values of a rule's properties, in their order; undefined where nothing is set and there is no default. */
type Settings = readonly (string | undefined)[];

export const isOn = (value: string | undefined): boolean => value?.toLowerCase() === 'true';
export const isSet = (value: string | undefined): boolean => value !== undefined;
export const is = (value: string | undefined, constant: string): boolean =>
  value !== undefined && normal(value) === constant;
export const isZero = (value: string | undefined): boolean => amount(value, 'duration') === 0;

/** The first is larger than the second. Values that cannot be read are reported for themselves. */
export const exceeds =
  (type: 'duration' | 'data-size') =>
  ([first, second]: Settings): boolean =>
    amount(first, type) > amount(second, type);

function amount(value: string | undefined, type: 'duration' | 'data-size'): number {
  return value === undefined ? NaN : (magnitudeOf(type, value) ?? NaN);
}

/** Trino leaves out what is empty between two commas. */
export function givenIn(list = ''): readonly string[] {
  return itemsOf(list).filter((item) => item !== '');
}
