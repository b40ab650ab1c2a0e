/** The charts of others, which no package registry has: used where somebody has them at hand. */
import { join } from 'node:path';

/** Takes the official chart's place where it is not at hand. */
const STAND_IN = join(__dirname, '../trino-stand-in');

/** The folder or archive of a chart that the environment names: `TRINO_CHART`, `KUBE_PROMETHEUS_STACK_CHART`. */
export function givenChart(chart: string): string | undefined {
  const path = process.env[variableOf(chart)];
  return path === undefined || path === '' ? undefined : path;
}

/** The official chart of Trino where it is given, else the stand-in. */
export function trinoChart(): string {
  return givenChart('trino') ?? STAND_IN;
}

/** One line for charts that are not given; nothing when all are. */
export function reportMissing(charts: readonly string[], say: (line: string) => void): void {
  const missing = charts.filter((chart) => givenChart(chart) === undefined);
  if (missing.length === 0) return;
  const variables = missing.map((chart) => `${variableOf(chart)}=<folder or tgz>`).join(' ');
  say(`skipped: what comes out of official charts with our values; to see it: ${variables}`);
}

function variableOf(chart: string): string {
  return `${chart.toUpperCase().replaceAll('-', '_')}_CHART`;
}
