export type { Metric, MetricUnit } from './metric';
export * from './metrics';
export * from './names';
