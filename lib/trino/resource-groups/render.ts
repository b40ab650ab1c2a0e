import type { DataSize } from '../../core';
import { variablesIn, type ResourceGroup, type ResourceGroups } from './shapes';

/**
 * The text of the file resource group manager's JSON, with no key that it does not know: one would stop the coordinator.
 * @see https://trino.io/docs/current/admin/resource-groups.html#file-resource-group-manager
 */
export function renderResourceGroups(groups: ResourceGroups): string {
  const document = {
    rootGroups: groups.rootGroups.map((group) => jsonOf(group, '')),
    selectors: groups.selectors,
    cpuQuotaPeriod: groups.cpuQuotaPeriod?.toTrino(),
    physicalDataScanQuotaPeriod: groups.physicalDataScanQuotaPeriod?.toTrino(),
  };
  return JSON.stringify(document, null, 2);
}

function jsonOf(group: ResourceGroup, parentId: string): object {
  const id = `${parentId}.${group.name}`;
  return {
    ...group,
    softMemoryLimit: memoryText(group.softMemoryLimit),
    jmxExport: group.jmxExport ?? variablesIn(id).length === 0,
    softCpuLimit: group.softCpuLimit?.toTrino(),
    hardCpuLimit: group.hardCpuLimit?.toTrino(),
    hardPhysicalDataScanLimit: group.hardPhysicalDataScanLimit?.toTrino(),
    subGroups: group.subGroups?.map((subGroup) => jsonOf(subGroup, id)),
  };
}

function memoryText(limit: string | DataSize | undefined): string | undefined {
  return typeof limit === 'object' ? limit.toTrino() : limit;
}
