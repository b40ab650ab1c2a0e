/** A program that this machine lacks and that the project cannot install by itself. */
export class MissingToolError extends Error {
  public override readonly name = 'MissingToolError';

  /**
   * @param tool the program's name
   * @param wanted the versions that would do, as a clause: `1.11 or newer`
   * @param found what is there instead
   * @param source where people get it
   */
  public constructor(
    public readonly tool: string,
    public readonly wanted: string,
    found: string,
    source: string,
  ) {
    super(`${tool} ${wanted} is needed, found ${found}: install it from ${source} so that it is on the PATH`);
  }
}
