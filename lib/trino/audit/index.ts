export * from './audit';
export { columnType } from './columns';
export * from './questions';
