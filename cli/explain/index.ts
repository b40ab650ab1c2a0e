import type { Finding, TrinoPlan } from '../../lib/trino';
import { entryLines, heading, type Entry, type Screen } from '../screen';
import { drainTimeline } from './drain-timeline';
import { explanationOf } from './explanation';
import { memoryPicture } from './memory-picture';

export * from './explanation';

/** An environment's plan for people: its memory and its drain as pictures, then the reason for each number. */
export function explainLines(screen: Screen, environment: string, plan: TrinoPlan): readonly string[] {
  const { memory, release, drain } = plan;
  const { reasons, inert, cautions, warnings } = explanationOf(environment, plan);
  return [
    `${screen.colors.bold(environment)}: ${release.toString()}, up to ${memory.maxWorkers} workers`,
    ...memoryPicture(screen, memory.coordinator),
    ...memoryPicture(screen, memory.worker),
    ...drainTimeline(screen, drain),
    ...reasons.flatMap(({ part, reasons: entries }) => section(screen, `why: ${part}`, entries.map(reasonEntry))),
    ...section(
      screen,
      'why: off-heap',
      memory.worker.offHeap.map(({ name, reason }) => entry(name, '', reason)),
    ),
    ...section(
      screen,
      'without effect',
      inert.map(({ property, reason }) => entry(property, '', reason)),
    ),
    ...section(
      screen,
      'may surprise',
      cautions.map(({ path, text }) => entry(path, '', text)),
    ),
    ...section(screen, 'warnings of the property check', warnings.map(warningEntry)),
  ];
}

/** Nothing for a section that has nothing in it. */
function section(screen: Screen, title: string, entries: readonly Entry[]): readonly string[] {
  return entries.length === 0 ? [] : [...heading(screen, title), ...entryLines(screen, entries)];
}

function entry(name: string, value: string, text: string): Entry {
  return { name, value, text };
}

function reasonEntry({ name, value, reason }: TrinoPlan['reasons'][number]['reasons'][number]): Entry {
  return entry(name, value, reason);
}

function warningEntry({ file, path, got, allowed, fix }: Finding): Entry {
  return entry(file, '', `${path === file ? '' : `${path}: `}got ${got}; allowed: ${allowed}; fix: ${fix}`);
}
