export {
  DatabaseBootstrap,
  type DatabaseBootstrapOptions,
  type DatabaseBootstrapProps,
  databaseBootstrapViolations,
} from './database-bootstrap';
export type { DatabaseContents, DatabaseGrant, DatabaseTable, DatabaseUser } from './sql';
