/** Where the servers of this machine are, which stand for those of AWS. All speak as AWS's do: TLS where they have it. */
export interface LocalEndpoints {
  readonly metastore: { readonly uri: string };
  readonly s3: { readonly endpoint: string; readonly accessKey: string; readonly secretKey: string };
  /** The password is of every user whom a platform has: platforms that share the server agree on it. */
  readonly mysql: { readonly host: string; readonly port: number; readonly password: string };
  readonly kafka: { readonly bootstrapServers: string; readonly user: string; readonly password: string };
  /** For Java: PKCS 12. */
  readonly trustStore: { readonly path: string; readonly password: string };
  /** What a coordinator shows that ends TLS itself: key and certificates in one PEM document. */
  readonly serverPem: string;
}

/** A server that has to run for a platform. */
export type ServerKind = 'metastore' | 's3' | 'mysql' | 'kafka';
