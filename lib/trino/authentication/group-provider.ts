import { inside, type SecretRef, type Violation } from '../../core';
import { type SecretFile, secretFilePath, type SecretProperties } from '../secret-text';
import { type LdapServer, ldapServer, ldapServerViolations } from './ldap';

/** A directory, who searches it, and where users and the names of their groups are found. */
export interface LdapGroupsProps extends LdapServer {
  /** The service user that searches. */
  readonly adminUser: string;
  readonly adminPassword: SecretRef;
  /** Where users are searched: `ou=people,dc=example,dc=com`. */
  readonly userBaseDn: string;
  /** @default '(uid={0})' */
  readonly userSearchFilter?: string;
  /** @default 'cn' */
  readonly groupNameAttribute?: string;
}

/** Which groups a user is in: what the `group` of access rules, resource groups and selectors means. */
export class GroupProvider {
  private constructor(
    /** Lines of `group-provider.properties`. */
    public readonly properties: SecretProperties,
    public readonly secretFiles: readonly SecretFile[],
    public readonly violations: readonly Violation[],
  ) {}

  /** @param groups the file's content, `group:user,user` on each line; @see https://trino.io/docs/current/security/group-mapping.html */
  public static file({ groups }: { readonly groups: SecretRef }): GroupProvider {
    const file: SecretFile = { name: 'group.db', content: [groups], nodes: 'coordinator' };
    const lines = { 'group-provider.name': 'file', 'file.group-file': secretFilePath(file) };
    return new GroupProvider(lines, [file], []);
  }

  /** The groups of a directory. @see https://trino.io/docs/current/security/group-mapping.html */
  public static ldap(props: LdapGroupsProps): GroupProvider {
    const { properties, secretFiles } = ldapServer(props, 'ldap-groups-ca.pem');
    const lines: SecretProperties = {
      'group-provider.name': 'ldap',
      ...properties,
      'ldap.admin-user': props.adminUser,
      'ldap.admin-password': props.adminPassword,
      'ldap.user-base-dn': props.userBaseDn,
      ...(props.userSearchFilter === undefined ? {} : { 'ldap.user-search-filter': props.userSearchFilter }),
      ...(props.groupNameAttribute === undefined ? {} : { 'ldap.group-name-attribute': props.groupNameAttribute }),
    };
    return new GroupProvider(lines, secretFiles, inside('groups', ldapServerViolations(props)));
  }
}
