import { onePortViolations, portsIn } from '../../lib/core';

test.each([
  ['thrift://hms:9183', [9183]],
  ['thrift://a:9083,thrift://b:9084', [9083, 9084]],
  ['b-1.example:9096,b-2.example:9096', [9096]],
  ['b-1.example:9096, b-2.example:9094', [9096, 9094]],
  ['[2001:db8::1]:9096', [9096]],
  ['b-1.example', []],
  ['${TfToken[TOKEN.1]}', []],
  ['${TfToken[TOKEN.1]}:9096', []],
])('the ports of %s are %j', (addresses, ports) => {
  expect(portsIn(addresses)).toEqual(ports);
});

test('one port for all addresses is fine, and so is none that is known', () => {
  const good = ['b-1:9096,b-2:9096', 'b-1', '${TfToken[TOKEN.1]}'];
  expect(good.flatMap((addresses) => onePortViolations('servers', addresses))).toEqual([]);
});

test('fails when addresses have different ports: only one would be open', () => {
  expect(onePortViolations('servers', 'b-1:9096,b-2:9097')).toMatchObject([{ path: 'servers' }]);
});
