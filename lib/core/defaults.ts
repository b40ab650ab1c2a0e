/** Options with every default filled in. */
export type WithDefaults<O extends object, D extends Partial<O>> = Omit<O, keyof D> & {
  readonly [K in keyof D]: K extends keyof O ? Exclude<O[K], undefined> : D[K];
};

/**
 * What an options object says, and the defaults where it says nothing: an option that is passed on as `undefined`
 * (`retain: props.retain`) is not said, while a spread would let it take the default away.
 */
export function withDefaults<O extends object, D extends Partial<O>>(defaults: D, options: O): WithDefaults<O, D> {
  const said = Object.entries(options).filter(([, value]) => value !== undefined && value !== null);
  return { ...defaults, ...Object.fromEntries(said) } as WithDefaults<O, D>;
}
