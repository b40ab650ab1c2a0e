export type { PlatformData } from './definition';
export type { IngressOptions } from './ingress';
export { platformPods } from './network-policies';
export { platformViolations } from './platform-rules';
export * from './trino-platform';
export type * from './trino-platform-props';
