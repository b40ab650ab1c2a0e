/** Work that takes its time, as it is shown. */
export interface Steps {
  /** Does one piece of work. @param name one of the names that were announced */
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Nobody looks. */
export const SILENT: Steps = { run: (_name, work) => work() };

/** Live lines on a terminal, else a plain line for each piece of work when it begins and when it ends. */
export class StepBoard implements Steps {
  private readonly steps: ReadonlyMap<string, Step>;

  /** @param names of everything that will be done, in the order in which it is shown */
  public constructor(names: readonly string[]) {
    this.steps = new Map(names.map((name) => [name, { begun: deferred(), ended: deferred() }]));
  }

  public async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const step = this.steps.get(name);
    step?.begun.resolve(true);
    const begun = performance.now();
    try {
      const result = await work();
      step?.ended.resolve(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
      return result;
    } catch (error) {
      step?.ended.reject(new Error(String(error).split('\n')[0]));
      throw error;
    }
  }

  /** Shows everything until `work` is through; steps that were not begun by then are left out. */
  public async show<T>(work: Promise<T>): Promise<T> {
    void work.then(this.close, this.close); // before anything is waited for: it may fail meanwhile
    const { Listr } = await import('listr2');
    const tasks = [...this.steps].map(([title, { begun, ended }]) => ({
      title,
      task: async (_: unknown, task: { title: string; skip(message: string): void }) => {
        if (await begun.promise) task.title = await ended.promise;
        else task.skip(`${title}: not begun`);
      },
    }));
    await new Listr(tasks, {
      concurrent: true,
      exitOnError: false,
      fallbackRenderer: 'simple',
      registerSignalListeners: false, // Ctrl-C is for the whole platform
    }).run();
    return work;
  }

  private readonly close = (): void => this.steps.forEach(({ begun }) => begun.resolve(false));
}

interface Step {
  /** False when the work never came to it. */
  readonly begun: Deferred<boolean>;
  readonly ended: Deferred<string>;
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

function deferred<T>(): Deferred<T> {
  let settle: Omit<Deferred<T>, 'promise'> = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  promise.catch(() => undefined); // told by whoever does the work, whether the board is shown or not
  return { promise, ...settle };
}
