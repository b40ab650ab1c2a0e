export { planFaultTolerance } from './plan';
export { faultToleranceViolations, retryCautions } from './rules';
export * from './shapes';
