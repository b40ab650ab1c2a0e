import { isToken, show, type Violation } from '../../core';
import { isBrokenPattern } from '../broken-pattern';
import { hasGroup } from '../java-regex';

/** For authenticators that tell more of a user than a name: a mail address, the subject of a certificate. */
export interface UserMapping {
  /**
   * Which part of what the authenticator says is the user's name: a Java regular expression for all of it, whose first
   * group is the name. Whom it does not match is not let in. `'(.*)@acme[.]example'`
   * @default - all that it says is the name
   * @see https://trino.io/docs/current/security/user-mapping.html#pattern-mapping-rule
   */
  readonly userMapping?: string;
}

/** A mapping that no user gets through. */
export function userMappingViolations({ userMapping }: UserMapping): readonly Violation[] {
  if (userMapping === undefined || isToken(userMapping)) return [];
  const isWrong = isBrokenPattern(userMapping) || !hasGroup(userMapping);
  return isWrong ? [{ path: 'userMapping', got: show(userMapping), ...GROUP }] : [];
}

const GROUP = {
  allowed: 'a Java regular expression with a group: what the first one holds is the name of the user',
  fix: "put the name in parentheses: '(.*)@acme[.]example', 'CN=([^,]+)(,.*)?'",
};
