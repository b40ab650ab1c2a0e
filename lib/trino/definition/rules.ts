import { inside, rule, show, violationsOf, type Violation } from '../../core';
import { catalogFindings, catalogNameViolations } from '../catalog-config';
import { extraValueViolations } from '../chart-values';
import { connectorViolations } from '../connector-rules';
import { drainViolations } from '../drain';
import { faultToleranceViolations } from '../fault-tolerance';
import { memoryViolations, planMemory } from '../memory';
import { errorsOf } from '../properties';
import { queryLimitViolations, workerRangeViolations } from '../query-limits';
import { resourceGroupViolations } from '../resource-groups';
import { cpuScalingViolations, scalingViolations } from '../scaling';
import { extraPropertyViolations, settingsViolations } from '../server-config';
import { sessionAccessViolations } from '../session-access';
import { sessionLimitViolations } from '../session-limits';
import { sessionNameViolations } from '../session-names';
import { sessionDefaultViolations } from '../session-properties';
import { spillViolations } from '../spill';
import { drainContext, faultToleranceContext, memoryProps, releaseOf, scalingPolicy, spillContext } from './contexts';
import type { TrinoDefinition } from './shapes';

/** Everything that is wrong with a definition to which catalogs may be added, each part under the name that it has there. */
export function definitionViolations(definition: TrinoDefinition): readonly Violation[] {
  const { limits = {}, workers, resourceGroups, sessionDefaults = [], drain = {}, spill } = definition;
  const { accessControl, extraProperties = {}, extraValues = {} } = definition;
  const release = releaseOf(definition);
  const parts: Readonly<Record<string, readonly Violation[]>> = {
    workers: [...workerRangeViolations(workers), ...violationsOf(definition, [sleepRule])],
    limits: queryLimitViolations(limits, workers),
    resourceGroups: resourceGroups === undefined ? [] : resourceGroupViolations(resourceGroups, release),
    '': [
      ...memoryViolations(memoryProps(definition)),
      ...sessionDefaultViolations(sessionDefaults, resourceGroups),
      ...sessionNameViolations(sessionDefaults, release),
      ...sessionLimitViolations(sessionDefaults, workers),
      ...settingsViolations(definition),
      ...(accessControl?.violations.length === 0
        ? sessionAccessViolations(sessionDefaults, accessControl.rules ?? {})
        : []),
    ],
    extraProperties: extraPropertyViolations(extraProperties, release),
    extraValues: extraValueViolations(extraValues),
    drain: drainViolations(drain, drainContext(definition)),
    spill: spill === undefined ? [] : spillViolations(spill, spillContext(definition)),
    catalogs: definition.catalogs.flatMap((catalog) => catalogViolations(definition, catalog)),
  };
  const found = Object.entries(parts).flatMap(([name, violations]) =>
    name === '' ? violations : inside(name, violations),
  );
  const names = inside('catalogs', catalogNameViolations(definition.catalogs.map(({ name }) => name)));
  return found.length > 0 ? [...found, ...names] : [...names, ...dependentViolations(definition)];
}

/** Of parts that are judged by the plans of others, which are there only when those are fine. */
function dependentViolations(definition: TrinoDefinition): readonly Violation[] {
  const { faultTolerance, prometheusUrl } = definition;
  const memory = planMemory(memoryProps(definition));
  const scaling = scalingPolicy(definition);
  return [
    ...(faultTolerance === undefined && definition.workers.capacity === 'spot' ? [SPOT_WITHOUT_RETRIES] : []),
    ...(faultTolerance === undefined
      ? []
      : inside('faultTolerance', faultToleranceViolations(faultTolerance, faultToleranceContext(definition, memory)))),
    ...inside('scaling', prometheusUrl === undefined ? cpuScalingViolations(scaling) : scalingViolations(scaling)),
  ];
}

function catalogViolations(definition: TrinoDefinition, { name, config }: TrinoDefinition['catalogs'][number]) {
  const findings = errorsOf(catalogFindings(name, config, releaseOf(definition)));
  return inside(name, [...findings, ...connectorViolations(config.connector, config.properties)]);
}

/** CPU of workers that are not there is nothing: only waiting queries can ask for the first one. */
const sleepRule = rule<TrinoDefinition>(
  ({ workers, prometheusUrl }) => workers.min > 0 || prometheusUrl !== undefined,
  ({ workers }) => ({
    path: 'min',
    got: show(workers.min),
    allowed: 'from 1 where CPU alone scales: nobody would ask for the first worker',
    fix: 'keep one worker, or give the address of Prometheus, which knows of waiting queries',
  }),
);

const SPOT_WITHOUT_RETRIES: Violation = {
  path: 'faultTolerance',
  got: 'nothing, on spot workers',
  allowed: 'a retryPolicy: a spot node goes with two minutes of notice, and every query that runs there fails',
  fix: "set faultTolerance: { retryPolicy: 'TASK' } with a bucket for exchange data, or buy the workers on demand",
};
