import fc from 'fast-check';
import { planSubnets, subnetPlanViolations } from '../../lib/aws/subnet-plan';

interface Range {
  readonly first: number;
  readonly size: number;
}

function range(cidr: string): Range {
  const [address = '', prefix = ''] = cidr.split('/');
  const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { first, size: 2 ** (32 - Number(prefix)) };
}

const vpcs = fc
  .record({ prefix: fc.integer({ min: 16, max: 21 }), second: fc.nat(255) })
  .map(({ prefix, second }) => `10.${second}.0.0/${prefix}`);
const zones = fc.integer({ min: 2, max: 4 });

test('subnets lie inside the VPC, begin where their size allows, and never overlap', () => {
  fc.assert(
    fc.property(vpcs, zones, (cidr, count) => {
      expect(subnetPlanViolations(cidr, count)).toEqual([]);
      const vpc = range(cidr);
      const plan = planSubnets(cidr, count);
      const subnets = [...plan.privateCidrs, ...plan.dataCidrs, ...plan.publicCidrs].map(range);
      const sorted = subnets.toSorted((a, b) => a.first - b.first);
      expect(sorted).toHaveLength(3 * count);
      sorted.forEach(({ first, size }, index) => {
        const previous = sorted[index - 1];
        expect(first % size).toBe(0);
        expect(first).toBeGreaterThanOrEqual(previous === undefined ? vpc.first : previous.first + previous.size);
        expect(first + size).toBeLessThanOrEqual(vpc.first + vpc.size);
      });
    }),
  );
});

test('adding a zone moves no subnet that exists', () => {
  fc.assert(
    fc.property(vpcs, fc.integer({ min: 2, max: 3 }), (cidr, count) => {
      const before = planSubnets(cidr, count);
      const after = planSubnets(cidr, count + 1);
      expect(after.privateCidrs.slice(0, count)).toEqual(before.privateCidrs);
      expect(after.dataCidrs.slice(0, count)).toEqual(before.dataCidrs);
      expect(after.publicCidrs.slice(0, count)).toEqual(before.publicCidrs);
    }),
  );
});

test('half of the range is for nodes and pods', () => {
  expect(planSubnets('10.20.0.0/16', 2)).toEqual({
    privateCidrs: ['10.20.0.0/19', '10.20.32.0/19'],
    dataCidrs: ['10.20.128.0/20', '10.20.144.0/20'],
    publicCidrs: ['10.20.192.0/20', '10.20.208.0/20'],
  });
});

test.each(['10.0.0.0/16', '10.0.0.0/21', '172.16.0.0/18'])('%s is large enough', (cidr) => {
  expect(subnetPlanViolations(cidr, 3)).toEqual([]);
});

test.each([
  ['10.0.0.0/22', "'10.0.0.0/22' for 3 zones"],
  ['10.0.0.0/15', "'10.0.0.0/15' for 3 zones"],
  ['10.0.0.1/16', "'10.0.0.1/16'"],
  ['10.0.0.0', "'10.0.0.0'"],
  ['300.0.0.0/16', "'300.0.0.0/16'"],
])('fails when the range is %s', (cidr, got) => {
  expect(subnetPlanViolations(cidr, 3)).toMatchObject([{ path: 'cidr', got }]);
});

test.each([1, 5, 2.5])('fails when there are %p zones', (count) => {
  expect(subnetPlanViolations('10.0.0.0/16', count)).toMatchObject([{ path: 'zones', got: `${count}` }]);
});

test('fails with both violations at once', () => {
  expect(subnetPlanViolations('10.0.0.0/24', 9).map(({ path }) => path)).toEqual(['cidr', 'zones']);
});
