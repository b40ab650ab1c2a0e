/** What can wait for others. */
export interface Dependent {
  readonly id: string;
  /** Ids of those that must be done before. */
  readonly dependencies: readonly string[];
}

/** Lets at most so many pieces of work run at a time; the others wait in the order in which they came. */
export class Limit {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  public constructor(private readonly most: number) {}

  public async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.most) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}

/** Work that was not begun, because what it depends on failed. */
export class NotReachedError extends Error {
  public override readonly name = 'NotReachedError';

  public constructor(dependency: string) {
    super(`not begun: '${dependency}', which it depends on, is not there`);
  }
}

/**
 * Does work on each item as soon as those that it depends on are done, at the same time where they do not depend on
 * each other.
 * @returns each item's result by its id; one whose dependency failed is rejected with `NotReachedError`
 * @throws Error when the items depend on each other in a circle or on one that is not there
 */
export function inOrder<T extends Dependent, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): ReadonlyMap<string, Promise<R>> {
  const results = new Map<string, Promise<R>>();
  for (const item of sorted(items)) {
    const before = item.dependencies.map((id) => reached(id, results.get(id)));
    const result = Promise.all(before).then(() => work(item));
    // A failure is seen by whoever awaits this result; until then Node must not take it for one that nobody handles.
    result.catch(() => undefined);
    results.set(item.id, result);
  }
  return results;
}

/** The same items, dependants first: the order in which they are taken away. */
export function reversed<T extends Dependent>(items: readonly T[]): readonly (T & Dependent)[] {
  return items.map((item) => ({
    ...item,
    dependencies: items.filter(({ dependencies }) => dependencies.includes(item.id)).map(({ id }) => id),
  }));
}

/** The items, each after those that it depends on. */
export function sorted<T extends Dependent>(items: readonly T[]): readonly T[] {
  const done: T[] = [];
  let rest = items;
  while (rest.length > 0) {
    const ready = rest.filter(({ dependencies }) => dependencies.every((id) => done.some((item) => item.id === id)));
    if (ready.length === 0)
      throw new Error(
        `no order for ${rest.map(({ id }) => id).join(', ')}: they wait in a circle or for what is not there`,
      );
    done.push(...ready);
    rest = rest.filter((item) => !ready.includes(item));
  }
  return done;
}

async function reached(id: string, result: Promise<unknown> | undefined): Promise<void> {
  try {
    await result;
  } catch {
    throw new NotReachedError(id);
  }
}
