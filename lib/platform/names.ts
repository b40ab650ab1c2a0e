import { fit, physicalName } from '../core';
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

/** Each platform has a namespace of its own. */
export function namespaceOf(instance: string): string {
  return instance;
}
