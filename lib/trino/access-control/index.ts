export * from './access-control';
export * from './action';
export * from './advise';
export * from './check';
export * from './decide';
export * from './rules';
