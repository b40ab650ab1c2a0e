import { Quantity, type Unit, print, read, unit, whole } from './quantity';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Trino and Go agree on these; Trino adds `d`. @see https://github.com/airlift/units (Duration) */
const TIMES: readonly Unit[] = [unit('ms', 1), unit('s', SECOND), unit('m', MINUTE), unit('h', HOUR), unit('d', DAY)];
const GO_TIMES = TIMES.filter(({ suffix }) => suffix !== 'd');

/** A length of time, in whole milliseconds. */
export class Duration extends Quantity<Duration> {
  /** Keeps the three quantities apart for the compiler. */
  public readonly quantity = 'Duration';

  public static millis(amount: number): Duration {
    return new Duration(whole(amount, 'Duration in milliseconds'));
  }

  public static seconds(amount: number): Duration {
    return Duration.millis(amount * SECOND);
  }

  public static minutes(amount: number): Duration {
    return Duration.millis(amount * MINUTE);
  }

  public static hours(amount: number): Duration {
    return Duration.millis(amount * HOUR);
  }

  public static days(amount: number): Duration {
    return Duration.millis(amount * DAY);
  }

  /**
   * Trino's spelling: one number, one unit, as in `5m`, `1.5h`, `7d`.
   * @throws RangeError when the text is not of that form or finer than a millisecond
   */
  public static parseTrino(text: string): Duration {
    const amount = read(text, TIMES);
    if (amount === undefined) throw new RangeError(`'${text}' is no duration; write it like 30s, 5m, 1.5h, 7d`);
    return new Duration(amount);
  }

  /**
   * Go's spelling, used by Kubernetes, Prometheus and Terraform time-outs: `1h30m`, `90s`.
   * @throws RangeError when the text is not of that form
   */
  public static parseGo(text: string): Duration {
    const parts = text.match(/\d+(?:\.\d+)?(?:ms|s|m|h)/g) ?? [];
    const amounts = parts.map((part) => read(part, GO_TIMES));
    if (parts.join('') !== text || parts.length === 0 || amounts.includes(undefined)) {
      throw new RangeError(`'${text}' is no duration; write it like 30s, 5m, 1h30m`);
    }
    return Duration.millis(amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0));
  }

  /** The longer of two durations. */
  public static max(a: Duration, b: Duration): Duration {
    return a.isGreaterThan(b) ? a : b;
  }

  protected override of(amount: number): Duration {
    return Duration.millis(amount);
  }

  public toMillis(): number {
    return this.amount;
  }

  /** Rounded up: a grace period in whole seconds must never be shorter than asked for. */
  public toSeconds(): number {
    return Math.ceil(this.amount / SECOND);
  }

  /** For Trino's properties: "90s", "2h", "7d". */
  public toTrino(): string {
    return print(this.amount, TIMES);
  }

  /** For Kubernetes, Prometheus and Terraform: "90s", "2h"; never days. */
  public toGo(): string {
    return print(this.amount, GO_TIMES);
  }

  /** For people: "1h30m". */
  public override toString(): string {
    const parts = [...TIMES].reverse().reduce<{ rest: number; text: string }>(
      ({ rest, text }, { suffix, factor }) => {
        const count = Math.floor(rest / factor);
        return { rest: rest - count * factor, text: count > 0 ? `${text}${count}${suffix}` : text };
      },
      { rest: this.amount, text: '' },
    );
    return parts.text === '' ? '0s' : parts.text;
  }
}
