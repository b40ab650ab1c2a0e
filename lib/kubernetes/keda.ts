import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Placement } from '../aws/node-pool';
import { pinnedChart } from './charts';
import { HelmChart } from './helm-chart';
import type { INamespace } from './namespace';
import { placed } from './pods';

/** Where KEDA runs. */
export interface KedaProps {
  readonly namespace: INamespace;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

/** Two of each part, so that scaling goes on while a node is drained. */
const REPLICAS = 2;
const ONE_AT_A_TIME = { maxUnavailable: 1 };

/**
 * KEDA scales Deployments by what Prometheus counts. It is the cluster's one source of external metrics: an adapter of
 * Prometheus beside it would claim the same API.
 * @see https://keda.sh/docs/latest/
 */
export class Keda extends Construct {
  /** For releases that bring a ScaledObject. */
  public readonly release: ITerraformDependable;

  public constructor(scope: Construct, id: string, { namespace, placement }: KedaProps) {
    super(scope, id);
    const values = {
      // These hold for all three parts; the chart's own security contexts and sizes are of the restricted standard.
      ...placed(placement),
      crds: { install: true },
      operator: { replicaCount: REPLICAS },
      metricsServer: { replicaCount: REPLICAS },
      webhooks: { replicaCount: REPLICAS },
      podDisruptionBudget: { operator: ONE_AT_A_TIME, metricServer: ONE_AT_A_TIME, webhooks: ONE_AT_A_TIME },
    };
    const chart = pinnedChart('keda');
    this.release = new HelmChart(this, 'Chart', { chart, releaseName: 'keda', namespace, values }).release;
  }
}
