import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from '../../lib/core';
import { metricsOf, nativeName, type TrinoPlan, type TrinoRole } from '../../lib/trino';
import { freePort } from '../servers/free-port';
import { TrinoClient, type TrinoClientProps } from '../servers/trino-client';
import { startTrinoNode, type TrinoNode } from '../servers/trino-node';
import { localFiles, type LocalSurroundings } from './local-files';
import type { SecretValues } from './secret-values';

export interface TrinoClusterProps {
  /** From `planTrino`: its files are what the nodes read. */
  readonly plan: TrinoPlan;
  /** The unpacked server. */
  readonly home: string;
  /** The `java` that runs it. */
  readonly java: string;
  /** Every node has a folder in it. */
  readonly folder: string;
  readonly secrets: SecretValues;
  /** How many workers are started. @default 1 */
  readonly workers?: number;
  /** Until a node answers, and until the coordinator knows the workers. @default five minutes */
  readonly timeout?: Duration;
}

/** A client's properties but for those that the cluster knows. */
export type ClientOptions = Partial<Omit<TrinoClientProps, 'user'>>;

const PATIENCE = Duration.minutes(5);
const POLL = Duration.millis(250);

/** Before it, a new worker is active first, then gets no work until the failure detector has watched it for a while. */
const WORK_AT_ONCE_SINCE = '480';
const WATCHED_WORKERS = 'trino_failuredetector_name_HeartbeatFailureDetector_ActiveCount';

/** Coordinator and workers that run with the files of a plan. */
export class TrinoCluster {
  private readonly nodes: TrinoNode[] = [];
  private workerNumber = 0;

  private constructor(
    private readonly props: TrinoClusterProps,
    private readonly coordinatorPort: number,
    /** Where the coordinator ends TLS, if it does. */
    public readonly httpsPort: number,
  ) {}

  /**
   * Starts all nodes and waits until they work together.
   * @throws TrinoBootError with Trino's words and its files when it refuses them
   */
  public static async start(props: TrinoClusterProps): Promise<TrinoCluster> {
    const cluster = new TrinoCluster(props, await freePort(), await freePort());
    try {
      await cluster.startAll(props.workers ?? 1);
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  public get plan(): TrinoPlan {
    return this.props.plan;
  }

  public get coordinator(): TrinoNode {
    const [coordinator] = this.nodes.filter(({ role }) => role === 'coordinator');
    if (coordinator === undefined) throw new Error('the coordinator is not started');
    return coordinator;
  }

  /** Those that were started, in order; some may have ended since. */
  public get workers(): readonly TrinoNode[] {
    return this.nodes.filter(({ role }) => role === 'worker');
  }

  /** Catalogs that the coordinator has files of: those of the plan, without those whose plugin this server lacks. */
  public get catalogs(): readonly string[] {
    const folder = join(this.coordinator.folder, 'etc', 'catalog');
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files.map((file) => parse(file).name);
  }

  /** Of the coordinator itself, without the load balancer. */
  public client(user: string, options: ClientOptions = {}): TrinoClient {
    return new TrinoClient({ url: this.coordinator.url, user, ...options });
  }

  /** One more worker, which gets work already. */
  public async addWorker(): Promise<TrinoNode> {
    const before = await this.activeNodes();
    const node = await this.startNode('worker');
    await this.untilActive(before + 1);
    return node;
  }

  /** Waits until the coordinator counts so many nodes, itself among them. @throws Error when it does not */
  public async untilActive(count: number): Promise<void> {
    const { timeout = PATIENCE } = this.props;
    const deadline = Date.now() + timeout.toMillis();
    while ((await this.activeNodes()) !== count) {
      if (Date.now() > deadline) throw new Error(`there are not ${count} active nodes after ${timeout.toString()}`);
      await sleep(POLL.toMillis());
    }
  }

  /** Nodes that the coordinator gives work to, itself among them. */
  public async activeNodes(): Promise<number> {
    const { release, users } = this.props.plan;
    const metrics = await this.client(users.metrics).get('/metrics');
    const active = valueOf(nativeName(metricsOf(release).activeNodes), metrics);
    return release.isAtLeast(WORK_AT_ONCE_SINCE) ? active : Math.min(active, 1 + valueOf(WATCHED_WORKERS, metrics));
  }

  /** Workers first: a coordinator without workers fails what still runs. */
  public async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** All at once; a failure is told when none of them is on its way any more. */
  private async startAll(workers: number): Promise<void> {
    mkdirSync(this.exchange, { recursive: true });
    const roles: readonly TrinoRole[] = ['coordinator', ...Array.from({ length: workers }, () => 'worker' as const)];
    const starts = await Promise.allSettled(roles.map((role) => this.startNode(role)));
    const failure = starts.find((start) => start.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    await this.untilActive(workers + 1);
  }

  private async startNode(role: TrinoRole): Promise<TrinoNode> {
    const { plan, home, java, folder, secrets, timeout = PATIENCE } = this.props;
    const name = role === 'coordinator' ? role : `worker-${++this.workerNumber}`;
    const node = await startTrinoNode({
      ...{ name, role, home, java, timeout, version: plan.release.version, coordinatorPort: this.coordinatorPort },
      ...localFiles(plan.chart.files[role], this.surroundings(name)),
      folder: join(folder, name),
      port: role === 'coordinator' ? this.coordinatorPort : await freePort(),
      env: secrets.variables(plan),
      secretFiles: secrets.files(plan, role),
    });
    this.nodes.push(node);
    return node;
  }

  private surroundings(node: string): LocalSurroundings {
    const plugins = new Set(readdirSync(join(this.props.home, 'plugin')));
    return {
      spill: join(this.props.folder, node, 'spill'),
      exchange: this.exchange,
      httpsPort: this.httpsPort,
      plugins,
    };
  }

  private get exchange(): string {
    return join(this.props.folder, 'exchange');
  }
}

/** Of one series in a scrape; 0 while it is not there. */
function valueOf(series: string, scrape: string): number {
  return Number(new RegExp(`^${series}(?:\\{.*\\})? (\\S+)`, 'm').exec(scrape)?.[1] ?? 0);
}
