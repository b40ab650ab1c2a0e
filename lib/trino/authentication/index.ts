export * from './authentication';
export * from './authenticator';
export * from './group-provider';
export type { LdapProps, LdapServer } from './ldap';
export type { UserMapping } from './user-mapping';
