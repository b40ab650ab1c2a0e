import fc, { type Arbitrary } from 'fast-check';
import type { Expression } from '../expression';
import { type Fields, optional, pattern, rare, required, secret, time, together } from './values';

/** Who clients are, and what they may do. */

const who = rare({ user: pattern, role: pattern, group: pattern });
const TABLE_PRIVILEGES = ['SELECT', 'INSERT', 'DELETE', 'UPDATE', 'OWNERSHIP', 'GRANT_SELECT'];

const column = together(
  required({ name: fc.constantFrom('id', 'email', 'salary') }),
  optional({ allow: fc.boolean(), mask: fc.constant("'***'"), mask_environment: fc.constant({ user: 'admin' }) }),
);

/** A rule of each section, by the section. */
const RULES: Readonly<Record<string, Arbitrary<Fields>>> = {
  catalogs: together(
    who,
    optional({ catalog: pattern }),
    required({ allow: fc.constantFrom('owner', 'all', 'read-only', 'none') }),
  ),
  schemas: together(who, optional({ catalog: pattern, schema: pattern }), required({ owner: fc.boolean() })),
  tables: together(
    who,
    optional({
      catalog: pattern,
      schema: pattern,
      table: pattern,
      filter: fc.constant("region = 'eu'"),
      columns: fc.array(column, { maxLength: 2 }),
    }),
    required({ privileges: fc.subarray(TABLE_PRIVILEGES) }),
  ),
  functions: together(
    who,
    optional({ catalog: pattern, schema: pattern, function: pattern }),
    required({ privileges: fc.subarray(['EXECUTE', 'GRANT_EXECUTE', 'OWNERSHIP']) }),
  ),
  procedures: together(
    who,
    optional({ catalog: pattern, schema: pattern, procedure: pattern }),
    required({ privileges: fc.subarray(['EXECUTE', 'GRANT_EXECUTE']) }),
  ),
  queries: together(
    who,
    optional({ queryOwner: pattern }),
    required({ allow: fc.subarray(['execute', 'view', 'kill']) }),
  ),
  impersonation: together(
    optional({ original_user: pattern, original_role: pattern, allow: fc.boolean() }),
    required({ new_user: fc.oneof(pattern, fc.constantFrom('$1', '$1_x', '$2')) }),
  ),
  principals: together(
    required({ principal: pattern, allow: fc.boolean() }),
    optional({ user: pattern, principal_to_user: fc.constantFrom('$1', 'x', '$2') }),
  ),
  system_information: together(
    optional({ user: pattern, role: pattern }),
    required({ allow: fc.subarray(['read', 'write']) }),
  ),
  authorization: optional({
    original_user: pattern,
    original_group: pattern,
    original_role: pattern,
    new_user: pattern,
    new_role: pattern,
    allow: fc.boolean(),
  }),
  system_session_properties: together(who, optional({ property: pattern }), required({ allow: fc.boolean() })),
  catalog_session_properties: together(
    who,
    optional({ catalog: pattern, property: pattern }),
    required({ allow: fc.boolean() }),
  ),
};

const rules: Arbitrary<Fields> = rare(
  Object.fromEntries(Object.entries(RULES).map(([section, rule]) => [section, fc.array(rule, { maxLength: 2 })])),
);

export const accessControl: Arbitrary<Expression> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom('default', 'allow-all', 'read-only').map(($builtIn) => ({ $builtIn })) },
  {
    weight: 6,
    arbitrary: together(required({ rules }), optional({ refreshPeriod: time(1, 600) })).map(($rules) => ({ $rules })),
  },
  {
    weight: 1,
    arbitrary: together(
      required({ policyUri: fc.constant('http://opa:8181/v1/data/trino/allow') }),
      optional({
        batchedUri: fc.constant('http://opa:8181/v1/data/trino/batch'),
        rowFiltersUri: fc.constant('http://opa:8181/v1/data/trino/rows'),
        columnMaskingUri: fc.constant('http://opa:8181/v1/data/trino/mask'),
        allowPermissionManagement: fc.boolean(),
      }),
    ).map(($opa) => ({ $opa })),
  },
);

const ldap = together(
  required({ url: fc.constantFrom('ldaps://ldap:636', 'ldap://ldap:389', 'ldaps://ldap') }),
  optional({
    caCertificate: fc.constant(secret('ca')),
    allowInsecure: fc.boolean(),
    userBindPatterns: fc.subarray(['uid=${USER},ou=people,dc=x', '${USER}@x'], { minLength: 1 }),
    userBaseDn: fc.constant('ou=people,dc=x'),
    groupAuthPattern: fc.constantFrom('(&(objectClass=person)(uid=${USER}))', '(uid=anna)'),
    bindDn: fc.constant('cn=trino,dc=x'),
    bindPassword: fc.constant(secret('bind')),
  }),
);

const userMapping = fc.constantFrom('(.*)@acme[.]example', '(?<name>[a-z]+).*');
const ISSUER = 'https://idp.example.com';
const authenticators: Readonly<Record<string, Arbitrary<Expression>>> = {
  file: fc.constant({ $passwordFile: { users: secret('users') } }),
  ldap: ldap.map(($ldap) => ({ $ldap })),
  jwt: together(
    required({ keySetUrl: fc.constant(`${ISSUER}/keys`) }),
    optional({
      requiredIssuer: fc.constant(ISSUER),
      requiredAudience: fc.constant('trino'),
      principalField: fc.constant('email'),
      userMapping,
    }),
  ).map(($jwt) => ({ $jwt })),
  oauth2: together(
    required({
      issuer: fc.constant(ISSUER),
      clientId: fc.constant('trino'),
      clientSecret: fc.constant(secret('oauth2')),
    }),
    optional({
      scopes: fc.constant(['openid', 'email']),
      principalField: fc.constant('email'),
      refreshTokens: fc.boolean(),
      userMapping,
    }),
  ).map(($oauth2) => ({ $oauth2 })),
  certificate: together(required({ trusted: fc.constant(secret('clients')) }), optional({ userMapping })).map(
    ($certificate) => ({ $certificate }),
  ),
};

const groups: Arbitrary<Expression> = fc.oneof(
  fc.constant({ $groupFile: { groups: secret('groups') } }),
  together(
    required({
      url: fc.constant('ldaps://ldap:636'),
      adminUser: fc.constant('cn=trino,dc=x'),
      adminPassword: fc.constant(secret('admin')),
      userBaseDn: fc.constant('ou=people,dc=x'),
    }),
    optional({
      userSearchFilter: fc.constant('(cn={0})'),
      groupNameAttribute: fc.constant('cn'),
      caCertificate: fc.constant(secret('ca')),
    }),
  ).map(($ldapGroups) => ({ $ldapGroups })),
);

export const authentication: Arbitrary<Expression> = fc
  .subarray(Object.keys(authenticators), { minLength: 1, maxLength: 3 })
  .chain((names) =>
    together(
      required({ authenticators: fc.tuple(...names.flatMap((name) => authenticators[name] ?? [])) }),
      optional({ groups, webUiSecret: fc.constant(secret('web-ui')) }),
    ),
  );
