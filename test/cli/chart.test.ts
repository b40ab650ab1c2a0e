import fc from 'fast-check';
import { drawChart, wallsOf } from '../../cli/chart';

const leaf = (size: number, ...labels: string[]) => ({ size, labels });

test('parts of parts stand below each other, each at its share of the width', () => {
  const heap = { ...leaf(6, 'heap'), parts: [leaf(2, 'headroom', 'room'), leaf(4, 'pool')] };
  const pod = { ...leaf(8, 'pod'), parts: [heap, leaf(2, 'rest')] };
  expect(drawChart(pod, 25)).toEqual([
    '┌───────────────────────┐',
    '│ pod                   │',
    '├─────────────────┬─────┤',
    '│ heap            │rest │',
    '├─────┬───────────┤     │',
    '│room │ pool      │     │',
    '└─────┴───────────┴─────┘',
  ]);
});

test('a part that is too small for its name is still seen, with the shortest one; a part of nothing is not', () => {
  const whole = { ...leaf(1000, 'node'), parts: [leaf(999, 'pod'), leaf(1, 'wasted', 'w'), leaf(0, 'nothing')] };
  expect(drawChart(whole, 12)[3]).toBe('│ pod    │w│');
});

test('whatever the sizes, every line has the width, and no wall stands on another', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 30, max: 140 }), (parts, width) => {
      const whole = { labels: ['whole'], size: 1, parts: parts.map((size) => leaf(size, 'a long name', 'x')) };
      expect(drawChart(whole, width).filter(({ length }) => length !== width)).toEqual([]);
      const walls = wallsOf(parts, width);
      expect(walls.slice(1).every((wall, index) => wall >= (walls[index] ?? 0) + 2)).toBe(true);
      expect(walls.at(-1)).toBe(width - 1);
    }),
  );
});

test('what a part is painted with never changes where it stands', () => {
  const painted = { ...leaf(2, 'a'), paint: (text: string) => `<${text}>` };
  const whole = { ...leaf(4, 'whole'), parts: [painted, leaf(2, 'b')] };
  expect(drawChart(whole, 13)[3]).toBe('│< a   >│ b   │');
});
