import fc from 'fast-check';
import { entryLines, hideTokens, screenOf, wrap } from '../../cli/screen';
import { withoutColors } from './plans';

const ENTRY = { name: 'query.max-memory', value: '142.1 GiB', text: 'six workers: no query can get more' };

test('a pipe gets 80 columns of plain text, an entry with its sentence below', () => {
  const screen = screenOf({ columns: 200 });
  expect(screen).toMatchObject({ isTerminal: false, width: 80 });
  expect(entryLines(screen, [ENTRY])).toEqual([
    '  query.max-memory  142.1 GiB',
    '      six workers: no query can get more',
  ]);
});

test('a terminal gets colours and a table of its width, within what is easy to read', () => {
  const screen = screenOf({ isTTY: true, columns: 100 }, {});
  const lines = entryLines(screen, [ENTRY]);
  expect(lines.join('')).toContain('\u001b[');
  expect(lines.map((line) => withoutColors(line).length)).toEqual(lines.map(() => 100));
  expect(screenOf({ isTTY: true, columns: 500 }).width).toBe(140);
  expect(screenOf({ isTTY: true, columns: 20 }).width).toBe(60);
});

test('a terminal whose user wants no colours gets the table without them', () => {
  const lines = entryLines(screenOf({ isTTY: true, columns: 100 }, { NO_COLOR: '1' }), [ENTRY]);
  expect(lines.join('')).toContain('│ query.max-memory │');
  expect(lines.join('')).not.toContain('\u001b[');
});

test('a table has no column in which nothing stands', () => {
  const [, row = ''] = entryLines(screenOf({ isTTY: true, columns: 100 }), [{ ...ENTRY, value: '' }]);
  expect(row.split('│')).toHaveLength(4);
});

test('a broken text keeps its words, and no line is longer than asked for', () => {
  const words = fc.array(fc.stringMatching(/^[a-z.=]{1,40}$/), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 60 }), (parts, width) => {
      const lines = wrap(parts.join(' '), width);
      expect(lines.filter(({ length }) => length > width)).toEqual([]);
      expect(lines.join('').replaceAll(' ', '')).toBe(parts.join(''));
    }),
  );
});

test('placeholders of the engine are said to be unknown; those of Trino and other text stay', () => {
  expect(hideTokens('jdbc:mysql://${TfToken[TOKEN.12]}:3306')).toBe('jdbc:mysql://<known when deployed>:3306');
  expect(hideTokens('#{TfToken[TOKEN.3]}')).toBe('<known when deployed>');
  expect(hideTokens('${ENV:PASSWORD}')).toBe('${ENV:PASSWORD}');
});
