import { Fn, Token } from 'cdktf';
import fc from 'fast-check';
import { escapeTerraform, isToken, toHelmValues } from '../../lib/core';

describe('isToken agrees with the engine', () => {
  test.each([
    ['text', Token.asString({ resolve: () => 'x' }), true],
    ['text with a token in it', `jdbc:${Token.asString({ resolve: () => 'x' })}/db`, true],
    ['a number', Token.asNumber({ resolve: () => 1 }), true],
    ['a list', Token.asList({ resolve: () => ['a'] }), true],
    ['a function', Fn.join(',', ['a']), true],
    ['plain text', 'a ${ENV:X}', false],
    ['a plain number', -1.5e300, false],
    ['a plain list', ['a'], false],
  ])('%s', (_name, value, expected) => {
    expect(isToken(value)).toBe(expected);
    expect(Token.isUnresolved(value)).toBe(expected);
  });
});

test('a list with one placeholder is not judged as a whole', () => {
  expect(isToken(['a', Token.asString({ resolve: () => 'x' })])).toBe(true);
});

describe('escapeTerraform', () => {
  /** What Terraform makes of a template without expressions. */
  const asTerraformReads = (text: string): string => text.replace(/([$%])\1\{/g, '$1{');

  test('Terraform reads back exactly the text of the person', () => {
    const pieces = fc.constantFrom('${', '%{', '}', 'ENV:X', '$', '%', '{', '"', '\n', 'a');
    const text = fc.array(pieces).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        text.filter((value) => !/[$%]{2}\{/.test(value)),
        (value) => {
          expect(asTerraformReads(escapeTerraform(value))).toBe(value);
        },
      ),
    );
  });

  test('a placeholder of the engine stays one, beside text that is escaped', () => {
    const token = Token.asString({ resolve: () => 'x' });
    expect(escapeTerraform(`${token} \${ENV:PASSWORD}`)).toBe(`${token} $\${ENV:PASSWORD}`);
  });
});

test('Helm values are JSON with every text escaped and nulls kept', () => {
  const values = toHelmValues({ catalogs: { tpch: null, shop: 'password=${ENV:X}' }, replicas: 2 });
  expect(JSON.parse(values)).toEqual({ catalogs: { tpch: null, shop: 'password=$${ENV:X}' }, replicas: 2 });
});
