import { isToken } from './terraform-text';

/** The parameters of a JDBC URL, `a=b&c=d`, encoded: a `&` in a value would begin a parameter of its own. */
export function jdbcParameters(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${isToken(value) ? value : encodeURIComponent(value)}`)
    .join('&');
}
