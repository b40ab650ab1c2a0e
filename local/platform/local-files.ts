import { parseProperties, renderProperties } from '../../lib/trino';

/** What stands for the volumes and the buckets of pods. */
export interface LocalSurroundings {
  /** A folder for the volume of spilled data. */
  readonly spill: string;
  /** A folder for the bucket of exchange data, shared by all nodes: no S3 emulator takes what the exchange sends. */
  readonly exchange: string;
  /** A free port for TLS, where the coordinator ends it. */
  readonly httpsPort: number;
  /** Folders of the server's `plugin`. */
  readonly plugins: ReadonlySet<string>;
}

/** A pod's files, ready for a node without Kubernetes and AWS. */
export interface LocalFiles {
  readonly files: Readonly<Record<string, string>>;
  /** Lines of `config.properties` that this machine has otherwise. */
  readonly overrides: Readonly<Record<string, string>>;
  /** Files of plugins that this server does not have, which it would refuse. */
  readonly leftOut: readonly string[];
}

const EXCHANGE = 'exchange-manager.properties';
const SPILL_PATH = 'spiller-spill-path';
const HTTPS_PORT = 'http-server.https.port';

/** What no definition can say: the exchange in a folder, where the spill volume is, which plugins there are. */
export function localFiles(files: LocalFiles['files'], surroundings: LocalSurroundings): LocalFiles {
  const { exchange, spill, httpsPort, plugins } = surroundings;
  const configured = parseProperties(files['config.properties'] ?? '').map(({ name }) => name);
  const here = { [SPILL_PATH]: spill, [HTTPS_PORT]: String(httpsPort) };
  const leftOut = Object.entries(files).flatMap(([name, text]) => (isServed(name, text, plugins) ? [] : [name]));
  const kept = Object.entries(files).filter(([name]) => !leftOut.includes(name));
  const entries = kept.map(([name, text]) => [name, name === EXCHANGE ? localExchange(text, exchange) : text] as const);
  return {
    files: Object.fromEntries(entries),
    overrides: Object.fromEntries(Object.entries(here).filter(([name]) => configured.includes(name))),
    leftOut,
  };
}

/** The plugin that reads a file, where that is not the server itself; of catalogs it is called like the connector. */
const READERS: Readonly<Record<string, string>> = {
  'resource-groups.properties': 'resource-group-managers',
  'session-property-config.properties': 'session-property-managers',
  'password-authenticator.properties': 'password-authenticators',
  'event-listener.properties': 'mysql-event-listener',
  [EXCHANGE]: 'exchange-filesystem',
};

function isServed(name: string, text: string, plugins: ReadonlySet<string>): boolean {
  const reader = READERS[name] ?? connectorPlugin(name, text);
  return reader === undefined || plugins.has(reader);
}

/** `delta_lake` is in `plugin/delta-lake`. */
function connectorPlugin(name: string, text: string): string | undefined {
  if (!name.startsWith('catalog/')) return undefined;
  return parseProperties(text)
    .find((line) => line.name === 'connector.name')
    ?.value.replaceAll('_', '-');
}

function localExchange(text: string, folder: string): string {
  const lines = parseProperties(text).filter(({ name }) => !name.startsWith('exchange.s3.'));
  return renderProperties({
    ...Object.fromEntries(lines.map(({ name, value }) => [name, value])),
    'exchange.base-directories': folder,
  });
}
