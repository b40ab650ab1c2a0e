import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseProperties, renderJson, renderProperties, resolvesEnvironment } from '../../lib/trino/properties-file';

const read = (text: string): Record<string, string> =>
  Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value]));

describe('parseProperties', () => {
  it.each([
    ['a=b', { a: 'b' }],
    ['a:b', { a: 'b' }],
    ['a b', { a: 'b' }],
    ['a = b ', { a: 'b ' }],
    ['a', { a: '' }],
    ['=b', { '': 'b' }],
    ['a==b', { a: '=b' }],
    ['a = : b', { a: ': b' }],
    ['# a=b\n! c=d\n\n  \t\n', {}],
    ['a=b # no comment', { a: 'b # no comment' }],
    ['a=b\\\n   c', { a: 'bc' }],
    ['a=b\\\\\nc=d', { a: 'b\\', c: 'd' }],
    ['a=b\\\n#c', { a: 'b#c' }],
    ['a=b\\\n\nc=d', { a: 'b', c: 'd' }],
    ['a=b\\', { a: 'b' }],
    ['a\\ b\\=c=d', { 'a b=c': 'd' }],
    ['a=\\t\\n\\u00e9\\x', { a: '\t\n\u00e9x' }],
    ['a=b\r\nc=d\re=f', { a: 'b', c: 'd', e: 'f' }],
  ])('reads %j as Java does', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('lists a name that is set twice twice, with the lines', () => {
    expect(parseProperties('a=1\n\nb=\\\n2\na=3')).toEqual([
      { name: 'a', value: '1', line: 1 },
      { name: 'b', value: '2', line: 3 },
      { name: 'a', value: '3', line: 5 },
    ]);
  });

  it('fails when a unicode escape is malformed, and names the line', () => {
    expect(() => parseProperties('a=1\nb=\\u12g4')).toThrow("line 2: '\\u' needs four hexadecimal digits");
  });
});

describe('renderProperties', () => {
  it('writes what needs no escape as it is', () => {
    expect(renderProperties({ 'connection-url': 'jdbc:mysql://db:3306?sslMode=REQUIRED', password: '${ENV:X}' })).toBe(
      'connection-url=jdbc:mysql://db:3306?sslMode=REQUIRED\npassword=${ENV:X}\n',
    );
  });

  it('is read back as it was, whatever the names and values', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' })),
        (entries) => {
          expect(read(renderProperties(entries))).toEqual({ ...entries });
        },
      ),
    );
  });

  it('is ASCII in one line per entry, so that no encoding and no line end changes it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ unit: 'binary' }), (name, value) => {
        expect(renderProperties({ [name]: value })).toMatch(/^[ -~]+\n$/);
      }),
    );
  });
});

describe('renderJson', () => {
  it('keeps the order of the members and ends with a newline', () => {
    expect(renderJson({ b: [1], a: { c: null } })).toBe('{\n  "b": [\n    1\n  ],\n  "a": {\n    "c": null\n  }\n}\n');
  });
});

describe('resolvesEnvironment', () => {
  const PROPERTIES = ['config', 'catalog/shop', 'event-listener', 'exchange-manager', 'password-authenticator-ldap'];
  it.each(PROPERTIES.map((name) => `${name}.properties`))('is true for %s', (file) => {
    expect(resolvesEnvironment(file)).toBe(true);
  });

  it.each(['jvm.config', 'rules.json', 'log.properties', 'kafka-client.properties', 'catalog/shop.json'])(
    'is false for %s, which Trino reads as it is',
    (file) => {
      expect(resolvesEnvironment(file)).toBe(false);
    },
  );
});

const java = spawnSync('java', ['-version']).error === undefined;
if (!java) console.error('skipped: comparison with java.util.Properties, no java on the PATH');

(java ? describe : describe.skip)("the JDK's own java.util.Properties", () => {
  const SNIPPETS = [
    'a',
    'b.c',
    '\\',
    '\\\\',
    ' ',
    '\t',
    '\f',
    '=',
    ':',
    '#',
    '!',
    '\n',
    '\r',
    '\r\n',
    'é',
    '\\u00e9',
    '\\u',
    '\\n',
    '${ENV:X}',
  ];
  const texts = fc.sample(fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 14 }), { numRuns: 3000, seed: 1 });
  const dictionaries = fc.sample(
    fc.dictionary(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' })),
    {
      numRuns: 500,
      seed: 1,
    },
  );
  const inputs = [...texts.map((parts) => parts.join('')), ...dictionaries.map((entries) => renderProperties(entries))];

  it('reads random and rendered texts as we do', () => {
    const { stdout } = spawnSync('java', [join(__dirname, 'fixtures', 'ReadProperties.java')], {
      input: inputs.map((text) => `${encode(text)}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    expect(stdout.split('\n').slice(0, -1)).toEqual(inputs.map(answer));
  });

  /** What the Java program would print for our reading. */
  function answer(text: string): string {
    try {
      const entries = Object.entries(Object.fromEntries(parseProperties(text).map(({ name, value }) => [name, value])));
      return entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `${encode(name)}:${encode(value)}`)
        .join(' ');
    } catch {
      return 'refused';
    }
  }

  function encode(text: string): string {
    return Buffer.from(text).toString('base64');
  }
});
