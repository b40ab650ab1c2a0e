import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Certificates, localCertificates } from '../../../local/servers/certificates';
import { startTlsFront, type TlsFront } from '../../../local/servers/tls-front';
import { TrinoClient } from '../../../local/servers/trino-client';

const folder = mkdtempSync(join(tmpdir(), 'tls-front-'));
let certificates: Certificates;
let behind: Server;
let front: TlsFront;

beforeAll(async () => {
  certificates = await localCertificates(join(folder, 'certificates'));
  behind = createServer((request, response) => void echo(request).then((body) => response.end(body)));
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  front = await startTlsFront({ certificates, target: (behind.address() as AddressInfo).port });
});

afterAll(async () => {
  await front.stop();
  behind.close();
  rmSync(folder, { recursive: true });
});

/** Tells what has come. */
async function echo(request: IncomingMessage): Promise<string> {
  return JSON.stringify({ path: request.url, headers: request.headers, body: await text(request) });
}

interface Echo {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Echo> {
  const ca = readFileSync(certificates.authority, 'utf8');
  const client = new TrinoClient({ url: front.url, user: 'alice', ca, headers });
  return JSON.parse(await client.get(path)) as Echo;
}

it('passes a request on with the host that the client asked for, and says how it came', async () => {
  const { path, headers } = await ask('/v1/info?a=b');
  expect(path).toBe('/v1/info?a=b');
  expect(headers).toMatchObject({
    host: `localhost:${front.port}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': String(front.port),
    'x-forwarded-for': expect.stringContaining('127.0.0.1'),
    'x-trino-user': 'alice',
  });
});

it('believes no client that says how it came', async () => {
  const { headers } = await ask('/', { 'X-Forwarded-Proto': 'http', 'X-Forwarded-For': '10.0.0.1' });
  expect(headers['x-forwarded-proto']).toBe('https');
  expect(headers['x-forwarded-for']).toMatch(/^10\.0\.0\.1, .*127\.0\.0\.1$/);
});

it('fails a client that does not trust its authority', async () => {
  const stranger = new TrinoClient({ url: front.url, user: 'alice' });
  await expect(stranger.get('/')).rejects.toThrow(/certificate|self.signed/i);
});

it('answers 502 while nobody is behind it', async () => {
  const lonely = await startTlsFront({ certificates, target: 1 });
  const response = await new Promise<number>((resolve, reject) => {
    const ca = readFileSync(certificates.authority);
    void import('node:https').then(({ get }) =>
      get(lonely.url, { ca }, (it) => resolve(it.statusCode ?? 0)).on('error', reject),
    );
  });
  expect(response).toBe(502);
  await lonely.stop();
});
