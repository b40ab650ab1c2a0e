import type { SecretRef } from '../../../core';
import { type SecretFile, secretFilePath, type SecretProperties, type SecretTemplate } from '../../secret-text';

/**
 * How Trino proves to Kafka who it is. Trino's own `kafka.security-protocol` knows PLAINTEXT and SSL only, so everything
 * with SASL stands in a client file, and the property stays unset. Trino does not resolve `${ENV:…}` in that file: it
 * comes from a Kubernetes Secret as a whole.
 * @see https://trino.io/docs/current/connector/kafka.html#configuration
 */
export class KafkaSecurity {
  private constructor(
    /** For errors and descriptions. */
    public readonly name: 'plaintext' | 'tls' | 'mutual-tls' | 'scram' | 'iam',
    private readonly own: SecretProperties,
    private readonly client: ((pemPath: string) => SecretTemplate) | undefined,
    private readonly pem: SecretTemplate | undefined,
  ) {}

  /** Nothing is encrypted and nobody is asked: for trials. */
  public static plaintext(): KafkaSecurity {
    return new KafkaSecurity('plaintext', { 'kafka.security-protocol': 'PLAINTEXT' }, undefined, undefined);
  }

  /** Encrypted, and nobody is asked. The certificates of MSK's brokers are trusted by Java as it comes. */
  public static tls(): KafkaSecurity {
    return new KafkaSecurity('tls', { 'kafka.security-protocol': 'SSL' }, undefined, undefined);
  }

  /** @param pem private key and certificates of Trino in one PEM document, the key not encrypted */
  public static mutualTls(pem: SecretRef): KafkaSecurity {
    const client = (path: string) => [`security.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.location=${path}\n`];
    return new KafkaSecurity('mutual-tls', {}, client, [pem]);
  }

  /** User and password (SCRAM-SHA-512, what MSK has). Neither may contain a quotation mark or a backslash. */
  public static scram({ username, password }: { readonly username: string | SecretRef; readonly password: SecretRef }) {
    const client = () => [
      'security.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n' +
        'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="',
      username,
      '" password="',
      password,
      '";\n',
    ];
    return new KafkaSecurity('scram', {}, client, undefined);
  }

  /**
   * The role of the pod (MSK). The image of Trino does not have the library for it: an own image, or an init container,
   * has to put `aws-msk-iam-auth` into `plugin/kafka`.
   * @see https://github.com/aws/aws-msk-iam-auth
   */
  public static iam(): KafkaSecurity {
    return new KafkaSecurity('iam', {}, () => [IAM_CLIENT], undefined);
  }

  /** Lines of the catalog's file. @param catalog its name, which the names of its files carry */
  public properties(catalog: string): SecretProperties {
    const file = this.clientFile(catalog);
    return file === undefined ? this.own : { 'kafka.config.resources': secretFilePath(file) };
  }

  public secretFiles(catalog: string): readonly SecretFile[] {
    const pem = this.pem === undefined ? [] : [{ name: pemName(catalog), content: this.pem }];
    return [this.clientFile(catalog) ?? [], pem].flat();
  }

  private clientFile(catalog: string): SecretFile | undefined {
    if (this.client === undefined) return undefined;
    const content = this.client(secretFilePath({ name: pemName(catalog) }));
    return { name: `${catalog}-kafka-client.properties`, content };
  }
}

function pemName(catalog: string): string {
  return `${catalog}-kafka.pem`;
}

const IAM_CLIENT = [
  'security.protocol=SASL_SSL',
  'sasl.mechanism=AWS_MSK_IAM',
  'sasl.jaas.config=software.amazon.msk.auth.iam.IAMLoginModule required;',
  'sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler',
  '',
].join('\n');
