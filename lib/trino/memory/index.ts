export { memoryViolations, planMemory } from './cluster';
export { defaultHeap } from './node';
export { memoryOverrideViolations } from './overrides';
export type * from './shapes';
