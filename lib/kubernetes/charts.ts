import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartKeys } from '../core';

/** Charts of which the library knows every key, one version of each: the file of a chart names it. */
const CHARTS = [
  'aws-load-balancer-controller',
  'cluster-autoscaler',
  'external-secrets',
  'keda',
  'kube-prometheus-stack',
  'reloader',
] as const;

/** A chart that the library installs. */
export type ChartName = (typeof CHARTS)[number];

/** Every chart that the library installs. */
export const CHART_NAMES: readonly ChartName[] = CHARTS;

const loaded = new Map<ChartName, ChartKeys>();

/** The one version of a chart that the library installs, with every key that it reads; loaded when first asked for. */
export function pinnedChart(name: ChartName): ChartKeys {
  const chart = loaded.get(name) ?? read(name);
  loaded.set(name, chart);
  return chart;
}

function read(name: ChartName): ChartKeys {
  return JSON.parse(readFileSync(join(__dirname, 'data', 'charts', `${name}.json`), 'utf8')) as ChartKeys;
}
