import { entryLines, heading, type Entry, type Screen } from '../screen';
import type { UpgradeChange, UpgradeReport } from './report';

export * from './report';

const TITLES: Readonly<Record<UpgradeChange['effect'], string>> = {
  refused: 'refused: the new release does not start with these lines',
  fails: 'fails: the new release starts with these, and queries that get them fail',
  renamed: 'old names that still work',
  default: 'other defaults: nothing is written, and it means something else',
  unjudged: 'not judged by data of the new release',
};

/** An upgrade for people: what must change first, what may, and what nobody has looked at. */
export function upgradeLines(screen: Screen, report: UpgradeReport): readonly string[] {
  const { environment, from, to, changes } = report;
  const { bold } = screen.colors;
  return [
    `${bold(environment)}: Trino ${from} → ${to}: ${verdict(screen, report)}`,
    ...Object.entries(TITLES).flatMap(([effect, title]) =>
      sectionLines(
        screen,
        title,
        changes.filter((change) => change.effect === effect),
      ),
    ),
    ...(changes.length === 0 ? [] : ['', ...NOTE]),
  ];
}

const NOTE = [
  'Lines that the library writes itself follow the release of the definition;',
  'the others (extraProperties, properties of your own catalogs) are for you to change.',
];

function verdict({ colors }: Screen, { possible, changes }: UpgradeReport): string {
  if (changes.length === 0) return colors.green('nothing changes for these files');
  const counts = Object.keys(TITLES).map(
    (effect) => [effect, changes.filter((it) => it.effect === effect).length] as const,
  );
  const text = counts.filter(([, count]) => count > 0).map(([effect, count]) => `${count} ${effect}`);
  return (possible ? colors.yellow : colors.red)(text.join(', '));
}

function sectionLines(screen: Screen, title: string, changes: readonly UpgradeChange[]): readonly string[] {
  if (changes.length === 0) return [];
  return [...heading(screen, title), ...entryLines(screen, changes.map(entryOf))];
}

function entryOf(change: UpgradeChange): Entry {
  const { property, file, nodes } = change;
  const where = nodes === 'all' ? file : `${file} (${nodes})`;
  return property === ''
    ? { name: where, value: '', text: textOf(change) }
    : { name: property, value: where, text: textOf(change) };
}

function textOf({ effect, got, allowed, fix }: UpgradeChange): string {
  if (effect === 'default') return `${got} → ${allowed}; ${fix}`;
  return effect === 'renamed' ? `allowed: ${allowed}; fix: ${fix}` : `got ${got}; allowed: ${allowed}; fix: ${fix}`;
}
