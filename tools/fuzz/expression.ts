import { Cpu, DataSize, Duration, SecretRef } from '../../lib/core';
import {
  AccessControl,
  type AccessRules,
  Authenticator,
  type CertificateProps,
  type CatalogConfig,
  ClientTls,
  deltaLakeCatalog,
  GroupProvider,
  hiveCatalog,
  type HiveConfig,
  icebergCatalog,
  kafkaCatalog,
  type KafkaConfig,
  KafkaSecurity,
  type LakeConfig,
  type LdapGroupsProps,
  type LdapProps,
  type MySqlConfig,
  mysqlCatalog,
  type OpaProps,
  type PostgreSqlConfig,
  postgresqlCatalog,
  type SecretProperties,
  simpleCatalog,
  type SimpleConnector,
  type TrinoDefinition,
  TrinoRelease,
  withExtras,
} from '../../lib/trino';

/**
 * A definition as plain JSON, so that it can be printed, made smaller and kept as a regression test. An object with one key
 * that starts with `$` is a call of the library: `{ $size: '5GB' }`, `{ $rules: … }`.
 */
export type Expression =
  null | boolean | number | string | readonly Expression[] | { readonly [key: string]: Expression };

/** Lines that somebody adds to a catalog by hand. */
interface Extended {
  readonly extraProperties?: SecretProperties;
}

/** What an expression may call, by name. */
const CALLS = {
  $size: (text: string) => DataSize.parseTrino(text),
  $time: (text: string) => Duration.parseTrino(text),
  $cpu: (millis: number) => Cpu.millis(millis),
  $secret: (key: string) => SecretRef.of('acme/fuzz', key),
  $release: (version: string) => TrinoRelease.of(version),
  $tls: (endsAt: 'load-balancer' | 'coordinator' | 'nowhere') => TLS[endsAt](),
  $passwordFile: (props: { readonly users: SecretRef }) => Authenticator.passwordFile(props),
  $ldap: (props: LdapProps) => Authenticator.ldap(props),
  $certificate: (props: CertificateProps) => Authenticator.certificate(props),
  $jwt: (props: Parameters<typeof Authenticator.jwt>[0]) => Authenticator.jwt(props),
  $oauth2: (props: Parameters<typeof Authenticator.oauth2>[0]) => Authenticator.oauth2(props),
  $groupFile: (props: { readonly groups: SecretRef }) => GroupProvider.file(props),
  $ldapGroups: (props: LdapGroupsProps) => GroupProvider.ldap(props),
  $builtIn: (name: 'default' | 'allow-all' | 'read-only') => AccessControl.builtIn(name),
  $rules: ({ rules, ...options }: { readonly rules: AccessRules; readonly refreshPeriod?: Duration }) =>
    AccessControl.rules(rules, options),
  $opa: (props: OpaProps) => AccessControl.opa(props),
  $hive: extensible<HiveConfig>(hiveCatalog),
  $iceberg: extensible<LakeConfig>(icebergCatalog),
  $deltaLake: extensible<LakeConfig>(deltaLakeCatalog),
  $mysql: extensible<MySqlConfig>(mysqlCatalog),
  $postgresql: extensible<PostgreSqlConfig>(postgresqlCatalog),
  $kafka: extensible<KafkaConfig>(kafkaCatalog),
  $kafkaSecurity: (name: 'plaintext' | 'tls' | 'scram' | 'mutual-tls') => KAFKA_SECURITY[name](),
  $simple: (connector: SimpleConnector): CatalogConfig => simpleCatalog(connector),
  $custom: (catalog: CatalogConfig) => catalog,
};

function extensible<T>(make: (config: T) => CatalogConfig): (config: T & Extended) => CatalogConfig {
  return (config) => {
    const catalog = make(config);
    return { ...catalog, properties: withExtras(catalog.properties, config.extraProperties) };
  };
}

const TLS = {
  'load-balancer': () => ClientTls.loadBalancer(),
  coordinator: () => ClientTls.coordinator(SecretRef.of('acme/fuzz', 'pem')),
  nowhere: () => ClientTls.none(),
};

const KAFKA_SECURITY = {
  plaintext: () => KafkaSecurity.plaintext(),
  tls: () => KafkaSecurity.tls(),
  'mutual-tls': () => KafkaSecurity.mutualTls(SecretRef.of('acme/fuzz', 'kafka-pem')),
  scram: () =>
    KafkaSecurity.scram({
      username: SecretRef.of('acme/fuzz', 'kafka-user'),
      password: SecretRef.of('acme/fuzz', 'kafka-password'),
    }),
};

/** @throws ConfigError or RangeError when the library refuses a part where it is made */
export function definitionOf(expression: Expression): TrinoDefinition {
  return evaluate(expression) as TrinoDefinition;
}

function evaluate(expression: Expression): unknown {
  if (typeof expression !== 'object' || expression === null) return expression;
  if (isList(expression)) return expression.map(evaluate);
  const [first, ...others] = Object.entries(expression).map(([key, value]) => [key, evaluate(value)] as const);
  const call = first === undefined || others.length > 0 ? undefined : callOf(first[0]);
  if (first !== undefined && call !== undefined) return call(first[1]);
  return Object.fromEntries([...(first === undefined ? [] : [first]), ...others]);
}

function isList(expression: Expression): expression is readonly Expression[] {
  return Array.isArray(expression);
}

function callOf(name: string): ((argument: unknown) => unknown) | undefined {
  return (CALLS as unknown as Readonly<Record<string, ((argument: unknown) => unknown) | undefined>>)[name];
}
