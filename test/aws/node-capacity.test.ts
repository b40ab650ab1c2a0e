import fc from 'fast-check';
import { INSTANCE_TYPES } from '../../lib/aws/data/instance-types';
import { NodeCapacity, instanceTypesViolations } from '../../lib/aws/node-capacity';
import { DataSize } from '../../lib/core';

const gib = (size: DataSize): number => Math.floor(size.toGib());

/** Measured or published elsewhere: Karpenter's table of allocatable resources. @see https://karpenter.sh/docs/reference/instance-types/ */
test.each([
  ['r8gd.4xlarge', 15_890, 118_253],
  ['r7gd.2xlarge', 7910, 59_568],
  ['r8gd.8xlarge', 31_850, 239_495],
  ['m7g.large', 1930, 6844],
  ['m6id.4xlarge', 15_890, 57_691],
  ['i4i.24xlarge', 95_690, 722_287],
  ['r8gd.16xlarge', 63_770, 476_445],
])('%s leaves pods %i thousandths of CPU and %i MiB', (type, cpu, memoryMiB) => {
  const capacity = NodeCapacity.ofInstanceTypes([type]);
  expect(capacity.cpu.toMillis()).toBe(cpu);
  expect(capacity.memory.equals(DataSize.mib(memoryMiB))).toBe(true);
});

test('ephemeral storage is on NVMe where there is NVMe, and else on the root volume', () => {
  const nvme = NodeCapacity.ofInstanceTypes(['r8gd.4xlarge'], DataSize.gib(20));
  const ebs = NodeCapacity.ofInstanceTypes(['m7g.large'], DataSize.gib(100));
  expect([nvme.hasLocalNvme, gib(nvme.ephemeralStorage)]).toEqual([true, 787]);
  expect([ebs.hasLocalNvme, gib(ebs.ephemeralStorage)]).toEqual([false, 88]);
});

test('pods get less than the machine has, but most of it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...INSTANCE_TYPES), ([type, { vcpu, memoryMiB }]) => {
      const { cpu, memory } = NodeCapacity.ofInstanceTypes([type]);
      const shares = [cpu.toCores() / vcpu, memory.dividedBy(DataSize.mib(memoryMiB))];
      expect(Math.max(...shares)).toBeLessThan(1);
      expect(Math.min(...shares)).toBeGreaterThan(0.75);
    }),
  );
});

test('a larger machine never leaves pods less', () => {
  const shape = fc.record({
    architecture: fc.constantFrom('arm64' as const, 'amd64' as const),
    vcpu: fc.integer({ min: 2, max: 192 }),
    memoryMiB: fc.integer({ min: 16_384, max: 1_572_864 }),
    nvmeGb: fc.integer({ min: 100, max: 45_000 }),
    maxPods: fc.constant(737),
  });
  fc.assert(
    fc.property(shape, fc.integer({ min: 1, max: 64 }), (small, more) => {
      const large = {
        ...small,
        vcpu: small.vcpu + more,
        memoryMiB: small.memoryMiB + more,
        nvmeGb: small.nvmeGb + more,
      };
      const [a, b] = [NodeCapacity.of(small), NodeCapacity.of(large)];
      expect(a.cpu.isGreaterThan(b.cpu)).toBe(false);
      expect(a.memory.isGreaterThan(b.memory)).toBe(false);
      expect(a.ephemeralStorage.isGreaterThan(b.ephemeralStorage)).toBe(false);
    }),
  );
});

test('the data is plausible: whole cores, 4 or 8 GiB for each, architecture as the name says', () => {
  for (const [type, { architecture, vcpu, memoryMiB, nvmeGb, maxPods }] of INSTANCE_TYPES) {
    const family = type.split('.')[0] ?? '';
    expect([4096, 8192]).toContain(memoryMiB / vcpu);
    expect(architecture).toBe(/^[a-z]\d+g/.test(family) ? 'arm64' : 'amd64');
    expect(nvmeGb > 0).toBe(/d$|^i/.test(family));
    expect(maxPods).toBeGreaterThan(20);
  }
});

test('several types of one shape count as the least of them', () => {
  const both = NodeCapacity.ofInstanceTypes(['i8g.4xlarge', 'r8gd.4xlarge']);
  expect(both.ephemeralStorage.equals(NodeCapacity.ofInstanceTypes(['r8gd.4xlarge']).ephemeralStorage)).toBe(true);
});

test('a type that the table does not know is given by hand', () => {
  const shape = { architecture: 'arm64', vcpu: 16, memoryMiB: 131_072, nvmeGb: 950, maxPods: 234 } as const;
  expect(NodeCapacity.of(shape)).toEqual(NodeCapacity.ofInstanceTypes(['r8gd.4xlarge']));
});

test('fails when a type is unknown, naming the nearest known ones and the way to give it by hand', () => {
  expect(() => NodeCapacity.ofInstanceTypes(['r8gs.4xlarge'])).toThrow(
    /got 'r8gs\.4xlarge'.*did you mean .*'r8gd\.4xlarge'.*\?.*capacityPerNode: NodeCapacity\.of/,
  );
});

test.each([
  ['architectures', ['r8gd.4xlarge', 'r6id.4xlarge']],
  ['sizes', ['r8gd.4xlarge', 'r8gd.8xlarge']],
  ['ratios of memory', ['r8gd.4xlarge', 'm8gd.4xlarge']],
  ['NVMe and none', ['r8gd.4xlarge', 'r8g.4xlarge']],
])('fails when a pool mixes %s', (_what, mixed) => {
  expect(instanceTypesViolations(mixed)).toEqual([
    expect.objectContaining({ path: 'instanceTypes', fix: 'make one pool for each shape' }),
  ]);
});

test('fails when there is no type at all', () => {
  expect(instanceTypesViolations([])).toHaveLength(1);
});

test('types of one shape from several generations are fine', () => {
  expect(instanceTypesViolations(['r8gd.4xlarge', 'r7gd.4xlarge', 'r6gd.4xlarge'])).toEqual([]);
});
