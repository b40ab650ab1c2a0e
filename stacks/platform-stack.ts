import { type App, type ITerraformDependable, TerraformOutput } from 'cdktf';
import type { ICluster } from '../lib/aws/cluster';
import { Metastore } from '../lib/catalogs';
import { withDefaults } from '../lib/core';
import { ClusterAutoscaler } from '../lib/kubernetes/cluster-autoscaler';
import { addClusterProviders } from '../lib/kubernetes/cluster-providers';
import { ExternalSecrets, type ISecretStore } from '../lib/kubernetes/external-secrets';
import { HiveMetastore } from '../lib/kubernetes/hive-metastore';
import { KafkaTopics } from '../lib/kubernetes/kafka-topics';
import { type INamespace, KubernetesNamespace } from '../lib/kubernetes/namespace';
import { Keda } from '../lib/kubernetes/keda';
import { LoadBalancerController } from '../lib/kubernetes/load-balancer-controller';
import type { IPrometheus } from '../lib/kubernetes/prometheus';
import { Reloader } from '../lib/kubernetes/reloader';
import { platformPods, TrinoPlatform, type TrinoPlatformProps } from '../lib/platform';
import type { DataStack } from './data-stack';
import { Databases } from './databases';
import type { EnvironmentConfig } from './environment-config';
import { type EnvironmentNames, PLATFORM_INSTANCE } from './environment-names';
import { LayerStack, type LayerStackProps } from './layer-stack';
import { addMonitoring } from './monitoring';
import { Sources } from './sources';
import { type PlacedPools, trinoOptions } from './trino-options';

export interface PlatformStackProps extends Omit<LayerStackProps, 'layer'> {
  readonly names: EnvironmentNames;
  readonly cluster: ICluster;
  readonly nodePools: PlacedPools;
  readonly data: Pick<DataStack, 'lake' | 'exchange' | 'mysql' | 'kafka'>;
  readonly config: Pick<
    EnvironmentConfig,
    'trino' | 'catalogs' | 'databases' | 'jobRun' | 'metastore' | 'monitoring' | 'nodePools'
  >;
}

interface Operators {
  readonly secretStore: ISecretStore;
  readonly prometheus: IPrometheus;
  /** For what brings their custom resources. */
  readonly ready: readonly ITerraformDependable[];
}

/** What runs in the cluster: known and planned only when the cluster is there, destroyed while it still answers. */
export class PlatformStack extends LayerStack {
  public readonly trino: TrinoPlatform;

  public constructor(
    app: App,
    private readonly props: PlatformStackProps,
  ) {
    super(app, { ...props, layer: 'platform' });
    addClusterProviders(this, props.cluster);
    const operators = this.addOperators();
    const { secretStore } = operators;
    const services = new KubernetesNamespace(this, 'Services', { name: 'platform-services' });
    const databases = this.addDatabases(services, secretStore);
    const metastore = databases && this.addMetastore(services, secretStore, databases);
    this.trino = this.addTrino(operators, databases, metastore);
    this.addTopics(services, secretStore);
    this.addAutoscaler();
    new TerraformOutput(this, 'TrinoUrl', { value: this.trino.serviceUrl, staticId: true });
  }

  /** What serves everything else in the cluster. */
  private addOperators(): Operators {
    const { cluster, names, nodePools, config } = this.props;
    const { placement } = nodePools.system;
    const namespace = new KubernetesNamespace(this, 'Operators', { name: 'platform-operators' });
    const common = { cluster, name: names.prefix, namespace, placement };
    new Reloader(this, 'Reloader', common);
    const keda = new Keda(this, 'Keda', common);
    // Without an ingress, too: of one that goes, only the controller takes the load balancer away.
    const balancers = new LoadBalancerController(this, 'LoadBalancers', common);
    const secretStore = new ExternalSecrets(this, 'ExternalSecrets', common);
    const { monitoring: options = {} } = config;
    return {
      secretStore,
      prometheus: addMonitoring(this, { ...common, secretStore, options }),
      ready: [keda.release, balancers.release],
    };
  }

  private addDatabases(namespace: INamespace, secretStore: ISecretStore): Databases | undefined {
    const { cluster, names, nodePools, data, config } = this.props;
    if (data.mysql === undefined) return undefined;
    return new Databases(this, 'Databases', {
      name: names.prefix,
      ...{ cluster, namespace, secretStore },
      database: data.mysql,
      products: config.databases ?? [],
      run: config.jobRun ?? 1,
      placement: nodePools.system.placement,
      ...(config.trino.release === undefined ? {} : { release: config.trino.release }),
    });
  }

  private addMetastore(namespace: INamespace, secretStore: ISecretStore, databases: Databases): Metastore {
    const { cluster, names, nodePools, data, config } = this.props;
    const metastore = new HiveMetastore(this, 'Metastore', {
      ...config.metastore,
      environmentName: names.prefix,
      ...{ cluster, namespace, secretStore },
      database: databases.database,
      credentials: databases.metastore,
      warehouse: data.lake,
      clients: platformPods(PLATFORM_INSTANCE),
      run: config.jobRun ?? 1,
      placement: nodePools.system.placement,
      dependsOn: [databases.bootstrap.release],
    });
    return Metastore.hive(metastore);
  }

  private addTrino(
    { ready, ...operators }: Operators,
    databases: Databases | undefined,
    metastore: Metastore | undefined,
  ): TrinoPlatform {
    const { environment, region, names, cluster, nodePools, data, config } = this.props;
    const mysql = databases && { database: databases.database, credentials: databases.reader };
    const sources = new Sources(environment, { ...data, region, metastore, mysql });
    // One that the definition names may be anywhere; the environment's own lets in all nodes, as its jobs need it.
    const audit = databases === undefined || config.trino.audit !== undefined ? {} : auditOf(databases);
    return new TrinoPlatform(this, 'Trino', {
      ...withDefaults(audit, trinoOptions(config, nodePools)),
      ...(config.trino.faultTolerance === undefined ? {} : { exchange: data.exchange }),
      name: names.prefix,
      instance: PLATFORM_INSTANCE,
      ...{ ...operators, cluster, region },
      // Its users have to be there when a coordinator starts.
      dependsOn: [...ready, ...(databases === undefined ? [] : [databases.bootstrap.release])],
      catalogs: config.catalogs(sources),
    });
  }

  private addTopics(namespace: INamespace, secretStore: ISecretStore): void {
    const { cluster, nodePools, data, config } = this.props;
    const { kafka } = data;
    if (kafka === undefined || kafka.topics.length === 0) return;
    const { placement } = nodePools.system;
    new KafkaTopics(this, 'Topics', { cluster, namespace, kafka, secretStore, placement, run: config.jobRun ?? 1 });
  }

  /** It lets a worker drain before it takes the node away. */
  private addAutoscaler(): void {
    const { cluster, names, nodePools, config } = this.props;
    const pools = Object.entries(config.nodePools);
    new ClusterAutoscaler(this, 'ClusterAutoscaler', {
      cluster,
      name: names.prefix,
      placement: nodePools.system.placement,
      spotPools: pools.filter(([, { capacity }]) => capacity === 'spot').map(([pool]) => pool),
      maxGracefulTermination: this.trino.plan.drain.autoscalerMaxGracefulTermination,
    });
  }
}

/** Queries are recorded in the environment's own database. */
function auditOf({ audit, database }: Databases): Pick<TrinoPlatformProps, 'audit' | 'auditDatabase'> {
  return { audit: { database: audit }, auditDatabase: database };
}
