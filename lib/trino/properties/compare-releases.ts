import type { Violation } from '../../core';
import type { TrinoRelease } from '../release';
import { componentOf, type PropertyFacts } from './catalogue';
import { checkProperties, type PropertiesFile } from './check';
import type { Finding } from './finding';
import { magnitudeOf } from './values';

/**
 * What an upgrade does to one property of a file:
 * - `refused`: the new release does not start with it
 * - `renamed`: it still works, under an old name
 * - `default`: it is not written, and what it means by default is another value
 * - `unjudged`: the library has no data of the new release for the file
 */
export interface ReleaseChange extends Violation {
  readonly effect: 'refused' | 'renamed' | 'default' | 'unjudged';
  readonly property: string;
  readonly file: string;
}

/** What another release would refuse or read otherwise in these files, and what to write instead. */
export function compareReleases(
  from: TrinoRelease,
  to: TrinoRelease,
  files: readonly PropertiesFile[],
): readonly ReleaseChange[] {
  return files.flatMap((file) => [...newFindings(from, to, file), ...changedDefaults(from, to, file)]);
}

function newFindings(from: TrinoRelease, to: TrinoRelease, file: PropertiesFile): readonly ReleaseChange[] {
  const before = new Set(checkProperties(from, file).map(identity));
  return checkProperties(to, file)
    .filter((finding) => !before.has(identity(finding)))
    .map((finding) => ({ ...finding, effect: effectOf(finding) }));
}

function identity({ severity, kind, property }: Finding): string {
  return [severity, kind, property].join(' ');
}

function effectOf({ severity, kind }: Finding): ReleaseChange['effect'] {
  if (severity === 'error') return 'refused';
  return kind === 'unjudged' ? 'unjudged' : 'renamed';
}

function changedDefaults(from: TrinoRelease, to: TrinoRelease, file: PropertiesFile): readonly ReleaseChange[] {
  const older = componentOf(from, file.component);
  const newer = componentOf(to, file.component);
  if (older === undefined || newer === undefined) return [];
  return [...newer.properties].flatMap(([property, facts]) => {
    const names = [property, ...(facts.legacy ?? [])];
    const former = names.map((name) => older.properties.get(name)).find((found) => found !== undefined);
    if (former === undefined || names.some((name) => name in file.entries) || !isDefaultChanged(former, facts))
      return [];
    if (!isAccepted(from, file, property, former) || !isAccepted(to, file, property, facts)) return [];
    return [changedDefault(from, to, file.file ?? newer.file, property, former, facts)];
  });
}

/** Whether the property could be written into the file at all: a default that nobody reads has not changed. */
function isAccepted(release: TrinoRelease, file: PropertiesFile, property: string, facts: PropertyFacts): boolean {
  const entries = { ...file.entries, [property]: String(facts.default ?? '') };
  return !checkProperties(release, { ...file, entries }).some(
    (finding) => finding.property === property && NOT_ACCEPTED.includes(finding.kind),
  );
}

const NOT_ACCEPTED = ['unknown', 'defunct', 'wrong-file', 'wrong-role', 'condition'];

function isDefaultChanged(before: PropertyFacts, after: PropertyFacts): boolean {
  if (before.defaultVaries === true || after.defaultVaries === true) return false;
  return before.secret !== true && comparable(before) !== comparable(after);
}

/** `60s` and `1m` are the same. */
function comparable({ type, default: value }: PropertyFacts): string {
  const magnitude = type === 'duration' || type === 'data-size' ? magnitudeOf(type, String(value)) : undefined;
  return String(magnitude ?? value);
}

function changedDefault(
  from: TrinoRelease,
  to: TrinoRelease,
  file: string,
  property: string,
  before: PropertyFacts,
  after: PropertyFacts,
): ReleaseChange {
  const old = before.default === undefined ? 'nothing' : String(before.default);
  return {
    effect: 'default',
    property,
    file,
    path: property,
    got: `${old}, the default of ${from.toString()}`,
    allowed: `${after.default === undefined ? 'nothing' : String(after.default)}, the default of ${to.toString()}`,
    fix:
      before.default === undefined ? 'set it if the new default does not suit' : `write ${property}=${old} to keep it`,
  };
}
