import { inside, type SecretRef, secretRefViolations, type Violation } from '../../core';
import { type SecretFile, secretFilePath, type SecretProperties } from '../secret-text';
import { type LdapProps, ldapProperties, ldapServer, ldapViolations } from './ldap';
import { type UserMapping, userMappingViolations } from './user-mapping';

/** What stands in `http-server.authentication.type`. @see https://trino.io/docs/current/security/authentication-types.html */
export type AuthenticationType = 'PASSWORD' | 'OAUTH2' | 'JWT' | 'CERTIFICATE';

/** Trino as a client of an OpenID Connect provider, and which claim is the user. */
export interface OAuth2Props extends UserMapping {
  /** The provider's issuer; its `.well-known/openid-configuration` is read at start. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: SecretRef;
  /** @default ['openid'] */
  readonly scopes?: readonly string[];
  /** The claim that says who the user is. @default 'sub' */
  readonly principalField?: string;
  /** Whether sessions outlive a token. @default false */
  readonly refreshTokens?: boolean;
}

/** Which tokens are believed, and which claim is the user. */
export interface JwtProps extends UserMapping {
  /** URL of the key set (JWKS) that tokens are signed with. */
  readonly keySetUrl: string;
  readonly requiredIssuer?: string;
  readonly requiredAudience?: string;
  /** The claim that says who the user is. @default 'sub' */
  readonly principalField?: string;
}

/** Whose certificates are believed, and how a subject becomes a user. */
export interface CertificateProps {
  /** Certificates (PEM) of the authority that signs those of clients. */
  readonly trusted: SecretRef;
  /**
   * A Java regular expression for the whole subject, whose first group is the user's name.
   * @default 'CN=([^,+="]+)(,.*)?', the common name of a subject that begins with it
   * @see https://trino.io/docs/current/security/user-mapping.html#pattern-mapping-rule
   */
  readonly userMapping?: string;
}

/** Of `CN=alice, OU=Finance, O=Acme`. No other part of a subject can pass for a name, and no name in quotes for another. */
const COMMON_NAME = 'CN=([^,+="]+)(,.*)?';

/** One way to prove who a client is. Where there are several, Trino tries their types in the order given. */
export class Authenticator {
  private constructor(
    /** For people and for file names. */
    public readonly name: string,
    public readonly type: AuthenticationType,
    /** Lines of the coordinator's `config.properties`. */
    public readonly config: SecretProperties,
    /** Lines of its own `password-authenticator.properties`; undefined for all but `PASSWORD`. */
    public readonly passwordFile: SecretProperties | undefined,
    public readonly secretFiles: readonly SecretFile[],
    public readonly violations: readonly Violation[],
  ) {}

  /**
   * User names and bcrypt hashes in a file.
   * @param users the file's content, as `htpasswd -B -C 10` writes it
   * @see https://trino.io/docs/current/security/password-file.html
   */
  public static passwordFile({ users }: { readonly users: SecretRef }): Authenticator {
    const file: SecretFile = { name: 'password.db', content: [users], nodes: 'coordinator' };
    const lines = { 'password-authenticator.name': 'file', 'file.password-file': secretFilePath(file) };
    const violations = secretRefViolations('file.users', users);
    return new Authenticator('file', 'PASSWORD', {}, lines, [file], violations);
  }

  /** A directory. @see https://trino.io/docs/current/security/ldap.html */
  public static ldap(props: LdapProps): Authenticator {
    const { properties, secretFiles } = ldapServer(props, 'ldap-ca.pem');
    const lines = { 'password-authenticator.name': 'ldap', ...properties, ...ldapProperties(props) };
    return new Authenticator('ldap', 'PASSWORD', {}, lines, secretFiles, inside('ldap', ldapViolations(props)));
  }

  /** Single sign-on; the provider must know `https://<host>/oauth2/callback`. @see https://trino.io/docs/current/security/oauth2.html */
  public static oauth2(props: OAuth2Props): Authenticator {
    const config: SecretProperties = {
      'web-ui.authentication.type': 'OAUTH2',
      'http-server.authentication.oauth2.issuer': props.issuer,
      'http-server.authentication.oauth2.client-id': props.clientId,
      'http-server.authentication.oauth2.client-secret': props.clientSecret,
      ...given('http-server.authentication.oauth2.scopes', props.scopes?.join(',')),
      ...given('http-server.authentication.oauth2.principal-field', props.principalField),
      ...given('http-server.authentication.oauth2.refresh-tokens', props.refreshTokens?.toString()),
      ...given('http-server.authentication.oauth2.user-mapping.pattern', props.userMapping),
    };
    return new Authenticator('oauth2', 'OAUTH2', config, undefined, [], mapping('oauth2', props));
  }

  /** Signed tokens of another system. @see https://trino.io/docs/current/security/jwt.html */
  public static jwt(props: JwtProps): Authenticator {
    const config: SecretProperties = {
      'http-server.authentication.jwt.key-file': props.keySetUrl,
      ...given('http-server.authentication.jwt.required-issuer', props.requiredIssuer),
      ...given('http-server.authentication.jwt.required-audience', props.requiredAudience),
      ...given('http-server.authentication.jwt.principal-field', props.principalField),
      ...given('http-server.authentication.jwt.user-mapping.pattern', props.userMapping),
    };
    return new Authenticator('jwt', 'JWT', config, undefined, [], mapping('jwt', props));
  }

  /**
   * Certificates of clients; the coordinator must end TLS itself.
   * @see https://trino.io/docs/current/security/certificate.html
   */
  public static certificate({ trusted, userMapping = COMMON_NAME }: CertificateProps): Authenticator {
    const file: SecretFile = { name: 'clients-ca.pem', content: [trusted], nodes: 'coordinator' };
    const config = {
      'http-server.https.truststore.path': secretFilePath(file),
      'http-server.authentication.certificate.user-mapping.pattern': userMapping,
    };
    const violations = mapping('certificate', { userMapping });
    return new Authenticator('certificate', 'CERTIFICATE', config, undefined, [file], violations);
  }
}

function mapping(authenticator: string, props: UserMapping): readonly Violation[] {
  return inside(authenticator, userMappingViolations(props));
}

function given(name: string, value: string | undefined): SecretProperties {
  return value === undefined ? {} : { [name]: value };
}
