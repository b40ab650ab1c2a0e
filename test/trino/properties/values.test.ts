import type { PropertyType } from '../../../lib/trino/properties/catalogue';
import { problemOf } from '../../../lib/trino/properties/values';

describe.each<[type: PropertyType, good: readonly string[], bad: readonly string[]]>([
  ['double', ['0.5', '5.d', '1e3', '-.5'], ['0,5', 'half', '.']],
  ['thread-count', ['8', '0', '+1', '2C', '.5C', '1.5C'], ['-1', '0C', '-1C', 'C', '1.5', '2c', '99999999999']],
  [
    'uri',
    ['https://host:8443/a%20b', 'host', '/path', '//host', 'http://[::1]:80/', 's3://bucket/', 'http://h/?a[]=b', 'é'],
    ['http://', 'http:', ':8080', 'host:#x', '1a:b', 'a b', 'a%zz', 'http://[host]', 'a#b#c', 'http://x/{id}'],
  ],
])('a value of type %s', (type, good, bad) => {
  it.each(good)('may be %j', (value) => {
    expect(problemOf({ type }, value)).toBeUndefined();
  });

  it.each(bad)('fails when it is %j', (value) => {
    expect(problemOf({ type }, value)).toBeDefined();
  });
});
