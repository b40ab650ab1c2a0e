import fc from 'fast-check';
import { hasGroup, literalPattern, wholeMatch } from '../../lib/trino/java-regex';

describe('patterns as Java reads them', () => {
  test('match the whole text, not a part of it', () => {
    expect(wholeMatch('a|b')?.test('ab')).toBe(false);
    expect(wholeMatch('a|b')?.test('b')).toBe(true);
  });

  test('may ignore case by a flag in front', () => {
    expect(wholeMatch('(?i)admin')?.test('Admin')).toBe(true);
    expect(wholeMatch('admin')?.test('Admin')).toBe(false);
  });

  test.each(['a++', '(?>a)', '\\Qa.b\\E', '\\p{Alpha}', 'a(?i)b', '[a&&b]', '[a[b]]', '[]a]', '\\07', '(?i)josé'])(
    '%s is left to Java',
    (pattern) => {
      expect(wholeMatch(pattern)).toBeUndefined();
    },
  );

  test('a literal matches itself and nothing else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(wholeMatch(literalPattern(text))?.test(other)).toBe(text === other);
      }),
    );
    expect(wholeMatch(literalPattern('a.b'))?.test('axb')).toBe(false);
    expect(wholeMatch(literalPattern('a&&b'))?.test('a&&b')).toBe(true);
  });

  test.each([
    ['(.*)@acme', true],
    ['(?<name>.*)@acme', true],
    ['(?:a|b)(c)', true],
    ['.*', false],
    ['(?:.*)@acme', false],
    ['a(?=b).*', false],
    ['(?<=a)b', false],
    ['\\(a\\)', false],
    ['[(]a[)]', false],
  ])('keep a part of what they match, or not: %s', (pattern, keeps) => {
    expect(hasGroup(pattern)).toBe(keeps);
  });
});
