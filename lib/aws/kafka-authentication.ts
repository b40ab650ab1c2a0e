import type { MskClusterClientAuthentication } from '@cdktf/provider-aws/lib/msk-cluster';

/**
 * How clients prove who they are; port, addresses and what a client must be told follow from it.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html
 */
export class KafkaAuthentication {
  private constructor(
    public readonly kind: 'scram' | 'mutual-tls' | 'iam' | 'plaintext',
    /** Where the brokers listen for such clients. */
    public readonly port: number,
    /** For SCRAM: the user that is made for Trino. */
    public readonly username: string | undefined,
    /** For mutual TLS: the authorities whose certificates are accepted. */
    public readonly certificateAuthorityArns: readonly string[],
  ) {}

  /** User and password over TLS (SCRAM-SHA-512). @param username of the user made for Trino */
  public static scram(username = 'trino'): KafkaAuthentication {
    return new KafkaAuthentication('scram', 9096, username, []);
  }

  /** Client certificates. @param certificateAuthorityArns of AWS Private CA */
  public static mutualTls(certificateAuthorityArns: readonly string[]): KafkaAuthentication {
    return new KafkaAuthentication('mutual-tls', 9094, undefined, certificateAuthorityArns);
  }

  /**
   * Roles of AWS. Trino carries no library for it: the image needs `aws-msk-iam-auth` in `plugin/kafka`.
   * @see https://github.com/trinodb/trino/issues/25065
   */
  public static iam(): KafkaAuthentication {
    return new KafkaAuthentication('iam', 9098, undefined, []);
  }

  /** Nobody is asked and nothing is encrypted: for trials with data that may be lost and read. */
  public static plaintextForTrials(): KafkaAuthentication {
    return new KafkaAuthentication('plaintext', 9092, undefined, []);
  }

  /** As MSK wants it. */
  public toMsk(): MskClusterClientAuthentication {
    return {
      unauthenticated: this.kind === 'plaintext',
      sasl: { scram: this.kind === 'scram', iam: this.kind === 'iam' },
      ...(this.kind === 'mutual-tls' ? { tls: { certificateAuthorityArns: [...this.certificateAuthorityArns] } } : {}),
    };
  }
}
