import { createServer as createHttpsServer } from 'node:https';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import type { Certificates } from './certificates';
import { freePort } from './free-port';

export interface TlsFrontProps {
  readonly certificates: Pick<Certificates, 'certificate' | 'key'>;
  /** The port on 127.0.0.1 of the server behind it. */
  readonly target: number;
  /** @default - a free one */
  readonly port?: number;
}

/** A running front. */
export interface TlsFront {
  /** `https://localhost:8443`. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Ends TLS as an Application Load Balancer does: it keeps `Host`, and tells by headers who came and how.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export async function startTlsFront({ certificates, target, port: wanted }: TlsFrontProps): Promise<TlsFront> {
  const port = wanted ?? (await freePort());
  const identity = { key: readFileSync(certificates.key), cert: readFileSync(certificates.certificate) };
  const server = createHttpsServer(identity, (incoming, answer) => pass(incoming, answer, port, target));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `https://localhost:${port}`, port, stop };
}

function pass(incoming: IncomingMessage, answer: ServerResponse, port: number, target: number): void {
  const { method = 'GET', url: path = '/' } = incoming;
  const options = { host: '127.0.0.1', port: target, method, path, headers: forwardedHeaders(incoming, port) };
  const outgoing = request(options, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  outgoing.on('error', () => {
    // What has begun cannot become another answer: it breaks off, as it does behind a load balancer.
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(502).end();
  });
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
}

/** A client that sends some itself is not believed the last two; its own address is added to the first. */
function forwardedHeaders({ headers, socket }: IncomingMessage, port: number) {
  const before = headers['x-forwarded-for'];
  const address = socket.remoteAddress ?? '';
  return {
    ...headers,
    'x-forwarded-for': before === undefined ? address : `${String(before)}, ${address}`,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': String(port),
  };
}
