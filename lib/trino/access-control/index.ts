export * from './access-control';
export type * from './action';
export * from './advise';
export * from './check';
export * from './decide';
export type * from './rules';
