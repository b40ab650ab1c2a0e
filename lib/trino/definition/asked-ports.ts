import { isToken } from '../../core';
import { auditPort } from '../audit';
import { portsOfUrls } from '../url-ports';
import type { TrinoDefinition } from './shapes';

/**
 * TCP ports of the servers that the coordinator asks who somebody is, and what they may (directories, identity providers,
 * Open Policy Agent), and of the one that it tells what they did. They are those that its files name, and of the audit
 * log's URL in a secret the one beside it; what only another secret or a placeholder says is not among them.
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
  const auditPorts = audit === undefined ? [] : [auditPort(audit)];
  return [...new Set([...portsOfUrls(texts), ...auditPorts.filter((port) => !isToken(port))])];
}
