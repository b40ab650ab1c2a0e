import { type Violation, isToken, matches, show } from '../core';

/** What Kubernetes demands of most names. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_LABEL = 63;
const MAX_SUBDOMAIN = 253;

/** What is wrong with a name that becomes part of a host name: of a namespace or a Service. */
export function labelNameViolations(path: string, name: string, max = MAX_LABEL): readonly Violation[] {
  if (isToken(name) || (matches(LABEL, name) && name.length <= max)) return [];
  const allowed = `1 to ${max} small letters, digits and -, with a letter or digit at both ends`;
  return [{ path, got: show(name), allowed, fix: 'choose another name' }];
}

/** What is wrong with the name of an object. */
export function objectNameViolations(path: string, name: string | undefined): readonly Violation[] {
  if (isToken(name) || (matches(SUBDOMAIN, name) && name.length <= MAX_SUBDOMAIN)) return [];
  const allowed = `1 to ${MAX_SUBDOMAIN} small letters, digits, - and ., with a letter or digit at both ends`;
  return [{ path, got: show(name), allowed, fix: 'choose another name' }];
}
