import type { IJob } from 'kubernetes-models/batch/v1/Job' with { 'resolution-mode': 'import' };
import type { IContainer } from 'kubernetes-models/v1/Container' with { 'resolution-mode': 'import' };
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec' with { 'resolution-mode': 'import' };
import type { IMySqlDatabase } from '../../aws/mysql-database';
import type { Placement } from '../../aws/node-pool';
import { Cpu, DataSize } from '../../core';
import { AUTHORITY_DIRECTORY, bundleOf, type DatabaseAuthority } from '../database-trust';
import type { PodLabels } from '../network-policy';
import { configured, oneTimeJob } from '../one-time-job';
import { placed, resourcesOf, RESTRICTED_CONTAINER, RESTRICTED_POD } from '../pods';
import { passwordVariable } from './sql';

/** Names of a bootstrap's objects, each made in one place. */
export interface BootstrapNames {
  readonly base: string;
  readonly configMap: string;
  readonly authorityConfigMap: string;
  /** Name of the Secret with all passwords. */
  readonly passwordSecret: string;
  readonly pods: PodLabels;
}

export interface BootstrapJob {
  readonly names: BootstrapNames;
  /** Variables that say where the server is and who is the administrator; they are in the ConfigMap. */
  readonly connection: Readonly<Record<string, string>>;
  readonly authority: DatabaseAuthority;
  readonly sql: string;
  /** How many users, and with them passwords. */
  readonly users: number;
  readonly run: number;
  readonly placement: Placement | undefined;
}

/** The variable from which MySQL's client takes the password. @see https://dev.mysql.com/doc/refman/8.4/en/environment-variables.html */
export const ADMIN_PASSWORD = 'MYSQL_PWD';

/** The client of the server's line; it has curl, too. @see https://github.com/docker-library/mysql/blob/master/8.4/Dockerfile.oracle */
const IMAGE = 'mysql:8.4.10';
const USER = 1000;
const FILES = '/etc/database-bootstrap';
const BUNDLE = '/work/bundle.pem';
const SIZE = { cpu: Cpu.millis(100), memory: DataSize.mib(256) };

/** Another job whenever what it makes, or the way to the server, is another one, as far as the definition tells. */
export function bootstrapJob(props: BootstrapJob): IJob {
  const { names, connection, sql, run } = props;
  const { base, pods: labels } = names;
  return oneTimeJob({ base, labels, pod: podSpec(props), input: [run, sql, connection] });
}

/** What `run.sh` reads, besides passwords. */
export function connectionOf({ endpoint, credentials }: IMySqlDatabase): Record<string, string> {
  return {
    MYSQL_HOST: endpoint.host,
    MYSQL_PORT: String(endpoint.port),
    MYSQL_USER: credentials.username,
  };
}

function podSpec({ names, connection, authority, users, placement }: BootstrapJob): IPodSpec {
  return {
    ...placed(placement),
    automountServiceAccountToken: false,
    securityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
    initContainers: [fetchContainer(authority)],
    containers: [clientContainer(names, Object.keys(connection), users)],
    volumes: [
      { name: 'files', configMap: { name: names.configMap } },
      { name: 'authority', configMap: { name: names.authorityConfigMap } },
      { name: 'work', emptyDir: {} },
    ],
  };
}

function fetchContainer(authority: DatabaseAuthority): IContainer {
  const from = bundleOf(authority);
  const copy = ['cp', from, BUNDLE];
  const fetch = ['curl', '--fail', '--silent', '--show-error', '--location', '--retry', '5', '--output', BUNDLE, from];
  return {
    name: 'authority',
    image: IMAGE,
    command: 'url' in authority ? fetch : copy,
    resources: resourcesOf(SIZE),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'work', mountPath: '/work' },
      { name: 'authority', mountPath: AUTHORITY_DIRECTORY },
    ],
  };
}

function clientContainer(names: BootstrapNames, variables: readonly string[], users: number): IContainer {
  const secrets = [ADMIN_PASSWORD, ...Array.from({ length: users }, (_, index) => passwordVariable(index))];
  return {
    name: 'sql',
    image: IMAGE,
    command: ['sh', `${FILES}/run.sh`, `${FILES}/bootstrap.sql`, BUNDLE],
    env: [
      ...variables.map((name) => configured(name, names.configMap)),
      ...secrets.map((name) => ({ name, valueFrom: { secretKeyRef: { name: names.passwordSecret, key: name } } })),
    ],
    resources: resourcesOf(SIZE),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'files', mountPath: FILES },
      { name: 'work', mountPath: '/work', readOnly: true },
    ],
  };
}
