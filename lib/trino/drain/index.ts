export { planDrain } from './plan';
export { preStopCommand } from './pre-stop';
export { drainViolations } from './rules';
export type * from './shapes';
