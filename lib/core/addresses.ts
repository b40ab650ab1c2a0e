import { isToken } from './terraform-text';
import { show, type Violation } from './validation';

/**
 * The TCP ports in addresses, each once: 9083 of `thrift://a:9083,thrift://b:9083`, 9096 of `b-1:9096,b-2:9096`. None of
 * what only Terraform knows.
 */
export function portsIn(addresses: string): readonly number[] {
  const ports = isToken(addresses) ? [] : [...addresses.matchAll(/:(\d+)(?=,|$)/g)].map(([, port]) => Number(port));
  return [...new Set(ports)];
}

/** What is wrong with the addresses of servers that clients reach by one port. */
export function onePortViolations(path: string, addresses: string): readonly Violation[] {
  const ports = portsIn(addresses);
  if (ports.length < 2) return [];
  const allowed = 'one port, on which all of them listen: it is the one that clients are let into';
  return [{ path, got: `the ports ${show(ports)}`, allowed, fix: 'name only the servers with one of these ports' }];
}
