import { causeOf, describe as inWords } from '../../../tools/fuzz/counter-example';

test('the same words about other numbers and places are one cause; other properties are another', () => {
  const cause = (word: string) => causeOf('server', [word]);
  expect(cause("limit 5GB is above 4GB in '/tmp/a1/x'")).toBe(cause("limit 7MB is above 16GB in '/tmp/b2/x'"));
  expect(cause("Configuration property 'a.b' was not used")).not.toBe(
    cause("Configuration property 'a.c' was not used"),
  );
  expect(causeOf('server', ['x'])).not.toBe(causeOf('connector:hive', ['x']));
});

test("a person sees the definition, the file, and Trino's own words", () => {
  const text = inWords({
    kind: 'definition',
    release: '476',
    definition: { name: 'trino' },
    file: 'worker: config.properties',
    text: 'coordinator=false\n',
    words: ['was not used'],
  });
  expect(text).toContain('"name": "trino"');
  expect(text).toContain('worker: config.properties\n  | coordinator=false');
  expect(text).toContain('Trino 476: was not used');
});
