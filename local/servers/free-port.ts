/** A TCP port of 127.0.0.1 that nobody listens on; two calls of one process never get the same one. */
export async function freePort(): Promise<number> {
  const { default: getPort } = await import('get-port');
  return getPort({ host: '127.0.0.1', reserve: true });
}
