import type { ClientCertificate } from '../../../local/servers/http-request';

/** Signs the certificates of an organisation's programs. */
export interface ClientAuthority {
  /** PEM. */
  readonly certificate: string;
  /** @param subject its parts in the order of the certificate, the widest first: `[['O', 'Acme'], ['CN', 'alice']]` */
  issue(subject: Subject): Promise<ClientCertificate>;
}

export type Subject = readonly (readonly [shortName: string, value: string])[];

const KIND = { keyType: 'ec', algorithm: 'sha256' } as const;

export async function clientAuthority(): Promise<ClientAuthority> {
  const { generate } = await import('selfsigned');
  const extensions = [
    { name: 'basicConstraints', cA: true, critical: true } as const,
    { name: 'keyUsage', keyCertSign: true, critical: true } as const,
  ];
  const authority = await generate([{ shortName: 'CN', value: 'authority of clients' }], { ...KIND, extensions });
  return {
    certificate: authority.cert,
    issue: async (subject) => {
      const parts = subject.map(([shortName, value]) => ({ shortName, value }));
      const { cert, private: key } = await generate(parts, {
        ...KIND,
        ca: { key: authority.private, cert: authority.cert },
        extensions: [{ name: 'extKeyUsage', clientAuth: true }],
      });
      return { cert, key };
    },
  };
}
