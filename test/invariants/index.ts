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
    where: /^aws_kms_key\.\S+ policy Account: allows kms:\*$/,
    why: "AWS's own first statement of a key: without it IAM of the account could not manage the key at all",
  },
  {
    where: /^aws_kms_key\.\S+ policy Account: allows kms:\* on \*$/,
    why: 'in the policy of a key, * means this key and nothing else',
  },
  {
    where:
      /^aws_kms_key\.\S+ policy Service\d+: allows kms:[\w:*, ]+ on \* limited by kms:EncryptionContext:aws:logs:arn$/,
    why: 'as above; and CloudWatch Logs may use the key for log groups of this account only',
  },
  {
    where:
      /^aws_iam_role_policy\.ClusterAutoscaler_Role_Policy_\S+ policy: allows (?:(?:autoscaling|ec2|eks):(?:Describe|Get)\w+(?:, )?)+ on \*$/,
    why: 'the autoscaler looks for its groups, and IAM lets most of these actions not be limited to resources',
  },
  {
    where:
      /^aws_iam_role_policy\.ClusterAutoscaler_Role_Policy_\S+ policy: allows autoscaling:.* on \* limited by aws:ResourceTag\/k8s\.io\/cluster-autoscaler\/\S+$/,
    why: 'EKS names the groups; the tag limits it to the groups of its own cluster',
  },
  {
    where:
      /^aws_iam_role_policy\.LoadBalancers_Role_Policy_\S+ policy: allows (?:(?:ec2|elasticloadbalancing|acm):(?:Describe|Get|List)\w+(?:, )?)+ on \*$/,
    why: 'the controller looks for load balancers and what they need, and these actions know no resources',
  },
  {
    where:
      /^aws_iam_role_policy\.LoadBalancers_Role_Policy_\S+ policy: allows .* on \* limited by (?:iam:AWSServiceName|aws:Re(?:source|quest)Tag\/elbv2\.k8s\.aws\/cluster)$/,
    why: 'AWS makes up the names of what the controller makes; the tag limits it to what is of its own cluster',
  },
  {
    where:
      /^aws_iam_role_policy\.LoadBalancers_Role_Policy_\S+ policy: allows (?:ec2:(?:Authorize|Revoke)SecurityGroupIngress(?:, )?)+ on \*$/,
    why: 'load balancers reach pods through the security group of their nodes, which is not of the controller',
  },
  {
    where:
      /^aws_iam_role_policy\.LoadBalancers_Role_Policy_\S+ policy: allows (?:ec2:CreateSecurityGroup|(?:elasticloadbalancing:\w*(?:Listener|Rule)\w*(?:, )?)+) on \*$/,
    why: "as the controller's own policy has it: a new group has no name yet, and listeners get their tags later",
  },
  {
    where: /^(?:aws_s3_bucket|aws_kms_key)\.Exchange_\S+: can be destroyed with its data$/,
    why: 'exchange data is of no use after its query: it expires after a day or so by itself',
  },
  {
    where: /^aws_kms_key\.Network_LogKey_\S+: can be destroyed with its data$/,
    why: 'flow logs alone are encrypted with it, and they expire; the key itself can be brought back for 30 days',
  },
  {
    where:
      /^aws_(?:kms_key|secretsmanager_secret)\.(?:Trino_SharedSecret|Databases|Monitoring_GrafanaAdmin)_\S+: can be destroyed with its data$/,
    why: 'made up by AWS and known to nobody: the next deployment makes others, and the bootstrap tells the database',
  },
];

/** What is left of the findings, after the exceptions. */
export function notWaived(findings: readonly string[]): readonly string[] {
  return findings.filter((finding) => !WAIVERS.some(({ where }) => where.test(finding)));
}
