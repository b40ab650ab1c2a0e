import { Cpu, DataSize } from '../../core';
import type { RoleDefinition } from './shapes';

/**
 * What the daemon sets of every node ask for: network, proxy, pod identity, EBS driver, metrics and logs.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export const DAEMON_SET_SHARE = { memory: DataSize.mib(768), cpu: Cpu.millis(500) } as const;

/** The pod's memory, request and limit: one pod fills a node unless the definition says otherwise. */
export function podMemory({ memory, node }: RoleDefinition): DataSize {
  return memory ?? available(node.memory, DAEMON_SET_SHARE.memory).floorToMib();
}

/** The pod's CPU request. */
export function podCpu({ cpu, node }: RoleDefinition): Cpu {
  return cpu ?? cpuRoom(node);
}

function cpuRoom({ cpu }: RoleDefinition['node']): Cpu {
  return cpu.isGreaterThan(DAEMON_SET_SHARE.cpu) ? cpu.minus(DAEMON_SET_SHARE.cpu) : cpu;
}

/** What a node has left for pods that are no daemons. */
export function podRoom({ node }: RoleDefinition): DataSize {
  return available(node.memory, DAEMON_SET_SHARE.memory);
}

function available(memory: DataSize, taken: DataSize): DataSize {
  return memory.isGreaterThan(taken) ? memory.minus(taken) : memory;
}

/** How many pods of the role one node holds: 0 when none fits. */
export function podsPerNode(role: RoleDefinition): number {
  const byCpu = cpuRoom(role.node).toMillis() / podCpu(role).toMillis();
  return Math.floor(Math.min(podRoom(role).dividedBy(podMemory(role)), byCpu));
}
