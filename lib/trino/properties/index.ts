export * from './catalogue';
export * from './check';
export * from './compare-releases';
export * from './finding';
export * from './server-files';
