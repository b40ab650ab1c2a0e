import { StepBoard } from '../../../local/platform/steps';

/** The board prints for people; the tests look at what it gives. */
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

const NAMES = ['mysql', 'trino'];

it('gives what the work gives, when all steps are through', async () => {
  const board = new StepBoard(NAMES);
  const work = async () => [
    await board.run('mysql', () => Promise.resolve(1)),
    await board.run('trino', () => Promise.resolve(2)),
  ];
  expect(await board.show(work())).toEqual([1, 2]);
});

it('fails with the error of a step that fails, and waits for none behind it', async () => {
  const board = new StepBoard(NAMES);
  const shown = board.show(board.run('mysql', () => Promise.reject(new Error('no room'))));
  await expect(shown).rejects.toThrow('no room');
});
