import type { IConnectable } from '../aws';

/** Any address: which of them answer is the business of those who have them. */
const ANYWHERE = '0.0.0.0/0';
const HTTPS = 443;

/**
 * Lets pods reach servers whose security group nobody names, by their TCP ports; by HTTPS, nodes reach everything as it is.
 * @param reason why, in a few words
 */
export function reachAnywhere({ connections }: IConnectable, ports: readonly number[], reason: string): void {
  for (const port of ports.filter((it) => it !== HTTPS)) connections.allowPortToCidr(ANYWHERE, port, reason);
}
