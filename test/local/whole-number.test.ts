import { wholeNumber } from '../../local/whole-number';

describe('a whole number from the command line', () => {
  it.each(['1', '12', '007'])('may be %j', (text) => {
    expect(wholeNumber('minutes', text)).toBe(Number(text));
  });

  it.each(['x', '', '0', '-1', '1.5', '1e3', 'Infinity'])('fails when it is %j, naming the option', (text) => {
    expect(() => wholeNumber('minutes', text)).toThrow(`--minutes ${text}: give a whole number from 1`);
  });

  it('may begin lower', () => {
    expect(wholeNumber('seed', '0', 0)).toBe(0);
    expect(() => wholeNumber('seed', '-1', 0)).toThrow('from 0');
  });
});
