import { withDefaults } from '../../lib/core';

const DEFAULTS = { retain: true, days: 30 } as const;
interface Options {
  readonly name: string;
  readonly retain?: boolean | undefined;
  readonly days?: number;
}
const completed = (options: Options) => withDefaults(DEFAULTS, options);

test('what is said is kept, what is not said has its default', () => {
  expect(completed({ name: 'lake', days: 7 })).toEqual({ name: 'lake', days: 7, retain: true });
  expect(completed({ name: 'lake', retain: false })).toEqual({ name: 'lake', days: 30, retain: false });
});

test('an option that is passed on as undefined, or as null from JavaScript, is not said', () => {
  expect(completed({ name: 'lake', retain: undefined })).toEqual({ name: 'lake', days: 30, retain: true });
  expect(completed({ name: 'lake', retain: null as unknown as undefined }).retain).toBe(true);
});
