import type { Caution } from '../policy';

/** A rule that decides nothing. @param path within the rules @param reason why @param near what it may mean */
export function idleRule(path: string, reason: string, near: string | undefined): Caution {
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return { path: `accessControl.${path}`, text: `${reason}: the rule decides nothing${meant}` };
}
