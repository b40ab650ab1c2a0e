import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../servers/free-port';
import { startProcess, type ServerProcess } from '../servers/server-process';
import type { KubernetesBinaries } from './binaries';

/** A running Kubernetes without a single node. */
export interface ControlPlane {
  /** A file: its user may do everything. */
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/** Who talks to the API server, and as whom. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
const USERS = {
  administrator: 'system:masters',
  'system:kube-controller-manager': '',
  'system:kube-scheduler': '',
} as const;
type User = keyof typeof USERS;

/** What the fake nodes and their pods do. */
const STAGES = join(__dirname, 'stages.yaml');
/** Of no importance: nothing listens on an address of a Service. */
const SERVICE_CIDR = '10.96.0.0/16';

/**
 * Starts etcd, the API server, the controller manager, the scheduler and kwok, all on 127.0.0.1, without privileges.
 * Real are the objects' schemas, admission, Pod Security, RBAC, scheduling, eviction and garbage collection. Not real
 * are containers, probes, networks and volumes: kwok writes what a kubelet would say of them.
 * @param folder for their data, their logs and the kubeconfig; nothing is reused from an earlier start
 */
export async function startControlPlane(folder: string, binaries: KubernetesBinaries): Promise<ControlPlane> {
  mkdirSync(folder, { recursive: true });
  const servers = new Servers(folder, binaries);
  try {
    await servers.start();
  } catch (error) {
    await servers.stop();
    throw error;
  }
  return { kubeconfig: servers.kubeconfig('administrator'), stop: () => servers.stop() };
}

class Servers {
  private readonly started: ServerProcess[] = [];
  private port = 0;

  public constructor(
    private readonly folder: string,
    private readonly binaries: KubernetesBinaries,
  ) {}

  public async start(): Promise<void> {
    await this.startApi(await this.startEtcd());
    await Promise.all([this.startControllers(), this.startScheduler(), this.startNodes()]);
  }

  /** The last one first: each needs those before. */
  public async stop(): Promise<void> {
    for (const server of this.started.splice(0).reverse()) await server.stop();
  }

  public kubeconfig(user: User): string {
    return this.path(`${user}.kubeconfig`);
  }

  private async startEtcd(): Promise<string> {
    const [clients, peers] = [await localUrl(), await localUrl()];
    await this.run('etcd', {
      flags: {
        'data-dir': this.path('etcd'),
        'listen-client-urls': clients,
        'advertise-client-urls': clients,
        'listen-peer-urls': peers,
        'initial-advertise-peer-urls': peers,
        'initial-cluster': `default=${peers}`,
        // What is lost when the machine stops was only a test.
        'unsafe-no-fsync': true,
      },
      ready: async () => (await fetch(`${clients}/health`)).ok,
    });
    return clients;
  }

  private async startApi(etcd: string): Promise<void> {
    this.port = await freePort();
    this.writeServiceAccountKeys();
    this.writeUsers();
    await this.run('kube-apiserver', {
      flags: {
        'bind-address': '127.0.0.1',
        'advertise-address': '127.0.0.1',
        'secure-port': this.port,
        // It makes a certificate for itself there, with the authority that signed it.
        'cert-dir': this.path('certificates'),
        'etcd-servers': etcd,
        'token-auth-file': this.path('tokens.csv'),
        'authorization-mode': 'Node,RBAC',
        'service-account-issuer': 'https://kubernetes.invalid',
        'service-account-key-file': this.path('service-accounts.pub'),
        'service-account-signing-key-file': this.path('service-accounts.key'),
        'service-cluster-ip-range': SERVICE_CIDR,
        // No Service leads to the API: an address of this machine's own is refused as an endpoint.
        'endpoint-reconciler-type': 'none',
      },
      ready: () => this.answers('get', '--raw', '/readyz'),
    });
  }

  private startControllers(): Promise<void> {
    return this.run('kube-controller-manager', {
      flags: {
        ...this.clientFlags('system:kube-controller-manager'),
        'service-account-private-key-file': this.path('service-accounts.key'),
        'root-ca-file': this.authority,
        'use-service-account-credentials': true,
      },
      // No pod is admitted before there is one.
      ready: () => this.answers('get', 'serviceaccount', 'default'),
    });
  }

  private startScheduler(): Promise<void> {
    return this.run('kube-scheduler', {
      flags: this.clientFlags('system:kube-scheduler'),
      ready: (line) => line.includes('Starting Kubernetes Scheduler'),
    });
  }

  private async startNodes(): Promise<void> {
    const address = `127.0.0.1:${await freePort()}`;
    await this.run('kwok', {
      flags: {
        kubeconfig: this.kubeconfig('administrator'),
        config: STAGES,
        'manage-all-nodes': true,
        // Else the controllers take the nodes for gone.
        'node-lease-duration-seconds': 40,
        cidr: '10.244.0.0/16',
        'node-ip': '127.0.0.1',
        'server-address': address,
      },
      ready: async () => (await fetch(`http://${address}/healthz`)).ok,
    });
  }

  private clientFlags(user: User): Flags {
    return { kubeconfig: this.kubeconfig(user), 'leader-elect': false, 'secure-port': 0 };
  }

  private async run(name: string, { flags, ready }: { flags: Flags; ready: Ready }): Promise<void> {
    const { controlPlane, kwok } = this.binaries;
    const [command, first] = name === 'kwok' ? [kwok, []] : [controlPlane, [name]];
    const args = [...first, ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)];
    this.started.push(
      await startProcess({ name, command, args, cwd: this.folder, log: this.path(`${name}.log`), ready }),
    );
  }

  private async answers(...args: readonly string[]): Promise<boolean> {
    const { execa } = await import('execa');
    const kubeconfig = this.kubeconfig('administrator');
    const { exitCode } = await execa(this.binaries.kubectl, ['--kubeconfig', kubeconfig, ...args], { reject: false });
    return exitCode === 0;
  }

  private writeServiceAccountKeys(): void {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    writeFileSync(this.path('service-accounts.key'), privateKey, { mode: 0o600 });
    writeFileSync(this.path('service-accounts.pub'), publicKey);
  }

  /** A token for each user, in the server's list and in the user's kubeconfig. */
  private writeUsers(): void {
    const lines = Object.entries(USERS).map(([user, group]) => {
      const token = randomUUID();
      this.writeKubeconfig(user, token);
      return `${token},${user},${user},"${group}"`;
    });
    writeFileSync(this.path('tokens.csv'), lines.join('\n'), { mode: 0o600 });
  }

  private writeKubeconfig(user: string, token: string): void {
    const cluster = { server: `https://127.0.0.1:${this.port}`, 'certificate-authority': this.authority };
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'local', cluster }],
      users: [{ name: user, user: { token } }],
      contexts: [{ name: 'local', context: { cluster: 'local', user } }],
      'current-context': 'local',
    };
    // JSON is YAML.
    writeFileSync(this.path(`${user}.kubeconfig`), JSON.stringify(config), { mode: 0o600 });
  }

  private get authority(): string {
    return this.path('certificates/apiserver.crt');
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

type Flags = Readonly<Record<string, string | number | boolean>>;
type Ready = Parameters<typeof startProcess>[0]['ready'];

async function localUrl(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}
