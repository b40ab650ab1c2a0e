import { existsSync, readFileSync } from 'node:fs';

/** A block of the README that quotes a file: `<!-- path#region -->` before a fence, or `<!-- path -->` for all of it. */
const QUOTE = /<!-- (\S+?)(?:#(\S+))? -->\n+```\w*\n([\s\S]*?)```/g;
const README = readFileSync('README.md', 'utf8');
const quotes = [...README.matchAll(QUOTE)].map(([, path = '', region, text = '']) => ({ path, region, text }));

/** The lines between `// region: name` and `// endregion`, without their common indentation. */
function source(path: string, region: string | undefined): string {
  const lines = readFileSync(path, 'utf8').split('\n');
  if (region === undefined) return lines.join('\n');
  const first = lines.findIndex((line) => line.trim() === `// region: ${region}`);
  const rest = lines.slice(first + 1);
  const block = rest.slice(
    0,
    rest.findIndex((line) => line.trim() === '// endregion'),
  );
  const indent = Math.min(...block.filter((line) => line !== '').map((line) => line.search(/\S/)));
  return `${block.map((line) => line.slice(indent)).join('\n')}\n`;
}

test('the README quotes code', () => {
  expect(quotes.length).toBeGreaterThan(1);
});

test.each(quotes)('what the README shows of $path ($region) is what is there', ({ path, region, text }) => {
  expect(text).toBe(source(path, region));
});

test('every block of TypeScript in the README is a quote, so nothing is typed twice', () => {
  const typescript = README.match(/```(ts|typescript)\n/g) ?? [];
  expect(typescript).toHaveLength(quotes.filter(({ path }) => path.endsWith('.ts')).length);
});

test('every file that the README links to is there', () => {
  const links = [...README.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
});

test('every npm script that the README names is there', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...README.matchAll(/npm run ([a-z:-]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
