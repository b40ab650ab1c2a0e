import { isSecretRef, isToken } from '../../core';
import { auditPort, type AuditProps } from '../audit';
import { portsOfUrls } from '../url-ports';
import type { TrinoDefinition } from './shapes';

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
  const texts = files.flatMap((file) => Object.values(file)).filter((value) => typeof value === 'string');
  return [...new Set([...portsOfUrls(texts), ...(audit === undefined ? [] : portsOf(audit))])];
}

function portsOf({ database }: AuditProps): readonly number[] {
  if (isSecretRef(database)) return [];
  return [auditPort(database)].filter((port) => !isToken(port));
}
