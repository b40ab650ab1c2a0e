import type { Violation } from '../core';

/** How a MySQL connection is encrypted: `REQUIRED` checks no certificate; the two that verify need the authority's
 * certificates in a truststore. @see https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-security.html */
export type MySqlSslMode = (typeof MYSQL_SSL_MODES)[number];

export const MYSQL_SSL_MODES = ['DISABLED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'] as const;

const CREDENTIALS = ['user', 'username', 'password'];

/** Parameters that people add: credentials have their own way, because a URL is plain text in a ConfigMap. */
export function parameterViolations(parameters: Readonly<Record<string, string>>): readonly Violation[] {
  return Object.keys(parameters).flatMap((name) => {
    const path = `urlParameters.${name}`;
    const given = name.toLowerCase();
    if (CREDENTIALS.includes(given)) {
      const fix = 'give it in credentials: the URL stands in a ConfigMap, in plain text';
      return [{ path, got: 'a credential', allowed: 'parameters of the connection', fix }];
    }
    if (given !== 'sslmode') return [];
    return [{ path, got: 'set here', allowed: 'other parameters', fix: "use the prop 'sslMode'" }];
  });
}

/** The user or the password of a URL, written out. */
export function hasCredentials(url: string): boolean {
  return /[?&](user|password)=(?!\$\{ENV:)/i.test(url) || /\/\/[^/?]*@/.test(url);
}
