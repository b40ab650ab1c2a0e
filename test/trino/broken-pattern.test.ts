import { isBrokenPattern } from '../../lib/trino/broken-pattern';

describe('a pattern that Java refuses', () => {
  test.each(['(', '[a', 'a{2,1}', '*a', ')(', '[z-a]', 'a\\'])('is broken in JavaScript, too: %s', (pattern) => {
    expect(isBrokenPattern(pattern)).toBe(true);
  });

  test.each(['{{nobody}}', 'a{x}', 'a\\y', '[a[b]', '[]', 'a\\E'])('is whole in JavaScript: %s', (pattern) => {
    expect(isBrokenPattern(pattern)).toBe(true);
  });

  test.each(['++(', '(?>a', '\\p{L})', '[a&&[b]', '(\\Q)\\E', 'a(?i)b)'])(
    'is one that only Java reads: %s',
    (pattern) => {
      expect(isBrokenPattern(pattern)).toBe(true);
    },
  );
});

describe('a pattern that Java accepts', () => {
  test.each(['a{2}', 'a{2,}', 'a\\{b', '[{]x', 'a}', 'a\\-b', '\\d+', '(?<n>a)\\k<n>'])(
    'is whole in JavaScript, too: %s',
    (pattern) => {
      expect(isBrokenPattern(pattern)).toBe(false);
    },
  );

  test.each(['a++', '(?>a)', '\\Qa.b(\\E', '\\p{Alpha}', 'a(?i)b', '[a&&b]', '[a[b]]', '[]a]', '^*', 'a*{2}', '{2}'])(
    'is one that only Java reads: %s',
    (pattern) => {
      expect(isBrokenPattern(pattern)).toBe(false);
    },
  );

  test.each(['(?x)a # (', '\\c('])('is left to Java where nobody can tell: %s', (pattern) => {
    expect(isBrokenPattern(pattern)).toBe(false);
  });
});
