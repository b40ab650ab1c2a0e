import { fit, matches, physicalName, rule, show, type Violation, violationsOf } from '../core';
import { chartNames, type ChartNames, type SecretNames } from '../trino';

/** Every name that two parts of a platform must agree on, made in this one place. */
export interface PlatformNames {
  /** What the chart calls its objects. */
  readonly chart: ChartNames;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** IAM role of the pods. */
  readonly role: string;
  /** The secret that the nodes know each other by, in AWS Secrets Manager. */
  readonly sharedSecret: string;
  /** Kubernetes Secrets of the pods. */
  readonly secrets: SecretNames;
  /** Priority classes belong to no namespace. */
  readonly priority: { readonly coordinator: string; readonly worker: string };
  /** Helm release of the objects beside the chart. */
  readonly objects: string;
  /** `node.environment`: Trino knows no hyphen there. */
  readonly environment: string;
}

/**
 * @param name first part of physical names: `acme-dev`
 * @param instance what the platform is called inside of its cluster: `trino`
 */
export function platformNames(name: string, instance: string): PlatformNames {
  const physical = physicalName(name, instance);
  return {
    chart: chartNames(instance),
    namespace: namespaceOf(instance),
    serviceAccount: instance,
    role: fit(physical, 64),
    sharedSecret: `${name}/${instance}-shared-secret`,
    secrets: { env: `${instance}-env`, files: `${instance}-files` },
    priority: { coordinator: `${instance}-coordinator`, worker: `${instance}-worker` },
    objects: `${instance}-objects`,
    environment: physical.replaceAll('-', '_'),
  };
}

/** The longest that is the name of a Helm release with `-secrets` behind it. */
const LONGEST_INSTANCE = 53 - '-secrets'.length;

/** What is wrong with the names that all others are made of. */
export function platformNameViolations(name: string, instance: string): readonly Violation[] {
  return violationsOf({ name, instance }, [
    rule(
      (it) => matches(/^[a-z0-9][a-z0-9_-]*$/, it.name),
      (it) => ({
        path: 'name',
        got: show(it.name),
        allowed: 'small letters, digits, hyphens and underscores, a letter or digit first',
        fix: 'choose a plainer name: roles, secrets and the environment of Trino are called after it',
      }),
    ),
    rule(
      (it) => matches(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, it.instance) && it.instance.length <= LONGEST_INSTANCE,
      (it) => ({
        path: 'instance',
        got: show(it.instance),
        allowed: `up to ${LONGEST_INSTANCE} small letters, digits and hyphens, a letter first and no hyphen last`,
        fix: 'choose a shorter, plainer name: namespace, Services and Helm releases are called after it',
      }),
    ),
  ]);
}

/** Each platform has a namespace of its own. */
export function namespaceOf(instance: string): string {
  return instance;
}
