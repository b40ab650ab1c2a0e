import { inOrder, Limit, reversed, sorted, type Dependent } from '../../local/schedule';

const STACKS: readonly Dependent[] = [
  { id: 'cluster', dependencies: ['network', 'bootstrap'] },
  { id: 'data', dependencies: ['network'] },
  { id: 'network', dependencies: ['bootstrap'] },
  { id: 'bootstrap', dependencies: [] },
];

test('stacks are sorted behind those that they depend on', () => {
  expect(sorted(STACKS).map(({ id }) => id)).toEqual(['bootstrap', 'network', 'cluster', 'data']);
});

test.each([
  [
    'in a circle',
    [
      { id: 'a', dependencies: ['b'] },
      { id: 'b', dependencies: ['a'] },
    ],
  ],
  ['on what is not there', [{ id: 'a', dependencies: ['b'] }]],
])('fails when stacks depend on each other %s, and names them', (_, stacks) => {
  expect(() => sorted(stacks)).toThrow('no order for a');
});

test('what depends on a stack is destroyed before it', () => {
  const destroyed = sorted(reversed(STACKS)).map(({ id }) => id);
  expect(destroyed).toEqual(['cluster', 'data', 'network', 'bootstrap']);
});

test('stacks that do not depend on each other are worked on at the same time, the others are not', async () => {
  const log: string[] = [];
  const results = inOrder(STACKS, async ({ id }) => {
    log.push(`+${id}`);
    await new Promise((resolve) => setImmediate(resolve));
    log.push(`-${id}`);
  });
  await Promise.all(results.values());
  expect(log).toEqual(['+bootstrap', '-bootstrap', '+network', '-network', '+cluster', '+data', '-cluster', '-data']);
});

test('fails when a stack fails: those behind it are not begun and name it, the others are finished', async () => {
  const begun: string[] = [];
  const results = inOrder([...STACKS, { id: 'side', dependencies: ['bootstrap'] }], async ({ id }) => {
    begun.push(id);
    if (id === 'network') throw new Error('no address left');
    return Promise.resolve(id);
  });
  await expect(results.get('network')).rejects.toThrow('no address left');
  await expect(results.get('data')).rejects.toThrow("not begun: 'network', which it depends on, is not there");
  await expect(results.get('side')).resolves.toBe('side');
  expect(begun).toEqual(['bootstrap', 'network', 'side']);
});

test('a limit lets no more through at a time, and all of them in the end, failed ones included', async () => {
  const limit = new Limit(2);
  let running = 0;
  let most = 0;
  const work = async (fails: boolean): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (fails) throw new Error('failed');
  };
  const results = await Promise.allSettled(
    [true, false, true, false, false].map((fails) => limit.run(() => work(fails))),
  );
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(most).toBe(2);
});
