/** Who uses the library reads an editor's tooltips: whatever can be imported says there what it is for. */
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { ENTRIES } from '../support/entries';
import { ROOT } from '../support/fresh-process';

const entries = ENTRIES.map(([, file]) => file);

interface Exported {
  readonly name: string;
  readonly documented: boolean;
}

/** Reads sources of this repository only: nothing of the providers' many types is ours. */
function exportsOf(files: readonly string[], texts: Readonly<Record<string, string>> = {}): readonly Exported[] {
  const options: ts.CompilerOptions = { noLib: true, types: [], module: ts.ModuleKind.Node16 };
  const disk = ts.createCompilerHost(options);
  const fileExists = (file: string): boolean => file in texts || disk.fileExists(file);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists,
    getSourceFile: (file, version) => {
      const text = texts[file];
      return text === undefined ? disk.getSourceFile(file, version) : ts.createSourceFile(file, text, version);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: ownModule(fileExists, from, text) })),
  };
  const program = ts.createProgram([...files], options, host);
  const checker = program.getTypeChecker();
  const symbols = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} exports nothing`);
    return checker.getExportsOfModule(module);
  });
  const own = symbols.map((symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  );
  return [...new Set(own)].flatMap(exported);
}

function ownModule(exists: (file: string) => boolean, from: string, name: string): ts.ResolvedModuleFull | undefined {
  if (!name.startsWith('.')) return undefined;
  const base = resolve(dirname(from), name);
  const file = [`${base}.ts`, join(base, 'index.ts')].find(exists);
  return file === undefined ? undefined : { resolvedFileName: file, extension: ts.Extension.Ts };
}

/** A type and a constant of one name are one symbol; a comment on either tells what it is for. */
function exported(symbol: ts.Symbol): readonly Exported[] {
  const [first] = symbol.declarations ?? [];
  if (symbol.declarations === undefined || first === undefined) return [];
  const file = relative(ROOT, first.getSourceFile().fileName);
  return [{ name: `${file}: ${symbol.name}`, documented: symbol.declarations.some(hasComment) }];
}

/** A comment on the file is not one on what comes first in it: a blank line is between them. */
function hasComment(declaration: ts.Declaration): boolean {
  const text = declaration.getSourceFile().text;
  return ts
    .getJSDocCommentsAndTags(declaration)
    .some((comment) => ts.isJSDoc(comment) && !/\n\s*\n/.test(text.slice(comment.end, comment.parent.getStart())));
}

const undocumented = (all: readonly Exported[]): string[] =>
  all
    .filter(({ documented }) => !documented)
    .map(({ name }) => name)
    .sort();

test('whatever the package exports has a comment', () => {
  const all = exportsOf(entries);
  expect(all.length).toBeGreaterThan(500);
  expect(undocumented(all)).toEqual([]);
});

test('fails when a symbol behind an index has none', () => {
  const index = join(ROOT, 'virtual/index.ts');
  const texts = {
    [index]: "export * from './part';",
    [join(ROOT, 'virtual/part.ts')]: [
      '/** The file. */',
      '',
      'export const FIRST = 1;',
      '/** Said. */',
      'export interface Told {}',
      'export type Bare = Told;',
    ].join('\n'),
  };
  expect(undocumented(exportsOf([index], texts))).toEqual(['virtual/part.ts: Bare', 'virtual/part.ts: FIRST']);
});
