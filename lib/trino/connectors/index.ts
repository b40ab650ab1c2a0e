export type { MySqlSslMode } from '../jdbc-url';
export * from './jdbc';
export * from './kafka';
export * from './lake';
export * from './simple';
