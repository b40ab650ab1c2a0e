import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';

/** What a client shows a server that asks who it is. */
export interface ClientCertificate {
  /** The certificate, and those between it and the authority. PEM. */
  readonly cert: string;
  /** The private key, not encrypted. PEM. */
  readonly key: string;
}

export interface HttpRequest extends Partial<ClientCertificate> {
  readonly method: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates (PEM) that are trusted. @default - Node's */
  readonly ca?: string | undefined;
  /** @default - none */
  readonly body?: string | undefined;
}

/** One request, whatever its answer is: no redirect is followed, and no variable of the environment is looked at. */
export function httpRequest(url: string, { body, ...options }: HttpRequest): Promise<IncomingMessage> {
  const begin = url.startsWith('https:') ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    begin(url, options, resolve).on('error', reject).end(body);
  });
}
