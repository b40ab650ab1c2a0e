import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { isBrokenPattern } from '../../lib/trino/broken-pattern';
import { wholeMatch } from '../../lib/trino/java-regex';
import { findJava } from '../../local/servers/jdk';
import { describeWhere, TIMEOUT } from './servers/workbench';

jest.setTimeout(TIMEOUT);

/** A pattern, a text, and what Java says of them. */
interface Case {
  readonly pattern: string;
  readonly text: string;
  readonly answer: string;
}

const PIECES = [
  ...['(', ')', '(?:', '(?i)', '(?=', '(?!', '(?<=', '(?<n>', '(?>', '[', ']', '[^', '&&', '-', '|', '^', '$', '.'],
  ...['*', '+', '?', '{', '}', '{2}', '{2,}', '{1,3}', '{3,1}', ',', 'a', 'b', 'Z', 'é', '9', '_', ' ', '#', '!', ':'],
  ...['\\', '\\d', '\\w', '\\W', '\\b', '\\Z', '\\h', '\\.', '\\(', '\\-', '\\Q', '\\E', '\\1', '\\p{L}', '\\x41'],
];
const CHARACTERS = ['a', 'b', 'A', 'Z', 'é', '9', '_', ' ', '#', '-'];
/** Always the same ones: whoever looks for more changes the seed. */
const MADE_UP = { numRuns: 20_000, seed: 6 };

describeWhere()('patterns made up at random', () => {
  let cases: readonly Case[];
  beforeAll(() => {
    cases = answered();
  });

  it('are called broken only where Java refuses them', () => {
    expect(cases.filter(({ pattern, answer }) => isBrokenPattern(pattern) && answer !== 'broken')).toEqual([]);
  });

  it('are called broken in nearly all cases where Java refuses them', () => {
    const refused = cases.filter(({ answer }) => answer === 'broken');
    const missed = refused.filter(({ pattern }) => !isBrokenPattern(pattern));
    expect(refused.length).toBeGreaterThan(cases.length / 4);
    expect(missed.length).toBeLessThan(refused.length / 200);
  });

  it('match what they match in Java, where the library says what they match', () => {
    const matched = cases.flatMap(({ pattern, text, answer }) => {
      const regex = isBrokenPattern(pattern) ? undefined : wholeMatch(pattern);
      return regex === undefined || answer === 'broken' ? [] : [{ pattern, text, answer, here: regex.test(text) }];
    });
    expect(matched.filter(({ answer, here }) => here !== (answer === 'matches'))).toEqual([]);
    expect(matched.filter(({ here }) => here).length).toBeGreaterThan(100);
  });
});

function answered(): readonly Case[] {
  const piece = (pieces: readonly string[], most: number) =>
    fc.array(fc.constantFrom(...pieces), { maxLength: most }).map((parts) => parts.join(''));
  const made = fc.sample(fc.record({ pattern: piece(PIECES, 6), text: piece(CHARACTERS, 3) }), MADE_UP);
  const input = made.map(({ pattern, text }) => `${pattern}\t${text}\n`).join('');
  const program = join(__dirname, 'support', 'Patterns.java');
  const answers = execFileSync(findJava(17), [program], { input, encoding: 'utf8' }).split('\n');
  return made.map((one, index) => ({ ...one, answer: answers[index] ?? '' }));
}
