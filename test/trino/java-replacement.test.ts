import { missingGroup, replaceAll, replaceWhole } from '../../lib/trino/java-replacement';

const ELEVEN = '(.)'.repeat(11);

describe('replacements as Java reads them', () => {
  test.each([
    ['(a)(b)', '$2$1', 'ab', 'ba'],
    ['(a)(b)', '$12', 'ab', 'a2'],
    ['(a)(b)', '[$0]', 'ab', '[ab]'],
    [ELEVEN, '$11', 'abcdefghijk', 'k'],
    [ELEVEN, '$111', 'abcdefghijk', 'k1'],
    ['(?<n>a)b', '${n}x', 'ab', 'ax'],
    ['(a)|(b)', '<$2>', 'a', '<>'],
    ['(a)', '\\$1\\\\\\x', 'a', '$1\\x'],
    ['(a)', "$1&`'", 'a', "a&`'"],
  ])('%s by %s in %s is %s', (pattern, replacement, text, result) => {
    expect(replaceWhole(pattern, text, replacement)).toBe(result);
  });

  test('replace every match, also an empty one', () => {
    expect(replaceAll('(.*)', 'alice', '<$1>')).toBe('<alice><>');
    expect(replaceAll('(.+)', 'alice', '<$1>')).toBe('<alice>');
    expect(replaceAll('(?i)A', 'banana', '$0$0')).toBe('baanaanaa');
  });

  test.each([
    ['(a)', '$2', '$2'],
    ['(a)', '$1$', '$'],
    ['(a)', '$x', '$'],
    ['(a)', '${n}', '${n}'],
    ['(a)', '${1}', '$'],
    ['(a)', 'a\\', '\\'],
    ['(?<n>a)', '${n}$1$0\\$9', undefined],
    ['(a++)', '$2', undefined],
  ])('of %s, %s has no group for %s', (pattern, replacement, missing) => {
    expect(missingGroup(pattern, replacement)).toBe(missing);
  });

  test('fails when a group is missing or only Java can evaluate the pattern', () => {
    expect(() => replaceWhole('(a)', 'a', '$2')).toThrow("'$2': '(a)' has no such group");
    expect(() => replaceAll('(a++)', 'a', '$1')).toThrow("'(a++)' can be evaluated by Java only");
  });
});
