import { normal } from '../conditions';
import { givenIn, is, isOn, isSet, type PropertyRule } from './rule';

/** @see https://trino.io/docs/current/security/authentication-types.html */
const LOGIN_TYPES = ['CERTIFICATE', 'HEADER', 'INSECURE', 'JWT', 'KERBEROS', 'OAUTH2', 'PASSWORD'];
/** @see https://trino.io/docs/current/admin/properties-web-interface.html */
const WEB_UI_TYPES = ['CERTIFICATE', 'FIXED', 'FORM', 'INSECURE', 'JWT', 'KERBEROS', 'OAUTH2'];

/** How people log in to the web interface: as it says itself, else by a password, else as clients do first. */
function webUiType(ui: string | undefined, clients = 'INSECURE'): string {
  if (ui !== undefined) return normal(ui.trim());
  const types = givenIn(clients);
  return types.includes('PASSWORD') ? 'FORM' : (types[0] ?? '');
}

/** A type of clients that does not exist is reported for itself. */
function webUiTypes(known: readonly string[], releases: Pick<PropertyRule, 'since' | 'before'>): PropertyRule {
  const isUnknown = (type: string): boolean => !known.includes(type);
  return {
    ...releases,
    properties: ['web-ui.authentication.type', 'http-server.authentication.type', 'web-ui.enabled'],
    isViolated: ([ui, clients, enabled]) => {
      const type = webUiType(ui, clients);
      return isOn(enabled) && isUnknown(type) && (isSet(ui) || LOGIN_TYPES.includes(type));
    },
    allowed: `one of ${known.join(', ')}; when it is not set, how clients log in first`,
    fix: 'set web-ui.authentication.type=FORM, or web-ui.enabled=false',
  };
}

/** Of who may log in, as a client or in the web interface. */
export const LOG_IN_RULES: readonly PropertyRule[] = [
  {
    properties: ['http-server.authentication.type'],
    isViolated: ([types]) => givenIn(types).some((type) => !LOGIN_TYPES.includes(type)),
    allowed: `one or more of ${LOGIN_TYPES.join(', ')}, separated by commas`,
    fix: 'leave out what is none of these',
  },
  webUiTypes(WEB_UI_TYPES, { before: '483' }),
  webUiTypes([...WEB_UI_TYPES, 'NONE'], { since: '483' }),
  ...['web-ui.shared-secret', 'web-ui.session-timeout'].map<PropertyRule>((name) => ({
    properties: [name, 'web-ui.authentication.type', 'http-server.authentication.type'],
    written: true,
    anyValue: true,
    isViolated: ([, ui, clients]) => ['OAUTH2', 'FIXED'].includes(webUiType(ui, clients)),
    allowed: 'nothing where the web interface logs people in by OAUTH2 or as a FIXED user: it has no form then',
    fix: `remove ${name}`,
  })),
  ...['auth-url', 'token-url', 'jwks-url'].map<PropertyRule>((url) => ({
    properties: [`http-server.authentication.oauth2.${url}`, 'http-server.authentication.oauth2.oidc.discovery'],
    isViolated: ([value, discovery]) => is(discovery, 'FALSE') && !isSet(value),
    allowed: "a URL of the provider: with discovery 'false' nobody else says it",
    fix: `set http-server.authentication.oauth2.${url}, or http-server.authentication.oauth2.oidc.discovery=true`,
  })),
  {
    properties: ['ldap.url', 'ldap.allow-insecure'],
    isViolated: ([url = '', insecure]) => url.startsWith('ldap:') && !isOn(insecure),
    allowed: 'ldaps://host:636',
    fix: 'use ldaps, or set ldap.allow-insecure=true',
  },
];
