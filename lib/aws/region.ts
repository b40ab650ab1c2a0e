import { isToken, matches, show, type Violation } from '../core';

/** What is wrong with a region of AWS; one that only Terraform knows is not judged. */
export function regionViolations(path: string, region: string): readonly Violation[] {
  if (isToken(region) || matches(/^[a-z]{2}(-[a-z]+)+-\d$/, region)) return [];
  const allowed = 'a region of AWS, like eu-west-1';
  return [{ path, got: show(region), allowed, fix: 'write its code: not its name, and without the letter of a zone' }];
}
