export { askedPorts } from './asked-ports';
export { definitionViolations } from './rules';
export { planTrino } from './plan';
export { DAEMON_SET_SHARE, podsPerNode } from './pods';
export type * from './shapes';
