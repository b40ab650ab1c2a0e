import { Quantity, type Unit, print, read, unit, whole } from './quantity';

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
