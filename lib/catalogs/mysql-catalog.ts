import type { IMySqlDatabase } from '../aws';
import { type CatalogConfig, mysqlCatalog, type MySqlSslMode } from '../trino';
import type { CatalogHost } from './catalog';
import { JdbcCatalogBase, type JdbcCatalogProps } from './jdbc-catalog';

/** The MySQL server, the user on it, and how the connection is encrypted. */
export interface MySqlCatalogProps extends JdbcCatalogProps {
  /** Each of its databases is a schema of the catalog. */
  readonly database: IMySqlDatabase;
  /**
   * The two modes that verify trust what `trustCertificateKeyStoreUrl` among the parameters holds, else what Java trusts,
   * to which the authority of RDS does not belong.
   * @default 'REQUIRED'
   */
  readonly sslMode?: MySqlSslMode;
}

const ADMINISTRATOR = 'credentials are those of the administrator: every query may drop what others own';

/** @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html (fallbackToSystemTrustStore) */
const JAVA_TRUST =
  'sslMode verifies by the authorities that Java trusts, and that of RDS is none of them: ' +
  'name trustCertificateKeyStoreUrl in urlParameters';

/** A MySQL server. @see https://trino.io/docs/current/connector/mysql.html */
export class MySqlCatalog extends JdbcCatalogBase {
  public constructor(
    name: string,
    private readonly props: MySqlCatalogProps,
  ) {
    super(name, props.database, props, 'database, sslMode and urlParameters');
  }

  protected config(): CatalogConfig {
    const { database, credentials, sslMode, urlParameters } = this.props;
    return mysqlCatalog({
      ...database.endpoint,
      credentials,
      ...(sslMode === undefined ? {} : { sslMode }),
      ...(urlParameters === undefined ? {} : { urlParameters }),
    });
  }

  protected override open(host: CatalogHost): void {
    super.open(host);
    const { sslMode = 'REQUIRED', urlParameters = {} } = this.props;
    const isVerified = sslMode === 'VERIFY_CA' || sslMode === 'VERIFY_IDENTITY';
    if (isVerified && !('trustCertificateKeyStoreUrl' in urlParameters)) this.warn(host, JAVA_TRUST);
    const { secret, key } = this.props.database.credentials.password;
    const { password } = this.props.credentials;
    if (password.secret === secret && password.key === key) this.warn(host, ADMINISTRATOR);
  }
}
