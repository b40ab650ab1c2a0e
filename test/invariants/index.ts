/** Promises about every synthesized stack, and the exceptions that have a written reason. */
import type { Invariant } from './document';
import { noWildcardPermission } from './permissions';
import { statefulResourcesAreProtected } from './protection';
import { noSecretInState, nothingLooksSecret, writeOnlyValuesAreEphemeral } from './secrets';
import { everyTemplateIsAnExpression, noBrokenToken, noTemplateDirective } from './templates';
import { everythingIsTagged, installedVersionsAreNamed, providersArePinned } from './versions';

/** Hold for every stack of every environment. */
export const EVERYWHERE: Readonly<Record<string, Invariant>> = {
  everyTemplateIsAnExpression,
  noTemplateDirective,
  noBrokenToken,
  noSecretInState,
  writeOnlyValuesAreEphemeral,
  nothingLooksSecret,
  noWildcardPermission,
  providersArePinned,
  installedVersionsAreNamed,
  everythingIsTagged,
};

/** Hold where the environment keeps its data. */
export const WHERE_DATA_IS_KEPT: Readonly<Record<string, Invariant>> = { statefulResourcesAreProtected };

/** A finding that is right as it is. */
export interface Waiver {
  readonly where: RegExp;
  readonly why: string;
}

/** Each must still be needed: a test fails on one that waives nothing. */
export const WAIVERS: readonly Waiver[] = [
  {
    where: /^aws_kms_key\.\S+ policy Account: allows kms:\*/,
    why: "AWS's own first statement of a key: without it IAM of the account could not manage the key at all",
  },
  {
    where: /^aws_kms_key\.\S+ policy \w+: allows kms:.* on \*$/,
    why: 'in the policy of a key, * means this key and nothing else',
  },
];

/** What is left of the findings, after the exceptions. */
export function notWaived(findings: readonly string[]): readonly string[] {
  return findings.filter((finding) => !WAIVERS.some(({ where }) => where.test(finding)));
}
