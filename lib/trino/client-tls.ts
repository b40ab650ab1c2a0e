import type { SecretRef } from '../core';
import { HTTP_PORT } from './container';
import type { ServerPart } from './server-part';
import { type SecretFile, secretFilePath } from './secret-text';

/** Where the coordinator listens with TLS: the chart gives its Service and its pod this port. */
const HTTPS_PORT = 8443;

/** Where the encrypted connection of a client ends. */
export class ClientTls {
  private constructor(
    public readonly endsAt: 'load-balancer' | 'coordinator' | 'nowhere',
    private readonly keystore: SecretFile | undefined,
  ) {}

  /**
   * A load balancer ends it and tells Trino by `X-Forwarded-Proto`. Without `http-server.process-forwarded=true` Trino
   * answers 406 to every request with such a header, even where nobody has to log in.
   * @see https://trino.io/docs/current/security/tls.html#https-load-balancer
   */
  public static loadBalancer(): ClientTls {
    return new ClientTls('load-balancer', undefined);
  }

  /**
   * The coordinator ends it.
   * @param pem private key and certificates in one PEM file, not encrypted, for the name by which clients reach the Service
   */
  public static coordinator(pem: SecretRef): ClientTls {
    return new ClientTls('coordinator', { name: 'server.pem', content: [pem], nodes: 'coordinator' });
  }

  /** Plain HTTP. Every user name is believed, so no authenticator can be used with it. */
  public static none(): ClientTls {
    return new ClientTls('nowhere', undefined);
  }

  /** How the coordinator is reached inside of the cluster by those who are no nodes of it. */
  public get entrance(): { readonly scheme: 'http' | 'https'; readonly port: number } {
    if (this.endsAt === 'coordinator') return { scheme: 'https', port: HTTPS_PORT };
    return { scheme: 'http', port: HTTP_PORT };
  }

  /** Only coordinators talk to clients; a worker refuses forwarded requests. */
  public get part(): ServerPart {
    if (this.endsAt === 'load-balancer') {
      return { name: 'clientTls', config: { coordinator: { 'http-server.process-forwarded': 'true' } } };
    }
    if (this.keystore === undefined) return { name: 'clientTls' };
    return {
      name: 'clientTls',
      config: {
        coordinator: {
          'http-server.https.enabled': 'true',
          'http-server.https.port': String(HTTPS_PORT),
          'http-server.https.keystore.path': secretFilePath(this.keystore),
        },
      },
      secretFiles: [this.keystore],
    };
  }
}
