import type { Duration } from '../../lib/core';
import type { DrainPlan, DrainStep } from '../../lib/trino';
import { drawChart, wallsOf, type ChartPart } from '../chart';
import { entryLines, heading, type Entry, type Screen } from '../screen';

/** In front of the scale, for who waits. */
const MARGIN = 20;
/** Behind the scale, for how long. */
const TIME = 10;
/** The drain's part of the scale where something waits longer than it. */
const PART_OF_SCALE = 0.75;

/** A drain on paper. Columns are counted from the start of the scale. */
interface Scale {
  readonly steps: readonly DrainStep[];
  readonly end: Duration;
  /** Columns of the drain. */
  readonly width: number;
  /** Columns of all of it. */
  readonly room: number;
}

/** How a worker leaves, step after step, and below it, on the same scale, how long everything around it waits. */
export function drainTimeline(screen: Screen, plan: DrainPlan): readonly string[] {
  const scale = scaleOf(screen, plan);
  const { width, end } = scale;
  return [
    ...heading(screen, 'drain', `a leaving worker takes up to ${end.toString()}`),
    ...drawChart(stepsPart(screen, scale), width).map((line) => ' '.repeat(MARGIN) + line),
    ...waitsOf(plan).map((wait) => waitLine(screen, scale, wait)),
    ...entryLines(screen, [...stepEntries(scale), ...waitsOf(plan).map((wait) => waitEntry(scale, wait))]),
  ];
}

/** Who ends the drain after how long. */
interface Wait {
  readonly name: string;
  readonly at: Duration;
  readonly reason: string;
}

function waitsOf({ terminationGracePeriod: at, limits }: DrainPlan): readonly Wait[] {
  return [
    { name: 'pod termination', at, reason: 'terminationGracePeriodSeconds, after which the pod is killed' },
    ...limits,
  ];
}

function scaleOf(screen: Screen, plan: DrainPlan): Scale {
  const steps = plan.timeline.filter(({ length }) => length.toMillis() > 0);
  const end = steps.reduce((sum, { length }) => sum.plus(length), plan.gracePeriod.times(0));
  const room = screen.width - MARGIN - TIME;
  const isLonger = waitsOf(plan).some(({ at }) => at.isGreaterThan(end));
  return { steps, end, room, width: isLonger ? Math.floor(room * PART_OF_SCALE) : room };
}

const KEYS = 'abcdefgh';

function stepsPart({ colors }: Screen, { steps, end }: Scale): ChartPart {
  return {
    labels: [`drain ${end.toString()}`],
    size: end.toMillis(),
    parts: steps.map(({ name, length }, index) => ({
      labels: [`${KEYS.charAt(index)} ${name} ${length.toString()}`, KEYS.charAt(index)],
      size: length.toMillis(),
      paint: (text: string) => (name === 'tasks' ? colors.bgGreen : colors.bgYellow)(colors.black(text)),
    })),
  };
}

function waitLine({ colors }: Screen, scale: Scale, { name, at }: Wait): string {
  const isCut = at.isLessThan(scale.end);
  const column = columnOf(scale, at);
  const isBeyond = column >= scale.room;
  const line = `${'─'.repeat(Math.min(column, scale.room - 1))}${isBeyond ? '▶' : isCut ? '╳' : '┤'}`;
  const paint = isCut ? colors.red : colors.green;
  return `${name.padEnd(MARGIN)}${paint(line.padEnd(scale.room))} ${at.toString()}`;
}

/** Steps are drawn wider than they are where they could not be seen: within each one the scale is even. */
function columnOf({ steps, end, width }: Scale, at: Duration): number {
  const walls = wallsOf(
    steps.map(({ length }) => length.toMillis()),
    width,
  );
  const index = steps.findIndex((step) => isWithin(step, at));
  const [step, left = 0, right = 0] = [steps[index], walls[index], walls[index + 1]];
  if (step === undefined) return Math.round(at.dividedBy(end) * (width - 1));
  return left + Math.floor(at.minus(step.start).dividedBy(step.length) * (right - left));
}

function isWithin({ start, length }: DrainStep, at: Duration): boolean {
  return !at.isLessThan(start) && at.isLessThan(start.plus(length));
}

function stepEntries({ steps }: Scale): readonly Entry[] {
  return steps.map(({ name, length, reason }, index) => {
    return { name: `${KEYS.charAt(index)} ${name}`, value: length.toString(), text: reason };
  });
}

function waitEntry({ steps }: Scale, { name, at, reason }: Wait): Entry {
  const cut = steps.find((step) => isWithin(step, at));
  const verdict = cut === undefined ? 'the whole drain fits' : `it cuts a full drain off in '${cut.name}'`;
  return { name, value: at.toString(), text: `${reason}: ${verdict}` };
}
