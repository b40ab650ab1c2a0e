export * from './aws';
export * from './core';
export * as trino from './trino';
