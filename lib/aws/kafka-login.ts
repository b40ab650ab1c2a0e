import type { SecretRef, Violation } from '../core';
import type { KafkaAuthentication } from './kafka-authentication';
import type { IKafkaCluster } from './kafka-cluster';

/** What is wrong with the user of a cluster that authenticates by SCRAM. */
export function kafkaCredentialsViolations({
  authentication,
  credentials,
}: Pick<IKafkaCluster, 'authentication' | 'credentials'>): readonly Violation[] {
  if (authentication.kind !== 'scram' || credentials !== undefined) return [];
  return [
    {
      path: 'credentials',
      got: 'nothing',
      allowed: 'a user, because the cluster authenticates by SCRAM',
      fix: "give 'credentials' to KafkaCluster.fromAttributes",
    },
  ];
}

/**
 * Whether a client has a certificate where the cluster asks for one, and only there.
 * @param fix what to do when it has none
 */
export function clientCertificateViolations(
  { kind }: Pick<KafkaAuthentication, 'kind'>,
  certificate: SecretRef | undefined,
  fix = 'point to a PEM document in Secrets Manager',
): readonly Violation[] {
  if ((kind === 'mutual-tls') === (certificate !== undefined)) return [];
  return [
    {
      path: 'clientCertificate',
      got: certificate === undefined ? 'nothing' : certificate.toString(),
      allowed: `one for mutual TLS and for nothing else; the cluster's authentication is ${kind}`,
      fix: certificate === undefined ? fix : 'leave it out',
    },
  ];
}
