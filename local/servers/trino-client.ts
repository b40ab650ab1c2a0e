import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientCertificate, httpRequest } from './http-request';

/** Who asks Trino, and how. */
export interface TrinoClientProps {
  /** `http://127.0.0.1:8080`, or the address of the load balancer. */
  readonly url: string;
  readonly user: string;
  /** @default - none is sent */
  readonly password?: string;
  /** What resource groups see. @default 'cdktf-trino' */
  readonly source?: string;
  /** @default - none */
  readonly tags?: readonly string[];
  /** Session properties: `{ 'query_max_run_time': '1m' }`. @default - none */
  readonly session?: Readonly<Record<string, string>>;
  /** Certificates (PEM) that are trusted. @default - Node's */
  readonly ca?: string;
  /** @default - none is shown */
  readonly certificate?: ClientCertificate;
  /** Further headers. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
}

/** What Trino says of a query while it runs and when it is through. */
export interface TrinoStats {
  readonly state: string;
  readonly nodes: number;
  readonly elapsedTimeMillis: number;
  readonly queuedTimeMillis: number;
  readonly processedRows: number;
  readonly physicalInputBytes: number;
  readonly peakMemoryBytes: number;
  readonly spilledBytes: number;
}

export interface TrinoResult {
  readonly id: string;
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly unknown[])[];
  readonly stats: TrinoStats;
}

/** A query that failed, as Trino says it. */
export class QueryError extends Error {
  public override readonly name = 'QueryError';

  public constructor(
    public readonly queryId: string,
    /** `TABLE_NOT_FOUND`. */
    public readonly errorName: string,
    /** `USER_ERROR`. */
    public readonly errorType: string,
    message: string,
  ) {
    super(`${errorName}: ${message}`);
  }
}

/** A request that was no query: not logged in, no such address. */
export class HttpError extends Error {
  public override readonly name = 'HttpError';

  public constructor(
    public readonly status: number,
    body: string,
  ) {
    super(`HTTP ${status}: ${body.slice(0, 500)}`);
  }
}

interface Answer {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly stats: TrinoStats;
  readonly error?: { readonly errorName: string; readonly errorType: string; readonly message: string };
}

/** How a query is watched. */
export interface QueryOptions {
  /** Called with what Trino says each time that it is asked. */
  readonly onStats?: (stats: TrinoStats, id: string) => void;
}

/**
 * Asks Trino as clients do. It looks at no variable of the environment: no proxy, no user, no certificates.
 * @see https://trino.io/docs/current/develop/client-protocol.html
 */
export class TrinoClient {
  public constructor(private readonly props: TrinoClientProps) {}

  /** The same with other properties: `client.with({ user: 'bob' })`. */
  public with(changes: Partial<TrinoClientProps>): TrinoClient {
    return new TrinoClient({ ...this.props, ...changes });
  }

  /** Runs a statement until its end. @throws QueryError HttpError */
  public async query(sql: string, { onStats }: QueryOptions = {}): Promise<TrinoResult> {
    const rows: (readonly unknown[])[] = [];
    let columns: readonly TrinoColumn[] = [];
    let answer = await this.ask('POST', `${this.props.url}/v1/statement`, sql);
    for (;;) {
      const { id, error, stats, nextUri } = answer;
      if (error !== undefined) throw new QueryError(id, error.errorName, error.errorType, error.message);
      onStats?.(stats, id);
      columns = answer.columns ?? columns;
      rows.push(...(answer.data ?? []));
      if (nextUri === undefined) return { id, columns, rows, stats };
      answer = await this.ask('GET', nextUri);
    }
  }

  /** The first column of the first row. */
  public async value(sql: string): Promise<unknown> {
    return (await this.query(sql)).rows[0]?.[0];
  }

  /** Any other request, as the user: `/v1/info`. @throws HttpError */
  public async get(path: string): Promise<string> {
    return this.send('GET', `${this.props.url}${path}`);
  }

  private async ask(method: string, url: string, body?: string): Promise<Answer> {
    return JSON.parse(await this.send(method, url, body)) as Answer;
  }

  /** Answers that mean "not now" are asked for again, as the protocol says. */
  private async send(method: string, url: string, body?: string): Promise<string> {
    const { ca, certificate } = this.props;
    for (;;) {
      const response = await httpRequest(url, { method, headers: this.headers(), body, ca, ...certificate });
      const answer = await text(response);
      const { statusCode = 0 } = response;
      if (statusCode === 200) return answer;
      if (![502, 503, 504].includes(statusCode)) throw new HttpError(statusCode, answer);
      await sleep(100);
    }
  }

  private headers(): Readonly<Record<string, string>> {
    const { user, password, source = 'cdktf-trino', tags = [], session = {}, headers } = this.props;
    const properties = Object.entries(session).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    return {
      'X-Trino-User': user,
      'X-Trino-Source': source,
      ...(tags.length === 0 ? {} : { 'X-Trino-Client-Tags': tags.join(',') }),
      ...(properties.length === 0 ? {} : { 'X-Trino-Session': properties.join(',') }),
      ...(password === undefined ? {} : { Authorization: basic(user, password) }),
      ...headers,
    };
  }
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
