import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Duration } from '../../lib/core';
import { parseProperties, type TrinoRole } from '../../lib/trino';
import { mainProgram } from './assembled-server';
import { type ClassArchive, classArchive } from './class-archive';
import { startProcess, type ServerProcess } from './server-process';

/** Where things are in Trino's image, and where they are here. */
export type ContainerPaths = Readonly<Record<string, string>>;

export interface TrinoNodeProps {
  /** For people, for the log and for `node.id`: `coordinator`, `worker-1`. */
  readonly name: string;
  readonly role: TrinoRole;
  /** The release: `476`. */
  readonly version: string;
  /** The unpacked server. */
  readonly home: string;
  /** The `java` that runs it. */
  readonly java: string;
  /** The node's own: files, data and log; begun anew. */
  readonly folder: string;
  /** Texts by path below `/etc/trino`, as the chart writes them. */
  readonly files: Readonly<Record<string, string>>;
  /** Texts by name below `/etc/trino-secrets`. @default - none */
  readonly secretFiles?: Readonly<Record<string, string>>;
  /** The environment of the container: nothing of this process's is added but what a program cannot do without. */
  readonly env: Readonly<Record<string, string>>;
  /** It listens on 127.0.0.1 alone. */
  readonly port: number;
  /** Of the coordinator. */
  readonly coordinatorPort: number;
  /** Lines of `config.properties` that are others here than in the pod. @default - none */
  readonly overrides?: Readonly<Record<string, string>>;
  /** @default five minutes, for many nodes on few cores */
  readonly timeout?: Duration;
}

/** A running node. */
export interface TrinoNode {
  readonly name: string;
  readonly role: TrinoRole;
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /** Holds `etc`, `secrets`, `data`. */
  readonly folder: string;
  readonly process: ServerProcess;
  stop(patience?: Duration): Promise<void>;
}

/** A configuration that Trino refuses: its words, and the files that it read. */
export class TrinoBootError extends Error {
  public override readonly name = 'TrinoBootError';

  public constructor(
    node: string,
    /** What Trino says of it. */
    public readonly words: string,
    /** Where the files are that it read. */
    public readonly folder: string,
    files: Readonly<Record<string, string>>,
  ) {
    super(`${node} does not boot:\n${words}\n\nIts files, in ${folder}:\n${printed(files, words)}`);
  }
}

/** Starts a node without Trino's launcher, with the files of its pod, and waits until it answers. @throws TrinoBootError */
export async function startTrinoNode(props: TrinoNodeProps): Promise<TrinoNode> {
  const { name, role, port, folder, home, java } = props;
  writeNodeFiles(props);
  const classes = await classArchive({ home, java, folder, writes: role === 'coordinator' });
  const process = await boot(props, classes);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (patience?: Duration) => {
    await process.stop(patience);
    classes.keep();
  };
  return { name, role, url, port, folder, process, stop };
}

/** What the pod has elsewhere: the one place that says so. */
export function containerPaths({ home, folder }: Pick<TrinoNodeProps, 'home' | 'folder'>): ContainerPaths {
  return {
    '/etc/trino-secrets': join(folder, 'secrets'),
    '/etc/trino': join(folder, 'etc'),
    '/usr/lib/trino': home,
    '/data/trino': join(folder, 'data'),
    '/heap-dumps': folder,
  };
}

/** A text of the pod with the paths of this machine. */
export function onThisMachine(text: string, paths: ContainerPaths): string {
  // Only whole names: not /etc/trinology, not /my/etc/trino.
  const names = Object.keys(paths).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![\\w./-])(${names.join('|')})(?![\\w-])`, 'g');
  return text.replace(pattern, (path) => paths[path] ?? path);
}

/**
 * Lines of `config.properties` that a pod has alone and this machine does not: a port of its own, an address that
 * others may not reach. A system property goes before the file, so the file stays what the library wrote.
 */
export function machineOverrides(props: Pick<TrinoNodeProps, 'name' | 'port' | 'coordinatorPort' | 'overrides'>) {
  return {
    'http-server.http.port': String(props.port),
    'discovery.uri': `http://127.0.0.1:${props.coordinatorPort}`,
    'node.id': props.name,
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
    ...SOON_TRUSTED,
    ...props.overrides,
  };
}

/** For how long a new worker is watched before it gets work; releases that do not wait take no notice. */
const SOON_TRUSTED = { 'failure-detector.warmup-interval': '1ms' };

function writeNodeFiles(props: TrinoNodeProps): void {
  const { folder, files, secretFiles = {} } = props;
  const paths = containerPaths(props);
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) write(join(folder, 'etc', name), onThisMachine(text, paths));
  for (const [name, text] of Object.entries(secretFiles)) {
    write(join(folder, 'secrets', name), onThisMachine(text, paths), 0o600);
  }
  mkdirSync(join(folder, 'data'));
  mkdirSync(temporary(folder));
}

/** What the node unpacks for itself goes with its folder. */
function temporary(folder: string): string {
  return join(folder, 'tmp');
}

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
}

async function boot(props: TrinoNodeProps, classes: ClassArchive): Promise<ServerProcess> {
  const { name, java, folder, files, env, port, timeout } = props;
  const log = join(folder, 'server.log');
  try {
    return await startProcess({
      name,
      command: java,
      args: [...classes.options, ...javaArguments(props)],
      cwd: folder,
      env: { ...platformEnvironment(), ...env },
      log,
      ready: () => hasStarted(`http://127.0.0.1:${port}`),
      ...(timeout === undefined ? {} : { timeout }),
    });
  } catch (error) {
    const words = wordsOf(readFileSync(log, 'utf8'));
    throw words === '' ? error : new TrinoBootError(name, words, folder, files);
  }
}

/** What a JVM asks its surroundings for. */
function platformEnvironment(): Readonly<Record<string, string>> {
  const wanted = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];
  return Object.fromEntries(
    wanted.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** What Trino's launcher passes: the JVM's options, `node.properties` as system properties, and the main class. */
function javaArguments(props: TrinoNodeProps): readonly string[] {
  const { home, files, folder } = props;
  const paths = containerPaths(props);
  const jvm = onThisMachine(files['jvm.config'] ?? '', paths)
    .split('\n')
    .filter(isOptionHere);
  const node = parseProperties(onThisMachine(files['node.properties'] ?? '', paths));
  return [
    ...jvm,
    ...JAVA_25,
    ...QUICK_START,
    `-Djava.io.tmpdir=${temporary(folder)}`,
    ...node.map(({ name, value }) => `-D${name}=${value}`),
    ...Object.entries(machineOverrides(props)).map(([name, value]) => `-D${name}=${value}`),
    '-Dconfig=etc/config.properties',
    ...('log.properties' in files ? ['-Dlog.levels-file=etc/log.properties'] : []),
    '-cp',
    join(home, 'lib', '*'),
    ...mainProgram(home, props.version),
  ];
}

/** What the image's launcher adds on Java 24 and newer. */
const JAVA_25 = [
  '--add-modules=jdk.incubator.vector',
  '--sun-misc-unsafe-memory-access=allow',
  '--enable-native-access=ALL-UNNAMED',
];

/**
 * Half of the time of a start goes into compiling well what runs only once, and a tenth into waiting for other JVMs, which
 * Java Object Layout starts to look from outside how large objects are.
 */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-Djol.skipHotspotSAAttach=true'];

/** The image has an agent that ends a JVM out of memory; released servers do not. */
function isOptionHere(line: string): boolean {
  const [, agent] = /^-agentpath:([^=]+)/.exec(line) ?? [];
  return line !== '' && (agent === undefined || existsSync(agent));
}

async function hasStarted(url: string): Promise<boolean> {
  const response = await fetch(`${url}/v1/info`);
  return response.ok && ((await response.json()) as { starting?: boolean }).starting === false;
}

/** The lines by which Trino says why it does not start; each once. */
export function wordsOf(log: string): string {
  const told = log
    .split('\n')
    .flatMap(messagesOf)
    .filter((line) =>
      /^\d+\) |^Caused by: |^(Error|Unrecognized|Exception in)|Exception: |Configuration (errors|is invalid)/.test(
        line,
      ),
    );
  return [...new Set(told)].slice(0, MOST_WORDS).join('\n');
}

const MOST_WORDS = 20;

/** A line of the log is JSON with a stack trace in it, or plain text. */
function messagesOf(line: string): readonly string[] {
  if (!line.startsWith('{')) return [line.trim()];
  try {
    const { level, message = '', stackTrace = '' } = JSON.parse(line) as Record<string, string | undefined>;
    return level === 'ERROR' ? `${message}\n${stackTrace}`.split('\n').map((text) => text.trim()) : [];
  } catch {
    return [];
  }
}

/** The files that Trino names, else the one that it reads first. */
function printed(files: Readonly<Record<string, string>>, words: string): string {
  const named = Object.keys(files).filter((name) => words.includes(name) || words.includes(catalogIn(name)));
  const shown = named.length > 0 ? named : ['config.properties'];
  return shown.map((name) => `# ${name}\n${files[name] ?? ''}`).join('\n');
}

function catalogIn(file: string): string {
  const [, name] = /^catalog\/(.*)\.properties$/.exec(file) ?? [];
  return name === undefined ? file : `catalog ${name}`;
}
