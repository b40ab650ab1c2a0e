import { checkProperties, componentOf, errorsOf, type Finding } from '../../lib/trino/properties';
import { TrinoRelease } from '../../lib/trino/release';
import { startingPoints } from '../property-catalogue/starting-points';
import { judge } from './judge';
import { type Mutation, mutations } from './mutations';

/** A mutation about which the library and the release's own classes do not agree. */
export interface Disagreement extends Mutation {
  /** What the server says; empty when it accepts. */
  readonly server: readonly string[];
  /** What the library says. */
  readonly library: readonly Finding[];
}

export interface SweepResult {
  /** Mutations of configurations that the server accepts. */
  readonly judged: number;
  /** Of these, what the server refuses. */
  readonly refused: number;
  /** Refused by the server, and no word from the library. */
  readonly missed: readonly Disagreement[];
  /** Refused by the server, and only a warning from the library. */
  readonly warned: readonly Disagreement[];
  /** Accepted by the server, and an error from the library. */
  readonly falseAlarms: readonly Disagreement[];
}

/** What a server finds wrong only when it builds its objects, which the sweep does not let it do. */
function isBeyondConfiguration({ property }: Finding): boolean {
  return LATER.includes(property);
}

const LATER = [
  'fs.cache.enabled',
  'query.max-total-memory',
  'http-server.authentication.type',
  'web-ui.authentication.type',
  'mysql-event-listener.db.url',
];

/**
 * Asks a real server's classes and the library the same questions.
 * @param home an unpacked server of the release
 */
export async function sweep(version: string, home: string, count: number, seed: number): Promise<SweepResult> {
  const release = TrinoRelease.of(version);
  const asked = mutations(release, startingPoints(), count, seed);
  const answers = await judge(version, home, [
    ...asked.map(({ component, before }) => ({ component, properties: before })),
    ...asked.map(({ component, after }) => ({ component, properties: after })),
  ]);
  const judged = asked.flatMap((mutation, index) => {
    const server = answers[count + index];
    if (answers[index]?.length !== 0 || server === undefined) return [];
    return [{ ...mutation, server, library: findingsOf(release, mutation) }];
  });
  const refused = judged.filter(({ server }) => server.length > 0);
  const accepted = judged.filter(({ server }) => server.length === 0);
  return {
    judged: judged.length,
    refused: refused.length,
    missed: refused.filter(({ library }) => library.length === 0),
    warned: refused.filter(({ library }) => library.length > 0 && errorsOf(library).length === 0),
    falseAlarms: accepted.filter(({ library }) => errorsOf(library).some((error) => !isBeyondConfiguration(error))),
  };
}

function findingsOf(release: TrinoRelease, { component, after }: Mutation): readonly Finding[] {
  // That a secret is no plain text is our rule, not the server's.
  const selector = componentOf(release, component)?.select;
  const entries = selector === undefined ? after : { ...after, [selector[0]]: selector[1] };
  return checkProperties(release, { component, entries }).filter(({ kind }) => kind !== 'literal-secret');
}
