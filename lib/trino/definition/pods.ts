import { Cpu, DataSize } from '../../core';
import type { NodeRoom } from '../memory';
import type { RoleDefinition } from './shapes';

/**
 * What the daemon sets of every node ask for: network, proxy, pod identity, EBS driver, metrics and logs.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export const DAEMON_SET_SHARE = { memory: DataSize.mib(768), cpu: Cpu.millis(500) } as const;

/** The pod's memory, request and limit: one pod fills a node unless the definition says otherwise. */
export function podMemory(role: RoleDefinition): DataSize {
  return role.memory ?? memoryRoom(role).floorToMib();
}

/** The pod's CPU request. */
export function podCpu({ cpu, node }: RoleDefinition): Cpu {
  return cpu ?? cpuRoom(node);
}

function cpuRoom({ cpu }: RoleDefinition['node']): Cpu {
  return cpu.isGreaterThan(DAEMON_SET_SHARE.cpu) ? cpu.minus(DAEMON_SET_SHARE.cpu) : cpu;
}

/** What a node has left for pods that are no daemons, and how many of the role that is. */
export function podRoom(role: RoleDefinition): NodeRoom {
  return { allocatable: memoryRoom(role), podsPerNode: podsPerNode(role) };
}

function memoryRoom({ node }: RoleDefinition): DataSize {
  return available(node.memory, DAEMON_SET_SHARE.memory);
}

function available(memory: DataSize, taken: DataSize): DataSize {
  return memory.isGreaterThan(taken) ? memory.minus(taken) : memory;
}

/** How many pods of the role one node holds: 0 when none fits. */
export function podsPerNode(role: RoleDefinition): number {
  const byCpu = cpuRoom(role.node).toMillis() / podCpu(role).toMillis();
  return Math.floor(Math.min(memoryRoom(role).dividedBy(podMemory(role)), byCpu));
}
