import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The lock on a stack's state, as the error of a Terraform that did not get it tells. */
export interface StateLock {
  readonly id: string;
  /** Who holds it: `user@host`. */
  readonly who: string;
  readonly created: Date;
}

/** A Terraform that we have started in a stack's folder. */
interface RecordedRun {
  readonly pid: number;
  readonly started: Date;
}

/** The lock that a Terraform did not get. @returns nothing when the text tells of no lock */
export function parseStateLock(detail: string): StateLock | undefined {
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s*(.*?)\\s*$`, 'm').exec(detail)?.[1];
  const [id, who, created] = [field('ID'), field('Who'), field('Created')];
  if (id === undefined || who === undefined || created === undefined) return undefined;
  return { id, who, created: new Date(created.replace(/^(\S+) (\S+?)(\.\d{1,3})?\d* .*$/, '$1T$2$3Z')) };
}

/**
 * The Terraform runs of a stack's folder. Each leaves a file with its process id that it takes away when it ends, so
 * a file without a process is a run that was killed, and the lock that it took is nobody's.
 */
export class RunRegister {
  private readonly folder: string;

  public constructor(stackDirectory: string) {
    this.folder = join(stackDirectory, '.runs');
  }

  public begin(pid: number, started: Date): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, String(pid)), started.toISOString());
  }

  public end(pid: number): void {
    rmSync(join(this.folder, String(pid)), { force: true });
  }

  /** The process ids of the runs that are still going on. */
  public alive(): readonly number[] {
    return this.runs()
      .map(({ pid }) => pid)
      .filter(isAlive);
  }

  /**
   * True when a lock was left behind by a killed run of this very folder: taken on this machine, after that run began,
   * and no run of this folder is going on that could hold it.
   */
  public hasLeftBehind(lock: StateLock): boolean {
    return (
      lock.who.endsWith(`@${hostname()}`) &&
      this.alive().length === 0 &&
      this.runs().some(({ started }) => started <= lock.created)
    );
  }

  /** Forgets the runs that were killed. */
  public clear(): void {
    this.runs()
      .filter(({ pid }) => !isAlive(pid))
      .forEach(({ pid }) => this.end(pid));
  }

  private runs(): readonly RecordedRun[] {
    return filesIn(this.folder).map((name) => ({
      pid: Number(name),
      started: new Date(readFileSync(join(this.folder, name), 'utf8')),
    }));
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** True while a process of that id exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
