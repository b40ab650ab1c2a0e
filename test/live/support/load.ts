import { setTimeout as pause } from 'node:timers/promises';
import type { TrinoClient } from '../../../local/servers/trino-client';
import type { TrinoNode } from '../../../local/servers/trino-node';

/** Statements that are asked again and again until nobody wants them any more. */
export interface Load {
  /** Queries that have given their rows. */
  readonly finished: number;
  /** What went wrong, query by query. */
  readonly failures: readonly Error[];
  /** Waits until so many more queries have ended, well or not. */
  untilEnded(more: number): Promise<void>;
  /** Asks nothing more, and waits for what still runs. */
  stop(): Promise<void>;
}

/** What a client takes to read an answer, in milliseconds: the load leaves something of two cores to those who leave it. */
const READING = 500;

/** Starts a client for each statement, which asks it again when it has read the answer to the last time. */
export function startLoad(client: TrinoClient, statements: readonly string[]): Load {
  const load = new RunningLoad(client);
  load.start(statements);
  return load;
}

/** Waits until a worker has tasks of a load. @param client of somebody who sees the queries of all */
export async function untilBusy(client: TrinoClient, worker: TrinoNode, load: Load): Promise<void> {
  const sql = `SELECT count(*) FROM system.runtime.tasks WHERE node_id = '${worker.name}' AND state = 'RUNNING'`;
  while ((await client.value(sql)) === 0) await load.untilEnded(1);
}

class RunningLoad implements Load {
  public finished = 0;
  public readonly failures: Error[] = [];
  private wanted = true;
  private clients: Promise<unknown> = Promise.resolve();
  private listeners: (() => void)[] = [];

  public constructor(private readonly client: TrinoClient) {}

  public start(statements: readonly string[]): void {
    this.clients = Promise.all(statements.map((sql) => this.askWhileWanted(sql)));
  }

  public async untilEnded(more: number): Promise<void> {
    const goal = this.ended + more;
    while (this.ended < goal) await new Promise<void>((resolve) => this.listeners.push(resolve));
  }

  public async stop(): Promise<void> {
    this.wanted = false;
    await this.clients;
  }

  private get ended(): number {
    return this.finished + this.failures.length;
  }

  private async askWhileWanted(sql: string): Promise<void> {
    while (this.wanted) {
      await this.ask(sql);
      this.listeners.splice(0).forEach((tell) => tell());
      await pause(READING);
    }
  }

  private async ask(sql: string): Promise<void> {
    try {
      await this.client.query(sql);
      this.finished++;
    } catch (error) {
      this.failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
