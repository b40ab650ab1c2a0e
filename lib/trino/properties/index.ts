export * from './catalogue';
export * from './check';
export * from './finding';
