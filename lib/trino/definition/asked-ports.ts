import { isSecretRef, isToken } from '../../core';
import { auditPort, type AuditProps } from '../audit';
import type { SecretProperties } from '../secret-text';
import type { TrinoDefinition } from './shapes';

/** Of the schemes that Trino asks such servers by, the port where a URL names none. */
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'ldap:': 389, 'ldaps:': 636 };

/**
 * TCP ports of the servers that the coordinator asks who somebody is, and what they may (directories, identity providers,
 * Open Policy Agent), and of the one that it tells what they did. They are those that its files name; what only a secret
 * or a placeholder says is not among them.
 */
export function askedPorts({
  authentication,
  accessControl,
  audit,
}: Pick<TrinoDefinition, 'authentication' | 'accessControl' | 'audit'>): readonly number[] {
  const { authenticators = [], groups } = authentication ?? {};
  const files = [
    ...authenticators.flatMap(({ config, passwordFile = {} }) => [config, passwordFile]),
    groups?.properties ?? {},
    accessControl?.properties ?? {},
  ];
  return [...new Set([...files.flatMap(portsIn), ...(audit === undefined ? [] : portsOf(audit))])];
}

function portsOf({ database }: AuditProps): readonly number[] {
  if (isSecretRef(database)) return [];
  return [auditPort(database)].filter((port) => !isToken(port));
}

function portsIn(properties: SecretProperties): readonly number[] {
  return Object.values(properties).flatMap((value) => {
    if (typeof value !== 'string' || isToken(value) || !URL.canParse(value)) return [];
    const { protocol, port } = new URL(value);
    const known = PORTS[protocol];
    return known === undefined ? [] : [port === '' ? known : Number(port)];
  });
}
