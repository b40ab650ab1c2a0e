/**
 * Sizes, CPU and time, exact: the only unit arithmetic of the library.
 *
 * A quantity is held as a whole number of its smallest unit (bytes, milli-CPU, milliseconds), so no fraction is lost on
 * the way and nothing depends on the order of operations. It becomes text at the last moment, in the spelling of the
 * reader: the JVM, Trino or Kubernetes.
 */

interface Unit {
  readonly suffix: string;
  readonly factor: number;
}

const KI = 1024;
const BINARY = [1, KI, KI ** 2, KI ** 3, KI ** 4, KI ** 5] as const;

/** Trino: powers of 1024 spelled like powers of 1000. @see https://github.com/airlift/units (DataSize) */
const TRINO_SIZES: readonly Unit[] = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'].map((suffix, i) => unit(suffix, BINARY[i]));
/** Kubernetes binary suffixes. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const KUBERNETES_BINARY: readonly Unit[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'].map((suffix, i) =>
  unit(suffix, BINARY[i]),
);
const KUBERNETES_DECIMAL: readonly Unit[] = ['', 'k', 'M', 'G', 'T', 'P'].map((suffix, i) => unit(suffix, 1000 ** i));
/** `-Xmx` takes whole numbers with k, m, g (and t), any case. */
const JVM_SIZES: readonly Unit[] = ['', 'K', 'M', 'G', 'T'].map((suffix, i) => unit(suffix, BINARY[i]));

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Trino and Go agree on these; Trino adds `d`. @see https://github.com/airlift/units (Duration) */
const TIMES: readonly Unit[] = [unit('ms', 1), unit('s', SECOND), unit('m', MINUTE), unit('h', HOUR), unit('d', DAY)];
const GO_TIMES = TIMES.filter(({ suffix }) => suffix !== 'd');

function unit(suffix: string, factor = 1): Unit {
  return { suffix, factor };
}

function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${what}: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, got ${value}`);
  }
  return value;
}

/** The largest unit that divides the amount without a rest. */
function print(amount: number, units: readonly Unit[]): string {
  const best = units.filter(({ factor }) => amount % factor === 0).at(-1) ?? unit('');
  return amount === 0 ? `0${units[0]?.suffix ?? ''}` : `${amount / best.factor}${best.suffix}`;
}

/** `number unit` to a whole amount; undefined when the text is not of that form or no whole amount. */
function read(text: string, units: readonly Unit[]): number | undefined {
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
abstract class Quantity<Self extends Quantity<Self>> {
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

/** An amount of memory or storage, in whole bytes. */
export class DataSize extends Quantity<DataSize> {
  /** Keeps the three quantities apart for the compiler. */
  public readonly quantity = 'DataSize';

  public static bytes(amount: number): DataSize {
    return new DataSize(whole(amount, 'DataSize in bytes'));
  }

  /** Kibibytes (1024 bytes). */
  public static kib(amount: number): DataSize {
    return DataSize.bytes(amount * BINARY[1]);
  }

  /** Mebibytes (1024 KiB). */
  public static mib(amount: number): DataSize {
    return DataSize.bytes(amount * BINARY[2]);
  }

  /** Gibibytes (1024 MiB). */
  public static gib(amount: number): DataSize {
    return DataSize.bytes(amount * BINARY[3]);
  }

  /** Tebibytes (1024 GiB). */
  public static tib(amount: number): DataSize {
    return DataSize.bytes(amount * BINARY[4]);
  }

  /** Gigabytes of a disk vendor or of AWS's NVMe tables (1000^3 bytes). */
  public static decimalGb(amount: number): DataSize {
    return DataSize.bytes(amount * 1000 ** 3);
  }

  /**
   * Trino's spelling, as in `query.max-memory=50GB`: powers of 1024.
   * @throws RangeError when the text is not a size or no whole number of bytes
   */
  public static parseTrino(text: string): DataSize {
    return DataSize.parsed(text, TRINO_SIZES, '64MB, 1.5GB');
  }

  /**
   * Kubernetes' spelling, as in `memory: 64Gi`: `Ki`, `Mi`, `Gi` are powers of 1024, `k`, `M`, `G` powers of 1000.
   * @throws RangeError when the text is not a size or no whole number of bytes
   */
  public static parseKubernetes(text: string): DataSize {
    return DataSize.parsed(text, [...KUBERNETES_BINARY, ...KUBERNETES_DECIMAL], '512Mi, 1.5Gi, 2G');
  }

  private static parsed(text: string, units: readonly Unit[], examples: string): DataSize {
    const amount = read(text, units);
    if (amount === undefined) throw new RangeError(`'${text}' is no size in whole bytes; write it like ${examples}`);
    return new DataSize(amount);
  }

  /** The smaller of two sizes. */
  public static min(a: DataSize, b: DataSize): DataSize {
    return a.isLessThan(b) ? a : b;
  }

  protected override of(amount: number): DataSize {
    return DataSize.bytes(amount);
  }

  public toBytes(): number {
    return this.amount;
  }

  /** In GiB, for people and for arithmetic that ends in a fraction. */
  public toGib(): number {
    return this.amount / BINARY[3];
  }

  /** Rounded down to whole mebibytes: what a JVM or a scheduler is given. */
  public floorToMib(): DataSize {
    return DataSize.bytes(this.amount - (this.amount % BINARY[2]));
  }

  /** Rounded down to whole gibibytes. */
  public floorToGib(): DataSize {
    return DataSize.bytes(this.amount - (this.amount % BINARY[3]));
  }

  /** For `-Xmx`: "19660M". */
  public toJava(): string {
    return print(this.amount, JVM_SIZES);
  }

  /** For Trino's properties: "19660MB". */
  public toTrino(): string {
    return print(this.amount, TRINO_SIZES);
  }

  /** For requests, limits and `sizeLimit`: "19660Mi". */
  public toKubernetes(): string {
    return print(this.amount, KUBERNETES_BINARY);
  }

  /** For people: "19.2 GiB". */
  public override toString(): string {
    const units = KUBERNETES_BINARY.filter(({ factor }) => factor <= Math.max(this.amount, 1));
    const { factor, suffix } = units.at(-1) ?? unit('');
    return `${Number((this.amount / factor).toFixed(1))} ${suffix}B`;
  }
}

/** An amount of CPU, in whole thousandths of a core. */
export class Cpu extends Quantity<Cpu> {
  /** Keeps the three quantities apart for the compiler. */
  public readonly quantity = 'Cpu';

  public static millis(amount: number): Cpu {
    return new Cpu(whole(amount, 'Cpu in thousandths'));
  }

  public static cores(amount: number): Cpu {
    return Cpu.millis(amount * 1000);
  }

  /**
   * Kubernetes' spelling: "500m", "2", "1.5".
   * @throws RangeError when the text is not of that form or finer than a thousandth
   */
  public static parseKubernetes(text: string): Cpu {
    const amount = read(text, [unit('m'), unit('', 1000)]);
    if (amount === undefined) throw new RangeError(`'${text}' is no CPU amount; write it like 500m, 2, 1.5`);
    return new Cpu(amount);
  }

  protected override of(amount: number): Cpu {
    return Cpu.millis(amount);
  }

  public toMillis(): number {
    return this.amount;
  }

  public toCores(): number {
    return this.amount / 1000;
  }

  /** "500m", "2". */
  public toKubernetes(): string {
    return print(this.amount, [unit('m'), unit('', 1000)]);
  }

  /** For people: "1.5 CPU". */
  public override toString(): string {
    return `${this.toCores()} CPU`;
  }
}

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
