import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChartKeys } from '../../core';

/** The chart that the library's values are made for. */
export const TRINO_CHART_VERSION = '1.42.2';

let cached: ChartKeys | undefined;

/** Every key that the pinned chart reads, loaded when first asked for. */
export function trinoChartKeys(): ChartKeys {
  cached ??= JSON.parse(
    readFileSync(join(__dirname, '..', 'data', `trino-chart-${TRINO_CHART_VERSION}.json`), 'utf8'),
  ) as ChartKeys;
  return cached;
}
