import { isToken } from '../core';

/** Of the schemes that Trino asks servers by, the port where a URL names none. */
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ldap:': 389, 'ldaps:': 636 };

/** TCP ports of the servers that Trino asks by these URLs, each once; none of other text, nor of what only a placeholder says. */
export function portsOfUrls(texts: readonly string[]): readonly number[] {
  return [...new Set(texts.flatMap(portOf))];
}

function portOf(text: string): readonly number[] {
  if (isToken(text) || !URL.canParse(text)) return [];
  const { protocol, port } = new URL(text);
  const known = PORTS[protocol];
  return known === undefined ? [] : [port === '' ? known : Number(port)];
}
