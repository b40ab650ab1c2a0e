import type { IGrantable, ISecret } from '../aws';
import type { JdbcCredentials } from '../trino';

/**
 * Who a catalog is at its source: a user of its own that may do what queries may do, and no more. Passwords come to
 * Trino by reference only.
 */
export interface CatalogCredentials extends JdbcCredentials {
  /** Lets somebody read them, decryption included. @default - who delivers secrets may read them anyway */
  grantRead?(reader: IGrantable): void;
}

/** The members `username` and `password` of a secret. */
export function credentialsOf(secret: ISecret): CatalogCredentials {
  return {
    username: secret.ref('username'),
    password: secret.ref('password'),
    grantRead: (reader) => secret.grantRead(reader),
  };
}
