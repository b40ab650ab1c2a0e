export * from './aws';
export * from './catalogs';
export * from './core';
export * from './kubernetes';
// The chart's values have a type of this name, too.
export type { KubernetesObject } from './kubernetes';
export * from './platform';
export * from './trino';
