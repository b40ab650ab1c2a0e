import fc from 'fast-check';
import { Cpu, DataSize, Duration } from '../../lib/core';

const bytes = fc.maxSafeNat().map(DataSize.bytes);

describe('DataSize', () => {
  test.each([
    ['64MB', 64 * 1024 ** 2],
    ['1.5GB', 1.5 * 1024 ** 3],
    ['0B', 0],
    ['1PB', 1024 ** 5],
    ['100 kB', 102_400],
  ])('reads %s as Trino does, in powers of 1024', (text, expected) => {
    expect(DataSize.parseTrino(text).toBytes()).toBe(expected);
  });

  test.each([
    ['512Mi', 512 * 1024 ** 2],
    ['2G', 2_000_000_000],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['1000', 1000],
  ])('reads %s as Kubernetes does, Ki in powers of 1024 and k in powers of 1000', (text, expected) => {
    expect(DataSize.parseKubernetes(text).toBytes()).toBe(expected);
  });

  test.each(['', '5', '5 gigs', '-1GB', '1e3MB', '5Gi', '0.3B', 'GB'])('fails when Trino text is %p', (text) => {
    expect(() => DataSize.parseTrino(text)).toThrow(`'${text}' is no size`);
  });

  test.each([
    [DataSize.mib(19_660), '19660M', '19660MB', '19660Mi'],
    [DataSize.gib(24), '24G', '24GB', '24Gi'],
    [DataSize.bytes(1500), '1500', '1500B', '1500'],
    [DataSize.bytes(0), '0', '0B', '0'],
  ])('prints %s exactly for the JVM, Trino and Kubernetes', (size, java, trino, kubernetes) => {
    expect([size.toJava(), size.toTrino(), size.toKubernetes()]).toEqual([java, trino, kubernetes]);
  });

  test('what is printed is read back as the same size, in every spelling', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        expect(DataSize.parseTrino(size.toTrino()).equals(size)).toBe(true);
        expect(DataSize.parseKubernetes(size.toKubernetes()).equals(size)).toBe(true);
      }),
    );
  });

  test('a part is never larger than the whole, and parts that make one never exceed it', () => {
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 100 }), (size, percent) => {
        const part = size.times(percent / 100);
        const rest = size.times((100 - percent) / 100);
        expect(part.plus(rest).isGreaterThan(size)).toBe(false);
      }),
    );
  });

  test('a factor means the decimal it is written as', () => {
    expect(DataSize.bytes(1_000_000_000_000).times(0.7).toBytes()).toBe(700_000_000_000);
    expect(DataSize.bytes(10).times(0.3).toBytes()).toBe(3);
  });

  test('rounds down to whole mebibytes and gibibytes', () => {
    fc.assert(
      fc.property(bytes, (size) => {
        expect(size.floorToMib().toBytes() % 1024 ** 2).toBe(0);
        expect(size.minus(size.floorToMib()).toBytes()).toBeLessThan(1024 ** 2);
        expect(size.minus(size.floorToGib()).toBytes()).toBeLessThan(1024 ** 3);
      }),
    );
  });

  test('fails when a size would be negative, broken or beyond exact numbers', () => {
    expect(() => DataSize.gib(1).minus(DataSize.gib(2))).toThrow(RangeError);
    expect(() => DataSize.bytes(0.5)).toThrow(RangeError);
    expect(() => DataSize.bytes(Number.MAX_SAFE_INTEGER).plus(DataSize.bytes(1))).toThrow(RangeError);
    expect(() => DataSize.gib(1).times(-1)).toThrow(RangeError);
  });

  test('is shown to people with one decimal', () => {
    expect(`${DataSize.mib(19_660)}`).toBe('19.2 GiB');
    expect(`${DataSize.bytes(0)}`).toBe('0 B');
  });
});

describe('Cpu', () => {
  test('reads and prints what Kubernetes writes', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (millis) => {
        const cpu = Cpu.millis(millis);
        expect(Cpu.parseKubernetes(cpu.toKubernetes()).equals(cpu)).toBe(true);
      }),
    );
    expect(Cpu.parseKubernetes('1.5').toKubernetes()).toBe('1500m');
    expect(Cpu.cores(2).toKubernetes()).toBe('2');
  });

  test.each(['', '1.0005', '2 cores', '-1'])('fails when the text is %p', (text) => {
    expect(() => Cpu.parseKubernetes(text)).toThrow(`'${text}' is no CPU amount`);
  });
});

describe('Duration', () => {
  const durations = fc.nat(1_000_000_000_000).map(Duration.millis);

  test('what is printed is read back as the same time, by Trino and by Go', () => {
    fc.assert(
      fc.property(durations, (time) => {
        expect(Duration.parseTrino(time.toTrino()).equals(time)).toBe(true);
        expect(Duration.parseGo(time.toGo()).equals(time)).toBe(true);
      }),
    );
  });

  test('Go knows no days, Trino no sums', () => {
    expect(Duration.days(7).toTrino()).toBe('7d');
    expect(Duration.days(7).toGo()).toBe('168h');
    expect(Duration.parseGo('1h30m').toTrino()).toBe('90m');
    expect(() => Duration.parseTrino('1h30m')).toThrow('no duration');
    expect(() => Duration.parseGo('7d')).toThrow('no duration');
  });

  test('whole seconds are rounded up: a grace period is never shorter than asked for', () => {
    expect(Duration.millis(1001).toSeconds()).toBe(2);
  });

  test('is shown to people in its parts', () => {
    expect(`${Duration.minutes(90)}`).toBe('1h30m');
    expect(`${Duration.millis(0)}`).toBe('0s');
  });
});

test('a share is a whole number of per cent', () => {
  expect(DataSize.gib(1).percentOf(DataSize.gib(3))).toBe('33 %');
});
