/**
 * A whole divided into parts, and those into parts again: boxes below each other, each as wide as its share. Every box
 * is seen, however small its share: what is too narrow for its name shows its shortest one.
 */

/** A part of a chart. What it is divided into makes up all of it. */
export interface ChartPart {
  /** What may stand in its box, the longest first: the first text that fits does, none when none fits. */
  readonly labels: readonly string[];
  /** In any unit, the same in the whole chart. A part of 0 is not drawn. */
  readonly size: number;
  /** @default - it is not divided */
  readonly parts?: readonly ChartPart[];
  /** Paints the inside of its box. @default - as it is */
  readonly paint?: (text: string) => string;
}

/** A part between two walls; the columns are those of the walls. */
interface Box {
  readonly part: ChartPart;
  readonly left: number;
  readonly right: number;
}

/** One character and a wall. */
const SMALLEST = 2;

/** The chart's lines. @param width in characters, the outer walls included */
export function drawChart(whole: ChartPart, width: number): readonly string[] {
  const paths = pathsOf(whole);
  const walls = wallsOf(
    paths.map((path) => path.at(-1)?.size ?? 0),
    width,
  );
  const depth = Math.max(...paths.map(({ length }) => length));
  const rows = Array.from({ length: depth }, (_, row) => boxesOf(paths, walls, row));
  const lines = rows.flatMap((boxes, row) => [
    border(rows[row - 1] ?? [], boxes, width),
    content(boxes, rows[row - 1]),
  ]);
  return [...lines, border(rows.at(-1) ?? [], [], width)];
}

/** For every undivided part the way to it, from the whole on. */
function pathsOf(part: ChartPart): readonly (readonly ChartPart[])[] {
  const parts = (part.parts ?? []).filter(({ size }) => size > 0);
  return parts.length === 0 ? [[part]] : parts.flatMap((child) => pathsOf(child).map((path) => [part, ...path]));
}

/** The columns of all walls, the outer ones included: at each part's share, as far as all parts find room. */
export function wallsOf(sizes: readonly number[], width: number): readonly number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let sum = 0;
  let last = 0;
  const inner = sizes.map((size, index) => {
    sum += size;
    const room = width - 1 - (sizes.length - 1 - index) * SMALLEST;
    last = Math.min(Math.max(Math.round((sum / total) * (width - 1)), last + SMALLEST), room);
    return last;
  });
  return [0, ...inner];
}

/** The boxes of a row. What is not divided that far goes on from the row above. */
function boxesOf(paths: readonly (readonly ChartPart[])[], walls: readonly number[], row: number): readonly Box[] {
  const boxes: Box[] = [];
  paths.forEach((path, index) => {
    const [part, before] = [path[row] ?? path.at(-1), boxes.at(-1)];
    const right = walls[index + 1] ?? 0;
    if (part === undefined) return;
    if (before?.part === part) boxes.splice(-1, 1, { ...before, right });
    else boxes.push({ part, left: walls[index] ?? 0, right });
  });
  return boxes;
}

/** A box that goes on from the row above has its label there. */
function content(boxes: readonly Box[], above: readonly Box[] = []): string {
  const inside = boxes.map(({ part, left, right }) => {
    const { paint = (text: string) => text } = part;
    const labels = above.some((box) => box.part === part) ? [] : part.labels;
    return paint(labelIn(right - left - 1, labels));
  });
  return `│${inside.join('│')}│`;
}

function labelIn(room: number, labels: readonly string[]): string {
  const text = labels.map((it) => (it.length + 2 <= room ? ` ${it}` : it)).find((it) => it.length <= room) ?? '';
  return text.padEnd(room);
}

/** Line characters by where they lead: up 1, down 2, left 4, right 8. */
const LINES = ' ╵╷│╴┘┐┤╶└┌├─┴┬┼';

function border(above: readonly Box[], below: readonly Box[], width: number): string {
  const isLine = (column: number): boolean => {
    const [upper, lower] = [above, below].map((boxes) =>
      boxes.find(({ left, right }) => left < column && column < right),
    );
    return column > 0 && column < width - 1 && (upper === undefined || upper.part !== lower?.part);
  };
  return Array.from({ length: width }, (_, column) => {
    const [up, down] = [above, below].map((boxes) =>
      boxes.some(({ left, right }) => left === column || right === column),
    );
    const isWall = up || down;
    const left = isWall ? isLine(column - 1) : isLine(column);
    const right = isWall ? isLine(column + 1) : isLine(column);
    return LINES[Number(up) + 2 * Number(down) + 4 * Number(left) + 8 * Number(right)] ?? ' ';
  }).join('');
}
