import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryContext } from '../../../lib/trino';

/** What Trino tells of a query. */
export interface QueryState {
  /** `QUEUED`, `RUNNING`, `FINISHED`, `FAILED`. */
  readonly state: string;
  /** Id of its resource group. */
  readonly group: string | undefined;
  /** `EXCEEDED_TIME_LIMIT`. */
  readonly error: string | undefined;
}

/** In milliseconds. */
const PATIENCE = 300_000;
const POLL = 200;

/** Begins queries whose rows nobody fetches, and looks how they do; of a platform without authentication. */
export class StatementClient {
  public constructor(
    private readonly url: string,
    private readonly context: QueryContext,
  ) {}

  /** Begins a query. It goes on as far as it can while its client asks for no rows. @returns its id */
  public async begin(sql: string): Promise<string> {
    const answer = await this.send('POST', `${this.url}/v1/statement`, sql);
    const { id, nextUri } = (await answer.json()) as { id: string; nextUri: string };
    // Queries are planned when their client has asked once more.
    await this.send('GET', nextUri);
    return id;
  }

  public async look(id: string): Promise<QueryState> {
    const answer = await this.send('GET', `${this.url}/v1/query/${id}`);
    const { state, errorCode, resourceGroupId } = (await answer.json()) as {
      state: string;
      errorCode?: { name: string };
      resourceGroupId?: readonly string[];
    };
    return { state, group: resourceGroupId?.join('.'), error: errorCode?.name };
  }

  /** Waits until a query is as wanted. @throws Error when it is not, after minutes */
  public async until(id: string, isWanted: (query: QueryState) => boolean): Promise<QueryState> {
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const query = await this.look(id);
      if (isWanted(query)) return query;
      if (Date.now() > deadline) throw new Error(`query ${id} is still ${JSON.stringify(query)}`);
      await sleep(POLL);
    }
  }

  public async cancel(id: string): Promise<void> {
    await this.send('DELETE', `${this.url}/v1/query/${id}`);
  }

  private async send(method: string, url: string, body?: string): Promise<Response> {
    const { user, source, clientTags = [] } = this.context;
    const headers = {
      'X-Trino-User': user,
      ...(source === undefined ? {} : { 'X-Trino-Source': source }),
      ...(clientTags.length === 0 ? {} : { 'X-Trino-Client-Tags': clientTags.join(',') }),
    };
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}
