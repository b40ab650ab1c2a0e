import { Token } from 'cdktf';
import { NODE_DRAIN, updateTimeout } from '../../lib/aws/node-update';
import { NODE_DRAIN as NODE_DRAIN_OF_TRINO } from '../../lib/trino/drain/chain';

test.each([
  [1, '1h'],
  [2, '1h'],
  [3, '1h15m'],
  [6, '2h30m'],
  [450, '7d19h30m'],
])(
  'an update of %i nodes, one after another, may take %s: never less than the provider waits by itself',
  (nodes, time) => {
    expect(updateTimeout(nodes).toString()).toBe(time);
  },
);

test('a number of nodes that only Terraform knows is taken for the largest that there can be', () => {
  expect(updateTimeout(Token.asNumber('${var.nodes}'))).toEqual(updateTimeout(450));
});

test('workers plan their drain with the time that a node really gives', () => {
  expect(NODE_DRAIN).toEqual(NODE_DRAIN_OF_TRINO);
});
