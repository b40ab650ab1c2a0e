import Sequencer from '@jest/test-sequencer';

/** They take most of the time of their suites. */
const LONGEST = ['emulator/environments', 'live/boot', 'live/drain'].map((name) => `${name}.test.ts`);

/** The longest files begin first: in a new clone jest knows no times yet, and takes the largest for the longest. */
export default class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONGEST.some((name) => path.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
