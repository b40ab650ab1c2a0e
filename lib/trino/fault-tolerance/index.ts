export { planFaultTolerance } from './plan';
export { faultToleranceViolations, retryCautions } from './rules';
export type * from './shapes';
