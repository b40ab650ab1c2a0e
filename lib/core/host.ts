import { isToken } from './terraform-text';
import { matches, show, type Violation } from './validation';

/** A name, not a URL: whoever pastes one brings a port or a database along. */
export function hostViolations(host: string): readonly Violation[] {
  if (isToken(host) || matches(/^[A-Za-z0-9.-]+$/, host)) return [];
  return [
    {
      path: 'host',
      // What stands before an @ may be a password.
      got: matches(/@/, host) ? 'a user and a host' : show(host),
      allowed: 'a host name or an address alone',
      fix: 'leave out the scheme, the user, the port and the database: they have props of their own',
    },
  ];
}
