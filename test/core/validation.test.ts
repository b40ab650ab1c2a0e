import { Token } from 'cdktf';
import {
  choiceViolations,
  ConfigError,
  inside,
  matches,
  oneOf,
  placeholderViolations,
  rule,
  show,
  validate,
  violationsOf,
  wholeNumber,
  wholeNumberIfGiven,
  wholeNumberIfKnown,
} from '../../lib/core';

interface Pool {
  readonly min: number;
  readonly max: number;
}

const RULES = [
  rule<Pool>(
    ({ min }) => min >= 0,
    ({ min }) => ({ path: 'min', got: show(min), allowed: 'a number from 0', fix: 'raise min' }),
  ),
  rule<Pool>(
    ({ min, max }) => min <= max,
    ({ min, max }) => ({ path: 'max', got: show(max), allowed: `a number from min (${min})`, fix: 'raise max' }),
  ),
];

test('a value that keeps all rules passes', () => {
  expect(() => validate('dev/Pool', { min: 0, max: 1 }, RULES)).not.toThrow();
});

test('every violation is in one error, with the place, the value, what is allowed and the fix', () => {
  const check = (): void => validate('dev/Pool', { min: -1, max: -2 }, RULES);
  expect(check).toThrow(ConfigError);
  expect(check).toThrow(
    [
      'dev/Pool: 2 problems',
      '  - min: got -1; allowed: a number from 0; fix: raise min',
      '  - max: got -2; allowed: a number from min (-1); fix: raise max',
    ].join('\n'),
  );
});

test('violations of a part carry the path from the whole', () => {
  const violations = inside('nodePools.workers', violationsOf({ min: 2, max: 1 }, RULES));
  expect(violations.map(({ path }) => path)).toEqual(['nodePools.workers.max']);
});

describe('a whole number', () => {
  const port = (value?: number) =>
    wholeNumberIfGiven('port', value, { from: 1, to: 65_535, note: 'a port of TCP' }, 'use 3306');

  test.each([1, 65_535, undefined])('may be %p', (value) => {
    expect(port(value)).toEqual([]);
  });

  test.each([0, 65_536, 2.5, NaN, Infinity])('fails when it is %p', (value) => {
    const allowed = 'a whole number from 1 to 65535: a port of TCP';
    expect(port(value)).toEqual([{ path: 'port', got: String(value), allowed, fix: 'use 3306' }]);
  });

  test('fails when it is missing where it must be there', () => {
    expect(wholeNumber('version', undefined, { from: 1 }, 'add 1')).toMatchObject([{ got: 'nothing' }]);
    expect(wholeNumberIfKnown('version', undefined, { from: 1 }, 'add 1')).toHaveLength(1);
  });

  test('has no end where none is said', () => {
    expect(wholeNumber('version', 1e9, { from: 1 }, 'add 1')).toEqual([]);
    expect(wholeNumber('version', 0, { from: 1 }, 'add 1')).toMatchObject([{ allowed: 'a whole number from 1' }]);
  });

  test('is judged by its range, and not where only Terraform knows the number or where the range begins', () => {
    const later = Token.asNumber({ resolve: () => 1 });
    const days = (value: number, from: number) => wholeNumberIfKnown('days', value, { from }, 'raise days');
    expect([days(7, 7), days(later, 7), days(0, later)]).toEqual([[], [], []]);
    expect(days(6, 7)).toMatchObject([{ got: '6', allowed: 'a whole number from 7' }]);
  });
});

test('values are shown as a person typed them', () => {
  expect([undefined, 'a', ['a', 1], { a: 1 }, 2].map(show)).toEqual(['nothing', "'a'", "['a', 1]", '{"a":1}', '2']);
  expect([oneOf(['a']), oneOf(['a', 'b', 'c'])]).toEqual(["'a'", "'a', 'b' or 'c'"]);
});

test('a placeholder is shown in words, because its own text says nothing', () => {
  const unknown = 'a value that is known only when Terraform runs';
  expect(show(Token.asNumber({ resolve: () => 1 }))).toBe(unknown);
  expect(show(`s3://${Token.asString({ resolve: () => 'x' })}`)).toBe(unknown);
  expect(show(['a', Token.asString({ resolve: () => 'x' })])).toBe(`['a', ${unknown}]`);
});

test('a word that nothing knows is none of a choice, and no word is the default', () => {
  const capacity = (value: unknown) => choiceViolations('capacity', value, ['spot', 'on-demand']);
  expect([capacity('spot'), capacity(undefined)]).toEqual([[], []]);
  expect(capacity('SPOT')).toEqual([
    { path: 'capacity', got: "'SPOT'", allowed: "'spot' or 'on-demand'", fix: 'use one of them, or leave it out' },
  ]);
  expect(capacity(null)).toHaveLength(1);
});

test('fails when others are computed from a placeholder', () => {
  const value = Token.asNumber({ resolve: () => 1 });
  expect(placeholderViolations('max', value, 'write it')).toEqual([expect.objectContaining({ path: 'max' })]);
  expect(placeholderViolations('max', 4, 'write it')).toEqual([]);
});

test('what is missing is not the text undefined', () => {
  expect(matches(/^[a-z]+$/, 'lake')).toBe(true);
  expect(matches(/^[a-z]+$/, 'Lake')).toBe(false);
  expect([undefined, null, 4].filter((value) => matches(/./, value))).toEqual([]);
});
