export { planFaultTolerance } from './plan';
export { faultToleranceViolations } from './rules';
export * from './shapes';
