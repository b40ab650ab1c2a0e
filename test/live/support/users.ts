import type { LocalUser } from '../../../local/platform/local-authentication';

/** People who may log in where a definition asks for passwords. */
export function users(...names: readonly string[]): readonly LocalUser[] {
  return names.map((name) => ({ name, password: `password of ${name}` }));
}
