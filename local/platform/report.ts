import Table from 'cli-table3';
import pc from 'picocolors';
import type { TrinoResult } from '../servers/trino-client';
import type { Change } from './overlay';

/** What is different from the cluster, line by line. */
export function changeReport(changes: readonly Change[]): string {
  const width = Math.max(...changes.map(({ path }) => path.length));
  const lines = changes.map(({ path, here }) => `  ${path.padEnd(width)}  ${here}`);
  return [pc.bold('On this machine instead of in the cluster:'), ...lines].join('\n');
}

/** Rows as a table. */
export function rowTable({ columns, rows }: Pick<TrinoResult, 'columns' | 'rows'>): string {
  const table = new Table({ head: columns.map(({ name }) => name), style: { head: [], border: [] } });
  table.push(...rows.map((row) => row.map((value) => (value === null ? '' : String(value)))));
  return table.toString();
}

/** How to go on. */
export interface Access {
  readonly url: string;
  readonly user: string;
  /** The file that the password is in. @default - none is asked for */
  readonly passwordFile?: string;
  /** Certificates that a client has to trust. @default - TLS is not used */
  readonly authority?: string;
  /** Where logs and files are. */
  readonly folder: string;
}

export function accessReport({ url, user, passwordFile, authority, folder }: Access): string {
  const trust = authority === undefined ? '' : ` --truststore-path ${authority}`;
  const password = passwordFile === undefined ? '' : ' --password';
  const lines = {
    'SQL client': `trino --server ${url} --user ${user}${password}${trust}`,
    'Web UI': `${url}/ui`,
    User: passwordFile === undefined ? `${user}, or any other name: nobody asks for a password` : user,
    ...(passwordFile === undefined ? {} : { Password: `in ${passwordFile}` }),
    'Files and logs': folder,
  };
  const width = Math.max(...Object.keys(lines).map((name) => name.length));
  return Object.entries(lines)
    .map(([name, text]) => `${pc.bold(name.padEnd(width))}  ${text}`)
    .join('\n');
}
