import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Placement } from '../aws/node-pool';
import { Cpu, DataSize } from '../core';
import { pinnedChart } from './charts';
import { HelmChart } from './helm-chart';
import type { INamespace } from './namespace';
import { RESTRICTED_CONTAINER, placed, resourcesOf } from './pods';

/** Where Reloader runs. */
export interface ReloaderProps {
  readonly namespace: INamespace;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

/** What a Deployment is restarted for. */
export interface ReloadSources {
  /** Names of Secrets in its namespace. @default - none */
  readonly secrets?: readonly string[];
  /** Names of ConfigMaps in its namespace. @default - none */
  readonly configMaps?: readonly string[];
}

/**
 * Restarts a Deployment when a Secret or ConfigMap that it names changes: that is how a rotated password reaches a server
 * that reads it only when it starts. It marks pods by an annotation, so Terraform and Helm see no difference in what they
 * have set.
 * @see https://github.com/stakater/Reloader
 */
export class Reloader extends Construct {
  public readonly release: ITerraformDependable;

  public constructor(scope: Construct, id: string, { namespace, placement }: ReloaderProps) {
    super(scope, id);
    this.release = new HelmChart(this, 'Chart', {
      chart: pinnedChart('reloader'),
      releaseName: 'reloader',
      namespace,
      values: {
        reloader: {
          autoReloadAll: false,
          reloadStrategy: 'annotations',
          // The chart's word for two replicas, one of which works.
          enableHA: true,
          readOnlyRootFileSystem: true,
          deployment: {
            ...placed(placement),
            replicas: 2,
            containerSecurityContext: RESTRICTED_CONTAINER,
            resources: resourcesOf({ cpu: Cpu.millis(20), memory: DataSize.mib(256) }),
          },
          podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        },
      },
    }).release;
  }
}

/** Annotations of a Deployment that Reloader restarts when one of these changes. */
export function reloadAnnotations({ secrets = [], configMaps = [] }: ReloadSources): Record<string, string> {
  return {
    ...(secrets.length === 0 ? {} : { 'secret.reloader.stakater.com/reload': secrets.join(',') }),
    ...(configMaps.length === 0 ? {} : { 'configmap.reloader.stakater.com/reload': configMaps.join(',') }),
  };
}
