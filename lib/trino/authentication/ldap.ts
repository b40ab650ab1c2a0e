import { isToken, type SecretRef, show, type Violation, violationIf } from '../../core';
import { type SecretFile, secretFilePath, type SecretProperties } from '../secret-text';

/** A directory server. */
export interface LdapServer {
  /** `ldaps://ldap.example.com:636`. */
  readonly url: string;
  /** Certificates (PEM) of the authority that signed the server's. @default - those that Java trusts */
  readonly caCertificate?: SecretRef;
  /** Whether passwords may cross the network in plain text: `ldap://` needs it. @default false */
  readonly allowInsecure?: boolean;
}

/** Users of a directory. Either every user binds with a pattern, or a service user searches for them. */
export interface LdapProps extends LdapServer {
  /** `uid=${USER},ou=people,dc=example,dc=com`; several are tried in order. */
  readonly userBindPatterns?: readonly string[];
  /** Where users are searched: `ou=people,dc=example,dc=com`. */
  readonly userBaseDn?: string;
  /** Who may log in: `(&(objectClass=groupOfNames)(cn=trino)(member=uid=${USER},ou=people,dc=example,dc=com))`. */
  readonly groupAuthPattern?: string;
  /** The service user that searches. */
  readonly bindDn?: string;
  readonly bindPassword?: SecretRef;
}

/** Lines that every LDAP plugin has in common, and the file they point to. */
export function ldapServer(server: LdapServer, caFile: string) {
  const secretFiles = server.caCertificate === undefined ? [] : [caFileOf(caFile, server.caCertificate)];
  const properties: SecretProperties = {
    'ldap.url': server.url,
    ...(server.allowInsecure === true ? { 'ldap.allow-insecure': 'true' } : {}),
    ...Object.fromEntries(secretFiles.map((file) => ['ldap.ssl.truststore.path', secretFilePath(file)])),
  };
  return { properties, secretFiles };
}

function caFileOf(name: string, certificate: SecretRef): SecretFile {
  return { name, content: [certificate], nodes: 'coordinator' };
}

/** @see https://trino.io/docs/current/security/ldap.html */
export function ldapProperties(props: LdapProps): SecretProperties {
  return {
    ...(props.userBindPatterns === undefined ? {} : { 'ldap.user-bind-pattern': props.userBindPatterns.join(':') }),
    ...(props.userBaseDn === undefined ? {} : { 'ldap.user-base-dn': props.userBaseDn }),
    ...(props.groupAuthPattern === undefined ? {} : { 'ldap.group-auth-pattern': props.groupAuthPattern }),
    ...(props.bindDn === undefined ? {} : { 'ldap.bind-dn': props.bindDn }),
    ...(props.bindPassword === undefined ? {} : { 'ldap.bind-password': props.bindPassword }),
  };
}

export function ldapServerViolations({ url, allowInsecure = false }: LdapServer): readonly Violation[] {
  if (isToken(url) || url.startsWith('ldaps://')) return [];
  if (!url.startsWith('ldap://')) {
    return [
      { path: 'url', got: show(url), allowed: 'ldaps://host:636', fix: 'write the scheme, the host and the port' },
    ];
  }
  if (allowInsecure) return [];
  const fix = 'use ldaps:// with port 636, or say allowInsecure: true where the network is trusted';
  return [{ path: 'url', got: show(url), allowed: 'ldaps://: passwords cross the network', fix }];
}

/** The combinations that Trino's LDAP plugin refuses at start. */
export function ldapViolations(props: LdapProps): readonly Violation[] {
  const { userBindPatterns, userBaseDn, groupAuthPattern, bindDn, bindPassword } = props;
  const binds = (userBindPatterns ?? []).length > 0;
  return [
    ...ldapServerViolations(props),
    ...violationIf(!binds && bindDn === undefined, {
      path: 'userBindPatterns',
      got: 'nothing, and no bindDn',
      allowed: 'one of the two',
      fix: "add userBindPatterns: ['uid=${USER},ou=people,dc=example,dc=com']",
    }),
    ...violationIf(binds && bindDn !== undefined, {
      path: 'bindDn',
      got: 'set together with userBindPatterns',
      allowed: 'one way to find a user',
      fix: 'keep userBindPatterns when the name of an entry follows from the user name, else bindDn',
    }),
    ...violationIf(bindDn !== undefined && (bindPassword === undefined || groupAuthPattern === undefined), {
      path: 'bindDn',
      got: 'set without bindPassword or groupAuthPattern',
      allowed: 'all three: the service user searches with the pattern',
      fix: 'add bindPassword and a groupAuthPattern such as (&(objectClass=person)(uid=${USER}))',
    }),
    ...violationIf(groupAuthPattern !== undefined && userBaseDn === undefined, {
      path: 'groupAuthPattern',
      got: 'set without userBaseDn',
      allowed: 'both: the search starts at userBaseDn',
      fix: 'add userBaseDn, for example ou=people,dc=example,dc=com',
    }),
    ...(userBindPatterns ?? []).flatMap((pattern, index) =>
      violationIf(!isToken(pattern) && !pattern.includes('${USER}'), {
        path: `userBindPatterns[${index}]`,
        got: show(pattern),
        allowed: 'a pattern with ${USER}',
        fix: 'put ${USER} where the user name belongs: without it every user is the same entry',
      }),
    ),
  ];
}
