import { type Duration, type SecretRef, type Violation } from '../../core';
import { literalPattern } from '../java-regex';
import { renderJson } from '../properties-file';
import type { SecretProperties } from '../secret-text';
import { accessRuleViolations } from './check';
import type { AccessRules, PrincipalRule, SystemInformationRule } from './rules';
import { asTrinoReads } from './spelling';

/** Open Policy Agent, asked over HTTP. @see https://trino.io/docs/current/security/opa-access-control.html */
export interface OpaProps {
  /** `http://opa.opa:8181/v1/data/trino/allow`. */
  readonly policyUri: string;
  /** For decisions about many things at once. @default - one question for each */
  readonly batchedUri?: string;
  readonly rowFiltersUri?: string;
  readonly columnMaskingUri?: string;
  /** All masks of a table in one question; it goes before `columnMaskingUri`, which may not be set, too. */
  readonly batchColumnMaskingUri?: string;
  /** Whether GRANT, REVOKE and roles are left to the connectors. @default false */
  readonly allowPermissionManagement?: boolean;
}

/** Apache Ranger. @see https://trino.io/docs/current/security/ranger-access-control.html */
export interface RangerProps {
  /** The name of the service that Ranger's administrator made for this cluster. */
  readonly serviceName: string;
  /** Absolute paths of `ranger-trino-security.xml` and `ranger-trino-audit.xml`. */
  readonly pluginConfig: readonly string[];
  /** Absolute paths of Hadoop's configuration files. @default - none */
  readonly hadoopConfig?: readonly string[];
}

/** What decides who may do what. Queries are planned on the coordinator, so that is where it lives. */
export class AccessControl {
  private constructor(
    /** Lines of `access-control.properties`; of a rules file without its place. */
    public readonly properties: SecretProperties,
    /** The rules of file-based access control; undefined for every other kind. */
    public readonly rules: AccessRules | undefined,
    /** How often a changed rules file is read. */
    public readonly refreshPeriod: Duration | undefined,
    /** What Trino would refuse, and rules without an effect. */
    public readonly violations: readonly Violation[],
  ) {}

  /**
   * A rules file, typed here or read: `AccessControl.rules(JSON.parse(text))`.
   * @param options.refreshPeriod how often a change is read without a restart; @default - a change restarts the coordinator
   */
  public static rules(rules: AccessRules, options: { readonly refreshPeriod?: Duration } = {}): AccessControl {
    const violations = accessRuleViolations(rules);
    const read = violations.length === 0 ? asTrinoReads(rules) : rules;
    return new AccessControl({ 'access-control.name': 'file' }, read, options.refreshPeriod, violations);
  }

  /** Trino's own: `default` allows all but impersonation and shutdown. */
  public static builtIn(name: 'default' | 'allow-all' | 'read-only'): AccessControl {
    return new AccessControl({ 'access-control.name': name }, undefined, undefined, []);
  }

  /** Open Policy Agent. */
  public static opa(props: OpaProps): AccessControl {
    return new AccessControl(opaProperties(props), undefined, undefined, opaViolations(props));
  }

  /** Apache Ranger. */
  public static ranger({ serviceName, pluginConfig, hadoopConfig = [] }: RangerProps): AccessControl {
    const properties = {
      'access-control.name': 'ranger',
      'ranger.service.name': serviceName,
      'ranger.plugin.config.resource': pluginConfig.join(','),
      ...given('ranger.hadoop.config.resource', hadoopConfig.length === 0 ? undefined : hadoopConfig.join(',')),
    };
    return new AccessControl(properties, undefined, undefined, []);
  }

  /** Any other plugin, by its properties. */
  public static custom(name: string, properties: Readonly<Record<string, string | SecretRef>>): AccessControl {
    return new AccessControl({ 'access-control.name': name, ...properties }, undefined, undefined, []);
  }
}

function opaProperties(props: OpaProps): SecretProperties {
  return {
    'access-control.name': 'opa',
    'opa.policy.uri': props.policyUri,
    ...given('opa.policy.batched-uri', props.batchedUri),
    ...given('opa.policy.row-filters-uri', props.rowFiltersUri),
    ...given('opa.policy.column-masking-uri', props.columnMaskingUri),
    ...given('opa.policy.batch-column-masking-uri', props.batchColumnMaskingUri),
    ...given('opa.allow-permission-management-operations', props.allowPermissionManagement?.toString()),
  };
}

function opaViolations({ columnMaskingUri, batchColumnMaskingUri }: OpaProps): readonly Violation[] {
  if (columnMaskingUri === undefined || batchColumnMaskingUri === undefined) return [];
  return [
    {
      path: 'columnMaskingUri',
      got: 'set together with batchColumnMaskingUri',
      allowed: 'one of the two',
      fix: 'keep batchColumnMaskingUri: it asks once for a table instead of once for a column',
    },
  ];
}

function given(name: string, value: string | undefined): SecretProperties {
  return value === undefined ? {} : { [name]: value };
}

/** The users that operate the platform: they are no people and log in nowhere. */
export interface OperationUsers {
  /** Who tells a worker to drain. */
  readonly drain: string;
  /** Who scrapes `/metrics`. */
  readonly metrics: string;
}

/**
 * The rules of a worker: the drain user may write system information, the metrics user may read it, nobody else may do
 * either. A worker without rules refuses every drain; the chart's own rules for it refuse every scrape.
 * @see https://github.com/trinodb/charts/issues/324
 */
export function workerAccessRules({ drain, metrics }: OperationUsers): AccessRules {
  return {
    system_information: [
      { user: literalPattern(drain), allow: drain === metrics ? ['read', 'write'] : ['write'] },
      ...(drain === metrics ? [] : [readsMetrics(metrics)]),
    ],
  };
}

/**
 * A coordinator's rules with the metrics user let in, first: a rule of the user's that ends with a refusal cannot hide it.
 * Before it reads, Trino asks whether its principal, who has the same name, may be this user; the drain asks workers only,
 * whose rules have no principals.
 * @see https://github.com/trinodb/trino/blob/480/core/trino-main/src/main/java/io/trino/server/security/ResourceSecurityDynamicFeature.java
 */
export function withMetricsUser(rules: AccessRules, metrics: string): AccessRules {
  const { principals, system_information: information = [] } = rules;
  return {
    ...rules,
    ...(principals === undefined ? {} : { principals: [isMetrics(metrics), ...principals] }),
    system_information: [readsMetrics(metrics), ...information],
  };
}

function isMetrics(name: string): PrincipalRule {
  return { principal: literalPattern(name), user: literalPattern(name), allow: true };
}

function readsMetrics(user: string): SystemInformationRule {
  return { user: literalPattern(user), allow: ['read'] };
}

/** The text of a rules file. */
export function renderAccessRules(rules: AccessRules): string {
  return renderJson(rules);
}
