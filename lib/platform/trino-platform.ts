import { Annotations, Aspects, type ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { GeneratedSecret, type IExchangeBucket } from '../aws';
import { regionViolations } from '../aws/region';
import { type CatalogHost, type ICatalog, reachAnywhere } from '../catalogs';
import { inside, isToken, refuse, type Violation } from '../core';
import {
  HelmChart,
  type INamespace,
  KubernetesNamespace,
  KubernetesObjects,
  PriorityClass,
  reloadAnnotations,
  SecretDelivery,
} from '../kubernetes';
import {
  askedPorts,
  catalogNameViolations,
  type DrainPlan,
  ClientTls,
  type EnvBinding,
  type ExchangeStorage,
  type NamedCatalog,
  planTrino,
  renderCatalog,
  type SecretFile,
  type SessionDefault,
  trinoChartKeys,
  type TrinoDefinition,
  type TrinoPlan,
  TrinoRelease,
} from '../trino';
import { bindCatalog } from './bound-catalog';
import { definitionOf, type PlatformData } from './definition';
import { platformNames, type PlatformNames, platformNameViolations } from './names';
import { PlatformHost } from './platform-host';
import { platformObjects } from './platform-objects';
import { platformViolations } from './platform-rules';
import { progressDeadline, rolloutTimeout } from './rollout';
import type { TrinoPlatformProps } from './trino-platform-props';

const DEFAULT_INSTANCE = 'trino';
/** Member of the secret that the nodes know each other by. */
const SHARED = 'value';

/**
 * Trino in a cluster: the official chart with everything that follows from a definition, and what stands beside it.
 * Catalogs may be added until the app is synthesized, from this stack or another one.
 */
export class TrinoPlatform extends Construct {
  /** The pods, for catalogs and for whatever else they shall reach or be granted. */
  public readonly host: CatalogHost;
  /** Where clients connect. */
  public readonly serviceUrl: string;
  /** For what needs a running Trino. */
  public readonly release: ITerraformDependable;
  private readonly names: PlatformNames;
  private readonly sharedSecret: GeneratedSecret;
  private readonly delivery: SecretDelivery;
  private readonly catalogs: NamedCatalog[] = [];
  private readonly reachedPorts = new Set<number>();
  private currentPlan: TrinoPlan | undefined;

  /** @throws ConfigError with everything that is wrong, in all parts and between them */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: TrinoPlatformProps,
  ) {
    super(scope, id);
    const { name, instance = DEFAULT_INSTANCE, secretStore: store } = props;
    const data = dataOf(props);
    const region = regionViolations('region', props.region);
    if (platformNameViolations(name, instance).length > 0)
      refuse(this.node.path, [...region, ...platformViolations(name, instance, data)]);
    this.names = platformNames(name, instance);
    const namespace = new KubernetesNamespace(this, 'Namespace', { name: this.names.namespace });
    const host = this.addHost();
    this.host = host;
    this.sharedSecret = this.addSharedSecret();
    this.delivery = new SecretDelivery(this, 'Secrets', { store, namespace, name: instance });
    props.exchange?.grantReadWrite(host);
    const wrong = (props.catalogs ?? []).flatMap((catalog) => this.bind(catalog));
    refuse(this.node.path, [...region, ...wrong, ...platformViolations(name, instance, data, this.catalogs)]);
    this.reachWhoIsAsked();
    const { chart, drain } = this.planSoFar();
    this.deliver(chart);
    this.release = this.addChart(namespace, drain, [host.ready, this.sharedSecret.value, this.delivery.ready]);
    this.serviceUrl = this.urlOfService();
    Aspects.of(this).add({ visit: (node) => this.warnAt(node) });
  }

  /** Everything that follows from the definition and the catalogs so far. @throws ConfigError when they contradict each other */
  public get plan(): TrinoPlan {
    this.currentPlan ??= planTrino(this.definition);
    return this.currentPlan;
  }

  /** Before late catalogs are there, whose properties a session default may set: nothing else depends on those. */
  private planSoFar(): TrinoPlan {
    const { sessionDefaults, ...others } = this.definition;
    if (sessionDefaults === undefined) return this.plan;
    return planTrino({ ...others, sessionDefaults: sessionDefaults.map(withoutCatalogs) });
  }

  /** What the plan is made from: for whoever plans the same elsewhere. */
  public get definition(): TrinoDefinition {
    return definitionOf(dataOf(this.props), this.names, this.sharedSecret.ref(SHARED), [...this.catalogs]);
  }

  /**
   * Opens and grants what the catalog needs, and makes it known to Trino.
   * @throws ConfigError when its name is taken, or its files would not be accepted
   */
  public addCatalog(catalog: ICatalog): void {
    refuse(this.node.path, this.bind(catalog));
    const added = this.catalogs.slice(-1);
    added.forEach(({ name, config }) => this.deliver(renderCatalog(name, config, this.host.release)));
  }

  /** Makes the catalog the last of all. @returns what is wrong with it: then it is not among them */
  private bind(catalog: ICatalog): readonly Violation[] {
    const { name } = catalog;
    const isTaken = this.catalogs.some((other) => other.name === name);
    const names = catalogNameViolations(isTaken ? [name, name] : [name]);
    if (names.length > 0) return inside('catalogs', names);
    const { config, violations } = bindCatalog(catalog, this.host);
    if (config !== undefined) this.catalogs.push({ name, config });
    this.currentPlan = undefined;
    return inside(`catalogs.${name}`, violations);
  }

  private addHost(): PlatformHost {
    const { cluster, region, release = TrinoRelease.DEFAULT } = this.props;
    const onReach = (from: number, to: number): void => {
      for (const port of portsOf(from, to)) this.reachedPorts.add(port);
    };
    return new PlatformHost(this, 'Host', { cluster, names: this.names, release, region, onReach });
  }

  /** Besides sources: who says who somebody is and what they may, and the audit log. */
  private reachWhoIsAsked(): void {
    const { audit, auditDatabase, ...others } = this.props;
    auditDatabase?.connections.allowDefaultPortFrom(this.host, 'audit log');
    const known = audit === undefined || auditDatabase !== undefined;
    const ports = askedPorts({ ...others, ...(known ? {} : { audit }) });
    reachAnywhere(this.host, ports, 'log-in, access rules, audit log');
  }

  private addSharedSecret(): GeneratedSecret {
    return new GeneratedSecret(this, 'SharedSecret', {
      name: this.names.sharedSecret,
      description: 'Nodes of a Trino cluster know each other by it',
      generate: [SHARED],
      length: 64,
      // Nothing is lost with it: another one serves as well.
      recoveryWindowDays: 0,
    });
  }

  private deliver({ env, secretFiles }: { env: readonly EnvBinding[]; secretFiles: readonly SecretFile[] }): void {
    env.forEach((variable) => this.delivery.addVariable(variable));
    secretFiles.forEach((file) => this.delivery.addFile(file));
  }

  private addChart(
    namespace: INamespace,
    drain: DrainPlan,
    needed: readonly ITerraformDependable[],
  ): ITerraformDependable {
    const { chart, objects: releaseName } = this.names;
    const { dependsOn = [], prometheus, workers } = this.props;
    const objects = new KubernetesObjects(this, 'Objects', {
      releaseName,
      namespace,
      objects: () => this.objects(),
      dependsOn: [...dependsOn, ...(prometheus?.ready ?? [])],
    });
    return new HelmChart(this, 'Chart', {
      chart: trinoChartKeys(),
      releaseName: chart.fullname,
      namespace,
      values: () => this.values(),
      timeout: rolloutTimeout(workers.max, drain),
      dependsOn: [...needed, objects.release, ...this.addPriorityClasses()],
    }).release;
  }

  /** The coordinator finds room first: without it no worker is of use. */
  private addPriorityClasses(): readonly ITerraformDependable[] {
    const { coordinator, worker } = this.names.priority;
    const classes = [
      { id: 'CoordinatorPriority', name: coordinator, value: 1_000_000, description: 'Coordinators of Trino' },
      { id: 'WorkerPriority', name: worker, value: 100_000, description: 'Workers of Trino' },
    ];
    return classes.map(({ id, ...options }) => new PriorityClass(this, id, options).ready);
  }

  private objects(): ReturnType<typeof platformObjects> {
    const ports = [...this.reachedPorts].sort((a, b) => a - b);
    return platformObjects(this.names, this.props, this.plan, ports);
  }

  /** A rotated secret reaches a node when it starts again. */
  private values(): object {
    const { chart, drain } = this.plan;
    const { values, env, secretFiles } = chart;
    const { env: variables, files } = this.names.secrets;
    const secrets = [...(env.length === 0 ? [] : [variables]), ...(secretFiles.length === 0 ? [] : [files])];
    const annotations = reloadAnnotations({ secrets });
    const { coordinator, worker } = values;
    const progressDeadlineSeconds = progressDeadline(drain).toSeconds();
    return {
      ...values,
      coordinator: { ...coordinator, deployment: { ...coordinator.deployment, annotations } },
      worker: { ...worker, deployment: { ...worker.deployment, annotations, progressDeadlineSeconds } },
    };
  }

  private urlOfService(): string {
    const { ingress, clientTls = ClientTls.none() } = this.props;
    if (ingress !== undefined) return `https://${ingress.host}`;
    const { chart, namespace } = this.names;
    const { scheme, port } = clientTls.entrance;
    return `${scheme}://${chart.service}.${namespace}.svc:${port}`;
  }

  /** When everything is added: what works but may surprise. */
  private warnAt(node: IConstruct): void {
    if (node !== this) return;
    const { cautions, chart } = this.plan;
    const texts = cautions.map(({ path, text }) => `${path}: ${text}`);
    const lines = chart.warnings.map(({ file, property, got, fix }) => `${file}: ${property}: ${got}; ${fix}`);
    for (const text of new Set([...texts, ...lines])) Annotations.of(this).addWarning(text);
  }
}

/** A port that only Terraform knows is no start to count from. */
function portsOf(from: number, to: number): readonly number[] {
  if (isToken(from) || isToken(to)) return [from, to];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** What it sets of the server itself: how long a query may run decides how long a worker drains. */
function withoutCatalogs(entry: SessionDefault): SessionDefault {
  const own = Object.entries(entry.sessionProperties).filter(([name]) => !name.includes('.'));
  return { ...entry, sessionProperties: Object.fromEntries(own) };
}

function dataOf(props: TrinoPlatformProps): PlatformData {
  const { cluster, exchange, prometheus, ...options } = props;
  return {
    ...options,
    zones: cluster.network.zones,
    ...(exchange === undefined ? {} : { exchange: storageOf(exchange, props.region) }),
    ...(prometheus === undefined ? {} : { prometheusUrl: prometheus.url }),
  };
}

function storageOf(bucket: IExchangeBucket, region: string): ExchangeStorage {
  const { expireAfter } = bucket;
  return { baseDirectories: [bucket.uri()], region, ...(expireAfter === undefined ? {} : { expireAfter }) };
}
