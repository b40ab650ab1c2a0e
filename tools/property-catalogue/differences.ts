import type { ComponentData, ReleaseData } from './data-file';

/** What differs between two states of the data, one line per component: names that came and went, facts that changed. */
export function differences(before: ReleaseData, after: ReleaseData): readonly string[] {
  const names = [...new Set([...Object.keys(before.components), ...Object.keys(after.components)])].sort();
  return names.flatMap((name) => {
    const [old, now] = [namesIn(before.components[name]), namesIn(after.components[name])];
    const came = Object.keys(now).filter((property) => !(property in old));
    const went = Object.keys(old).filter((property) => !(property in now));
    const changed = Object.keys(now).filter(
      (property) => property in old && text(old[property]) !== text(now[property]),
    );
    const parts = [list('new', came), list('gone', went), list('changed', changed)].filter((part) => part !== '');
    return [`${name}: ${Object.keys(now).length} properties${parts.map((part) => `; ${part}`).join('')}`];
  });
}

/** Of the file and of a session: these have underscores, so no name stands twice. */
function namesIn({ properties, session }: ComponentData = NOTHING): ComponentData['properties'] {
  return { ...properties, ...session };
}

const NOTHING: ComponentData = { file: '', properties: {} };

function list(what: string, names: readonly string[]): string {
  return names.length === 0
    ? ''
    : `${names.length} ${what} (${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''})`;
}

function text(facts: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
