import type { IncomingMessage } from 'node:http';
import type { MutableResponse, MutableToken } from 'oauth2-mock-server' with { 'resolution-mode': 'import' };

/** A provider of OpenID Connect on this machine. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Where the keys are that its tokens are signed with. */
  readonly keySetUrl: string;
  /** A token as another system would get one. */
  token(claims: Readonly<Record<string, string>>): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a provider that asks nobody for a password: whoever is sent there comes back as `person`. */
export async function startIdentityProvider(person: string): Promise<IdentityProvider> {
  const { Events, OAuth2Server } = await import('oauth2-mock-server');
  const server = new OAuth2Server();
  const given = new Set<string>();
  await server.issuer.keys.generate('RS256');
  server.service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken) => (payload['sub'] = person));
  server.service.on(Events.BeforeResponse, ({ body }: MutableResponse) => {
    if (body !== '') given.add(`Bearer ${String(body['access_token'])}`);
  });
  server.service.on(Events.BeforeUserinfo, (answer: MutableResponse, { headers }: IncomingMessage) => {
    Object.assign(answer, given.has(headers.authorization ?? '') ? { body: { sub: person } } : { statusCode: 401 });
  });
  await server.start(undefined, '127.0.0.1');
  const issuer = server.issuer.url ?? '';
  return {
    issuer,
    keySetUrl: `${issuer}/jwks`,
    token: (claims) => server.issuer.buildToken({ scopesOrTransform: (_, payload) => Object.assign(payload, claims) }),
    stop: () => server.stop(),
  };
}
