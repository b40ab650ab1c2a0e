import { SecretRef } from '../../lib/core';
import { ClientTls } from '../../lib/trino/client-tls';
import { joinParts } from '../../lib/trino/server-part';

const files = (tls: ClientTls) => joinParts([tls.part]);

describe('where the connection of a client ends', () => {
  test('behind a load balancer the coordinator takes its word, and a worker does not', () => {
    expect(files(ClientTls.loadBalancer()).config).toEqual({
      coordinator: { 'http-server.process-forwarded': 'true' },
      worker: {},
    });
  });

  test('at the coordinator there is a certificate, on the coordinator alone', () => {
    const { config, secretFiles } = files(ClientTls.coordinator(SecretRef.of('acme/tls')));
    expect(config.coordinator).toEqual({
      'http-server.https.enabled': 'true',
      'http-server.https.port': '8443',
      'http-server.https.keystore.path': '/etc/trino-secrets/server.pem',
    });
    expect(secretFiles).toEqual([expect.objectContaining({ name: 'server.pem', nodes: 'coordinator' })]);
  });

  test('clients find it at another port than those that speak plain HTTP', () => {
    const { config } = files(ClientTls.coordinator(SecretRef.of('acme/tls')));
    expect(ClientTls.coordinator(SecretRef.of('acme/tls')).entrance).toEqual({ scheme: 'https', port: 8443 });
    expect(config.coordinator['http-server.https.port']).toBe('8443');
    for (const tls of [ClientTls.loadBalancer(), ClientTls.none()]) {
      expect(tls.entrance).toEqual({ scheme: 'http', port: 8080 });
    }
  });

  test('plain HTTP needs no line', () => {
    expect(files(ClientTls.none()).config).toEqual({ coordinator: {}, worker: {} });
  });
});
