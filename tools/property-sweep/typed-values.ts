import type { PropertyFacts } from '../../lib/trino/properties/catalogue';

/** Values that somebody may have typed, right for some types and wrong for others. */
export const TYPED = [
  ...['', ' ', 'true', 'TRUE', 'true ', 'yes', 'on', '0', '1', '-1', '+1', '1.5', '.5', '1e3', '1_000', '0x10', '007'],
  ...['2147483648', '9223372036854775808', '99999999999999999999', 'NaN', 'Infinity', '1d', '1f', '3', '64'],
  ...[
    '5MB',
    '5 MB',
    '5mb',
    '5M',
    '5Mi',
    '5MiB',
    '5GB',
    '0B',
    '-5MB',
    '1.5GB',
    '1EB',
    '900PB',
    '5kB',
    '5KB',
    '30%',
    '130%',
  ],
  ...['5m', '5 m', '5min', '5M', '1.5h', '0s', '1ns', '1us', '999d', '1w', '-5m', '2C', '0.5C', '2c', '1C', 'C'],
  ...[
    'a',
    'a,b',
    ',',
    'a,,b',
    'none',
    'allow-all',
    'x y',
    'http://x:1',
    'http://x:99999',
    'http://[',
    'x:1',
    'x:99999',
    'x:y',
  ],
  ...[
    '[::1]:80',
    '::1',
    'a:b:c',
    'ftp://x',
    's3://x',
    '/x/y',
    '\\',
    'é',
    'jdbc:mysql://x',
    '${USER}',
    '$5',
    '10,20',
    '1MB,2MB',
  ],
];

/** A value that the property accepts, as far as its facts tell. */
export function sample({ type, items, default: usual, min, enum: constants, pattern }: PropertyFacts): string {
  if (usual !== undefined && usual !== '') return String(usual);
  if (constants?.[0] !== undefined) return constants[0];
  if (pattern?.includes('jdbc') === true) return 'jdbc:x:y';
  if (pattern?.includes('ldap') === true) return 'ldaps://x';
  if (min !== undefined) return String(min);
  return SAMPLES[type === 'list' ? (items ?? 'string') : type] ?? 'x';
}

const SAMPLES: Readonly<Record<string, string>> = {
  boolean: 'true',
  int: '8',
  long: '8',
  double: '0.5',
  decimal: '2',
  duration: '5m',
  'data-size': '16MB',
  'thread-count': '8',
  path: '/x',
  uri: 'http://x',
  'host-and-port': 'x:1',
  map: '',
};

/** Values around the limits of a property, inside and outside. */
export function beyond({ min, max }: PropertyFacts): readonly string[] {
  return [min, max].flatMap((bound) => {
    const [, amount, unit] = /^(-?[\d.]+)(.*)$/.exec(String(bound)) ?? [];
    if (amount === undefined || unit === undefined) return [];
    return [
      `${Number(amount) - 1}${unit}`,
      `${Number(amount) + 1}${unit}`,
      `${amount}${unit}`,
      `${Number(amount) * 10}${unit}`,
    ];
  });
}
