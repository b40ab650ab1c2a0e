import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findJdkTool } from './jdk';

/** Files of a local certificate authority and of the one certificate that all local servers show. */
export interface Certificates {
  /** The authority, for clients. PEM. */
  readonly authority: string;
  /** Of a server at 127.0.0.1 and localhost. PEM. */
  readonly certificate: string;
  /** The server's private key, PKCS 8. PEM. */
  readonly key: string;
  /** The authority for clients that want a Java trust store. PKCS 12. */
  readonly trustStore: string;
  /** It holds certificates only, so this is no secret. */
  readonly trustStorePassword: string;
}

const TRUST_STORE_PASSWORD = 'changeit';
const DAY = 86_400_000;
const VALID_DAYS = 365;
/** Certificates that end sooner are made anew. */
const REST_DAYS = 7;

/**
 * The certificates in a folder; made anew when there are none, or when they are about to end. The authority's key is
 * thrown away once it has signed: whoever trusts the authority trusts this one certificate and no other, ever.
 */
export async function localCertificates(folder: string): Promise<Certificates> {
  const certificates = filesIn(folder);
  if (!areGood(certificates)) await make(folder);
  return certificates;
}

function filesIn(folder: string): Certificates {
  return {
    authority: join(folder, 'authority.pem'),
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
    trustStore: join(folder, 'trust.p12'),
    trustStorePassword: TRUST_STORE_PASSWORD,
  };
}

/** The folder is put in its place as a whole, so one file tells of all. */
function areGood({ certificate }: Certificates): boolean {
  if (!existsSync(certificate)) return false;
  const { validTo } = new X509Certificate(readFileSync(certificate));
  return new Date(validTo).getTime() > Date.now() + REST_DAYS * DAY;
}

/** Beside its place, and put there when complete. */
async function make(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.`);
  try {
    await write(filesIn(draft));
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function write(files: Certificates): Promise<void> {
  const { authority, server } = await generate();
  writeFileSync(files.authority, authority.cert);
  writeFileSync(files.certificate, server.cert);
  writeFileSync(files.key, server.private, { mode: 0o600 });
  await makeTrustStore(files);
}

async function generate() {
  const { generate: issue } = await import('selfsigned');
  const common = { keyType: 'ec', algorithm: 'sha256', notAfterDate: new Date(Date.now() + VALID_DAYS * DAY) } as const;
  const authority = await issue([{ name: 'commonName', value: 'cdktf-trino local authority' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await issue([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { authority, server };
}

/** By Java's own tool: a certificate in PKCS 12 counts as trusted only with an attribute of Oracle's. */
async function makeTrustStore({ authority, trustStore, trustStorePassword }: Certificates): Promise<void> {
  const { execa } = await import('execa');
  const store = ['-storetype', 'PKCS12', '-keystore', trustStore, '-storepass', trustStorePassword];
  await execa(findJdkTool('keytool'), [
    '-importcert',
    '-noprompt',
    '-alias',
    'authority',
    '-file',
    authority,
    ...store,
  ]);
}
