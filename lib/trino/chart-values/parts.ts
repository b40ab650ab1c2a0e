import { serverParts } from '../server-config';
import type { ServerPart } from '../server-part';
import type { TrinoChartConfig } from './config';

/** What the plans add to `config.properties`. */
export function planParts({ memory, limits, drain, spill, faultTolerance }: TrinoChartConfig): readonly ServerPart[] {
  const plans = { memory, limits, drain, spill, faultTolerance };
  return Object.entries(plans).flatMap(([name, plan]) =>
    plan === undefined ? [] : [{ name, config: plan.properties }],
  );
}

export function allParts(config: TrinoChartConfig): readonly ServerPart[] {
  return [...planParts(config), ...serverParts(config.server, config.release)];
}
