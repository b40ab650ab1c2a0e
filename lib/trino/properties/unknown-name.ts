import { nearestName } from '../../core';
import { TrinoRelease } from '../release';
import { type Component, componentNames, componentOf } from './catalogue';
import type { FindingKind } from './finding';
import { successorOf } from './successors';

/** Why a name is not accepted, and what to write instead. */
export interface NameProblem {
  readonly kind: FindingKind;
  readonly allowed: string;
  readonly fix: string;
}

/** What is wrong with a name that the component does not accept. */
export function problemOfName(component: Component, release: TrinoRelease, name: string): NameProblem {
  return (
    removed(component, release, name) ??
    notYet(component, release, name) ??
    misplaced(release, name) ??
    misspelled(component, name)
  );
}

/** A name that is refused as defunct, or that an older release accepted. */
function removed(component: Component, release: TrinoRelease, name: string): NameProblem | undefined {
  const last = lastAccepting(component, release, name);
  if (last === undefined && !component.defunct.has(name)) return undefined;
  const successor = successorOf(component, release, last, name);
  return {
    kind: 'defunct',
    allowed: `nothing: ${release.toString()} has no such property${last === undefined ? '' : `; ${last.toString()} was the last known to accept it`}`,
    fix: successor === undefined ? 'remove it' : `write ${successor} instead`,
  };
}

/** The newest older release in which the component accepted the name. */
function lastAccepting(component: Component, release: TrinoRelease, name: string): TrinoRelease | undefined {
  return TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version))
    .filter(({ version }) => (!release.isAtLeast(version) ? false : version !== release.version))
    .reverse()
    .find((older) => accepts(componentOf(older, component.name), name));
}

/** A name that a newer release introduced. */
function notYet(component: Component, release: TrinoRelease, name: string): NameProblem | undefined {
  const first = TrinoRelease.KNOWN.map((version) => TrinoRelease.of(version)).find(
    (newer) => !release.isAtLeast(newer.version) && accepts(componentOf(newer, component.name), name),
  );
  if (first === undefined) return undefined;
  const older = componentOf(first, component.name)
    ?.properties.get(name)
    ?.legacy?.find((old) => accepts(component, old));
  return {
    kind: 'unknown',
    allowed: `a property of ${release.toString()}; this one came with ${first.toString()} or shortly before`,
    fix: older === undefined ? `remove it, or upgrade to ${first.toString()}` : `write ${older} until you upgrade`,
  };
}

/** A name that belongs into another file. */
function misplaced(release: TrinoRelease, name: string): NameProblem | undefined {
  const homes = componentNames(release)
    .map((other) => componentOf(release, other))
    .filter((other) => other !== undefined)
    .filter((other) => accepts(other, name));
  const first = homes[0];
  if (first === undefined) return undefined;
  const choices = homes.map(({ select }) => select?.join('=')).filter((choice) => choice !== undefined);
  const where = choices.length === 0 ? first.file : `${first.file} with ${choices.slice(0, 4).join(' or ')}`;
  return { kind: 'wrong-file', allowed: `only in ${where}`, fix: `move it to ${where}` };
}

function misspelled(component: Component, name: string): NameProblem {
  const near = nearestName(name, [...component.properties.keys()]);
  const what = component.select === undefined ? 'of the server' : `for ${component.select.join('=')}`;
  return {
    kind: 'unknown',
    allowed: `a property ${what} in ${component.release.toString()}`,
    fix: near === undefined ? 'remove it' : `did you mean ${near}?`,
  };
}

function accepts(component: Component | undefined, name: string): boolean {
  return component !== undefined && (component.properties.has(name) || component.aliases.has(name));
}
