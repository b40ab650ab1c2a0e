import { isToken } from '../../core';
import type { SecretProperties } from '../secret-text';
import type { TrinoDefinition } from './shapes';

/** Of the schemes that Trino asks such servers by, the port where a URL names none. */
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ldap:': 389, 'ldaps:': 636 };

/**
 * TCP ports of the servers that the coordinator asks who somebody is, and what they may: directories, identity
 * providers, Open Policy Agent. They are those of the URLs in its files; what only a secret or a placeholder says is not
 * among them.
 */
export function askedPorts({
  authentication,
  accessControl,
}: Pick<TrinoDefinition, 'authentication' | 'accessControl'>): readonly number[] {
  const { authenticators = [], groups } = authentication ?? {};
  const files = [
    ...authenticators.flatMap(({ config, passwordFile = {} }) => [config, passwordFile]),
    groups?.properties ?? {},
    accessControl?.properties ?? {},
  ];
  return [...new Set(files.flatMap(portsIn))];
}

function portsIn(properties: SecretProperties): readonly number[] {
  return Object.values(properties).flatMap((value) => {
    if (typeof value !== 'string' || isToken(value) || !URL.canParse(value)) return [];
    const { protocol, port } = new URL(value);
    const known = PORTS[protocol];
    return known === undefined ? [] : [port === '' ? known : Number(port)];
  });
}
