import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IContainer } from 'kubernetes-models/v1/Container' with { 'resolution-mode': 'import' };
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec' with { 'resolution-mode': 'import' };
import type { IVolumeMount } from 'kubernetes-models/v1/VolumeMount' with { 'resolution-mode': 'import' };
import type { Placement } from '../../aws/node-pool';
import { DataSize } from '../../core';
import { AUTHORITY_DIRECTORY, bundleOf, type DatabaseAuthority } from '../database-trust';
import { type ContainerSize, placed, resourcesOf, RESTRICTED_CONTAINER, RESTRICTED_POD } from '../pods';
import type { MetastoreNames } from './names';
import { LOG_CONFIGURATION, PASSWORD_VARIABLE, THRIFT_PORT } from './site';
import { type HiveVersion, INSTALLED, INSTALLED_LIBRARIES } from './version';

/** What the pods of a metastore have in common. */
export interface MetastorePod {
  readonly names: MetastoreNames;
  readonly hive: HiveVersion;
  /** An image with everything in it. @default - the release's image, completed when a pod starts */
  readonly image: string | undefined;
  readonly mavenRepository: string | undefined;
  readonly authority: DatabaseAuthority;
  /** Name of the Secret with the password. */
  readonly passwordSecret: string;
  readonly size: ContainerSize;
  readonly placement: Placement | undefined;
}

const USER = 1000;
const CONFIGURATION = '/etc/hive-metastore';
const TRUST = '/opt/trust';
const INSTALLING: ContainerSize['memory'] = DataSize.mib(256);
/** Of the container's memory; the rest is for the JVM itself and its threads. */
const HEAP_SHARE = 0.7;

/** The trust store that `trust.sh` makes. It holds certificates only, so its password is no secret. */
export const TRUST_STORE = {
  trustCertificateKeyStoreUrl: `file:${TRUST}/database.p12`,
  trustCertificateKeyStoreType: 'PKCS12',
  trustCertificateKeyStorePassword: 'changeit',
};

/** Files of the ConfigMap that every pod mounts; `site` is `metastore-site.xml`. */
export function configurationFiles(site: string, { artifacts }: HiveVersion): Record<string, string> {
  return {
    'metastore-site.xml': site,
    'metastore-log4j2.properties': LOG_CONFIGURATION,
    'install.sh': script('install.sh'),
    'trust.sh': script('trust.sh'),
    'artifacts.txt': artifacts,
  };
}

function script(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

export function serverPodSpec(pod: MetastorePod): IPodSpec {
  const server: IContainer = {
    ...javaContainer(pod, 'metastore', ['org.apache.hadoop.hive.metastore.HiveMetaStore', '-p', String(THRIFT_PORT)]),
    ports: [{ name: 'thrift', containerPort: THRIFT_PORT }],
    // It has no other sign of life than its port; connecting to the database comes before that.
    startupProbe: { tcpSocket: { port: 'thrift' }, periodSeconds: 5, failureThreshold: 60 },
    readinessProbe: { tcpSocket: { port: 'thrift' }, periodSeconds: 10 },
    livenessProbe: { tcpSocket: { port: 'thrift' }, periodSeconds: 20, failureThreshold: 3 },
  };
  return podSpec(pod, server);
}

/** `initOrUpgradeSchema` finds out by itself what there is to do, if anything. */
export function schemaPodSpec(pod: MetastorePod): IPodSpec {
  const tool = 'org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool';
  const container = javaContainer(pod, 'schema', [tool, '-dbType', 'mysql', '-initOrUpgradeSchema']);
  return podSpec(pod, container);
}

function podSpec(pod: MetastorePod, container: IContainer): IPodSpec {
  return {
    ...placed(pod.placement),
    serviceAccountName: pod.names.base,
    // It never asks Kubernetes for anything; the token of its role is another one.
    automountServiceAccountToken: false,
    securityContext: { ...RESTRICTED_POD, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
    initContainers: [...(pod.image === undefined ? [installContainer(pod)] : []), trustContainer(pod)],
    containers: [container],
    volumes: [
      { name: 'configuration', configMap: { name: pod.names.configMap } },
      { name: 'authority', configMap: { name: pod.names.authorityConfigMap } },
      { name: 'trust', emptyDir: {} },
      { name: 'scratch', emptyDir: {} },
      ...(pod.image === undefined ? [{ name: 'installed', emptyDir: {} }] : []),
    ],
  };
}

/** Java is called without the release's own start scripts, which write into folders that are read-only here. */
function javaContainer(pod: MetastorePod, name: string, args: readonly string[]): IContainer {
  const { image, hive, size } = pod;
  const home = image === undefined ? hive.home : INSTALLED;
  const libraries = image === undefined ? hive.libraries : INSTALLED_LIBRARIES;
  const heap = size.memory.times(HEAP_SHARE).floorToMib().toJava();
  return {
    name,
    image: image ?? hive.image,
    command: ['java', `-Xmx${heap}`, '-cp', [CONFIGURATION, ...libraries].join(':'), ...args],
    env: [
      { name: 'METASTORE_HOME', value: home },
      { name: PASSWORD_VARIABLE, valueFrom: { secretKeyRef: { name: pod.passwordSecret, key: PASSWORD_VARIABLE } } },
    ],
    resources: resourcesOf(size),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [...commonMounts(pod), { name: 'trust', mountPath: TRUST, readOnly: true }],
  };
}

function installContainer(pod: MetastorePod): IContainer {
  const { mavenRepository, size } = pod;
  return {
    name: 'install',
    image: pod.hive.image,
    command: ['sh', `${CONFIGURATION}/install.sh`, `${CONFIGURATION}/artifacts.txt`, INSTALLED],
    env: mavenRepository === undefined ? [] : [{ name: 'MAVEN_REPOSITORY', value: mavenRepository }],
    resources: resourcesOf({ cpu: size.cpu, memory: INSTALLING }),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: commonMounts(pod),
  };
}

function trustContainer(pod: MetastorePod): IContainer {
  const { image, hive, size, authority } = pod;
  return {
    name: 'trust',
    image: image ?? hive.image,
    command: ['sh', `${CONFIGURATION}/trust.sh`, bundleOf(authority), `${TRUST}/database.p12`],
    resources: resourcesOf({ cpu: size.cpu, memory: INSTALLING }),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      ...commonMounts(pod),
      { name: 'trust', mountPath: TRUST },
      { name: 'authority', mountPath: AUTHORITY_DIRECTORY },
    ],
  };
}

function commonMounts({ image }: MetastorePod): IVolumeMount[] {
  return [
    { name: 'configuration', mountPath: CONFIGURATION },
    { name: 'scratch', mountPath: '/tmp' },
    ...(image === undefined ? [{ name: 'installed', mountPath: INSTALLED }] : []),
  ];
}
