/**
 * A number from the command line.
 * @param option without its dashes
 * @throws Error naming the option, what it got and what it takes
 */
export function wholeNumber(option: string, text: string, atLeast = 1): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= atLeast) return value;
  throw new Error(`--${option} ${text}: give a whole number from ${atLeast}`);
}
