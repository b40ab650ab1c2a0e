import { parseCidr } from '../../lib/aws/cidr';

test.each([
  ['10.0.0.0/16', { first: 0x0a000000, last: 0x0a00ffff, prefix: 16 }],
  ['203.0.113.7/32', { first: 0xcb007107, last: 0xcb007107, prefix: 32 }],
  ['0.0.0.0/0', { first: 0, last: 0xffffffff, prefix: 0 }],
])('%s is a range', (cidr, range) => {
  expect(parseCidr(cidr)).toEqual(range);
});

test.each(['10.0.0.0', '10.0.0.1/16', '10.0.0.0/33', '10.0.256.0/24', '10.0.0/24', 'anywhere', '::/0'])(
  'fails when the text is %s, by finding no range',
  (cidr) => {
    expect(parseCidr(cidr)).toBeUndefined();
  },
);
