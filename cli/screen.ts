import Table from 'cli-table3';
import pc from 'picocolors';

/** Where lines are read: a person's terminal, or a pipe, a file and a review, which get plain text. */
export interface Screen {
  readonly isTerminal: boolean;
  /** In characters. */
  readonly width: number;
  /** Does nothing to text for a pipe. */
  readonly colors: ReturnType<typeof pc.createColors>;
}

const PIPE_WIDTH = 80;
/** Longer lines are no easier to read. */
const WIDEST = 140;
const NARROWEST = 60;

/** The screen behind a stream. Colour needs a terminal, and can be switched off there: https://no-color.org */
export function screenOf(
  { isTTY, columns = PIPE_WIDTH }: { readonly isTTY?: boolean; readonly columns?: number },
  { NO_COLOR = '' }: NodeJS.ProcessEnv = process.env,
): Screen {
  if (isTTY !== true) return { isTerminal: false, width: PIPE_WIDTH, colors: pc.createColors(false) };
  const width = Math.min(Math.max(columns, NARROWEST), WIDEST);
  return { isTerminal: true, width, colors: pc.createColors(NO_COLOR === '') };
}

/** A heading, with an empty line before it. */
export function heading({ colors }: Screen, title: string, rest = ''): readonly string[] {
  return ['', `${colors.bold(title)}${rest === '' ? '' : `: ${rest}`}`];
}

/** A name, its value and a sentence about it. */
export interface Entry {
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

/** Entries as a table on a terminal, else each with its sentence below it. */
export function entryLines(screen: Screen, entries: readonly Entry[]): readonly string[] {
  if (entries.length === 0) return [];
  return screen.isTerminal ? tableLines(screen, entries) : entries.flatMap((entry) => listLines(screen, entry));
}

function listLines({ width }: Screen, { name, value, text }: Entry): readonly string[] {
  return [`  ${name}  ${value}`.trimEnd(), ...wrap(text, width - 6).map((line) => `      ${line}`)];
}

/** Shares of the width: wider columns would leave the sentence no room. */
const NAME_SHARE = 0.4;
const VALUE_SHARE = 0.28;
const PADDING = 2;

function tableLines({ width, colors }: Screen, entries: readonly Entry[]): readonly string[] {
  const name = columnOf(
    entries.map((entry) => entry.name),
    width * NAME_SHARE,
  );
  const value = columnOf(
    entries.map((entry) => entry.value),
    width * VALUE_SHARE,
  );
  const columns = value === 0 ? [name, width - name - 3] : [name, value, width - name - value - 4];
  const table = new Table({
    colWidths: columns,
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    style: { head: [], border: [] },
  });
  entries.forEach((entry) => {
    const cells = value === 0 ? [entry.name, entry.text] : [entry.name, entry.value, entry.text];
    const lines = cells.map((cell, index) => wrap(cell, (columns[index] ?? width) - PADDING));
    table.push(lines.map((parts, index) => (index === 0 ? parts.map(colors.cyan) : parts).join('\n')));
  });
  return table.toString().split('\n');
}

/** The width of a column, 0 when nothing stands in it. */
function columnOf(texts: readonly string[], widest: number): number {
  const longest = Math.max(...texts.map(({ length }) => length));
  return longest === 0 ? 0 : Math.min(longest + PADDING, Math.floor(widest));
}

/** Text in lines of a width: broken between words, and inside a word that is longer than a line. */
export function wrap(text: string, width: number): readonly string[] {
  const words = text.split(' ').flatMap((word) => piecesOf(word, width));
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function piecesOf(word: string, width: number): readonly string[] {
  const count = Math.max(Math.ceil(word.length / width), 1);
  return Array.from({ length: count }, (_, index) => word.slice(index * width, (index + 1) * width));
}

/** Placeholders of the engine, whose values Terraform fills in. */
const TOKEN = /[$#]\{TfToken\[[^\]]*\]\}/g;

/** Text in which every placeholder of the engine is said to be one: their numbers mean nothing outside of a run. */
export function hideTokens(text: string): string {
  return text.replace(TOKEN, '<known when deployed>');
}
