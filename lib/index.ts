export * from './aws';
export * from './catalogs';
export * from './core';
export * from './kubernetes';
export * from './platform';
export * from './trino';
