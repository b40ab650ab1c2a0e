import { SecretRef } from '../../lib/core';
import { KafkaAuthentication } from '../../lib/aws/kafka-authentication';
import { clientCertificateViolations, kafkaCredentialsViolations } from '../../lib/aws/kafka-login';

const PEM = SecretRef.of('acme/client.pem');
const [scram, mutualTls] = [KafkaAuthentication.scram(), KafkaAuthentication.mutualTls(['arn:aws:acm-pca:authority'])];

describe('a client of a Kafka cluster', () => {
  it('has the certificate that mutual TLS asks for, and none elsewhere; a user for SCRAM alone', () => {
    expect(clientCertificateViolations(mutualTls, PEM)).toEqual([]);
    expect(clientCertificateViolations(scram, undefined)).toEqual([]);
    expect(kafkaCredentialsViolations({ authentication: mutualTls, credentials: undefined })).toEqual([]);
  });

  it('fails when mutual TLS has no certificate, with the way out that fits its caller', () => {
    expect(clientCertificateViolations(mutualTls, undefined, 'do without')).toMatchObject([
      { path: 'clientCertificate', got: 'nothing', fix: 'do without' },
    ]);
  });

  it('fails when a certificate is of no use, and when SCRAM has no user', () => {
    expect(clientCertificateViolations(scram, PEM)).toMatchObject([{ fix: 'leave it out' }]);
    expect(kafkaCredentialsViolations({ authentication: scram, credentials: undefined })).toMatchObject([
      { path: 'credentials', got: 'nothing' },
    ]);
  });
});
