import { serviceCidrViolations } from '../../lib/aws/service-cidr';

test.each([
  ['172.20.0.0/16', '10.0.0.0/16'],
  ['10.100.0.0/16', '10.20.0.0/16'],
  ['192.168.10.0/24', undefined],
  ['10.16.0.0/12', '10.0.0.0/16'],
])('services may have %s beside a VPC of %s', (cidr, vpcCidr) => {
  expect(serviceCidrViolations(cidr, vpcCidr)).toEqual([]);
});

test.each([
  ['8.8.0.0/16', 'is public'],
  ['10.0.0.0/8', 'is larger than /12'],
  ['10.100.0.0/25', 'is smaller than /24'],
  ['172.20.0.1/16', 'does not start at its first address'],
  ['172.32.0.0/16', 'lies just outside of 172.16.0.0/12'],
  ['services', 'is no range'],
  ['10.256.0.0/16', 'has a byte over 255'],
])('fails when the range %s %s', (cidr) => {
  expect(serviceCidrViolations(cidr)).toEqual([
    expect.objectContaining({ path: 'serviceCidr', allowed: 'a private IPv4 range from /12 to /24' }),
  ]);
});

test.each(['10.20.0.0/16', '10.20.255.0/24', '10.16.0.0/12'])('fails when %s overlaps the VPC', (cidr) => {
  expect(serviceCidrViolations(cidr, '10.20.0.0/16')).toEqual([
    expect.objectContaining({ got: `'${cidr}'`, allowed: "a range outside of the VPC's '10.20.0.0/16'" }),
  ]);
});

test('a VPC that is known only to Terraform is not judged', () => {
  expect(serviceCidrViolations('10.20.0.0/16', '${TfToken[TOKEN.1]}')).toEqual([]);
});
