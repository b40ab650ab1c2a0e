export { buildEnvironment } from './build-environment';
export type * from './environment-config';
export { environmentViolations } from './environment-rules';
export type { Environment } from './environment-stacks';
export * from './layer-stack';
export * from './stack-checks';
export * from './synthesize';
export { planEnvironment } from './environment-plan';
export { type MySqlSource, Sources } from './sources';
