import { Quantity, print, read, unit, whole } from './quantity';

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
