import type { IClusterSecretStore } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore' with {
  'resolution-mode': 'import',
};
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { Account } from '../aws/account';
import type { ICluster } from '../aws/cluster';
import { type PolicyStatement, policyDocument } from '../aws/grants';
import type { Placement } from '../aws/node-pool';
import { grantReadSecret } from '../aws/secret';
import { WorkloadRole } from '../aws/workload-role';
import { Cpu, DataSize, describeViolation, physicalName, refuse, show, type Violation } from '../core';
import { pinnedChart } from './charts';
import { HelmChart } from './helm-chart';
import { NamesInUse } from './names-in-use';
import type { INamespace } from './namespace';
import { KubernetesObjects } from './objects';
import { placed, resourcesOf } from './pods';

/** Brings secrets of AWS Secrets Manager into namespaces of the cluster. */
export interface ISecretStore {
  /** Name of the ClusterSecretStore. */
  readonly storeName: string;
  /** What must be there before the first secret is asked for. */
  readonly ready: readonly ITerraformDependable[];
  /** Lets a namespace have a secret. @param secret name or ARN; of the store's region, of whichever account lets it be read */
  serve(namespace: string, secret: string): void;
}

/** Where the operator runs, and the first part of its role's name. */
export interface ExternalSecretsProps {
  readonly cluster: ICluster;
  /** First part of the role's name: `acme-dev`. */
  readonly name: string;
  readonly namespace: INamespace;
  /** @default - any node without a taint */
  readonly placement?: Placement;
}

const SERVICE_ACCOUNT = 'external-secrets';
const STORE = 'aws-secrets-manager';

/**
 * The External Secrets operator with one store for the whole cluster: AWS Secrets Manager, read with the operator's own
 * role. The role may read the secrets that are asked for here and no other, and only the namespaces that ask are served.
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export class ExternalSecrets extends Construct implements ISecretStore {
  public readonly storeName = STORE;
  public readonly ready: readonly ITerraformDependable[];
  private readonly namespaces = new Set<string>();
  private readonly granted: PolicyStatement[] = [];
  private readonly role: WorkloadRole;
  private readonly account: Account;

  /** @throws ConfigError when the stack has one already: its store is the whole cluster's */
  public constructor(scope: Construct, id: string, props: ExternalSecretsProps) {
    super(scope, id);
    refuse(this.node.path, NamesInUse.of(this).take(this, 'store', { kind: 'ClusterSecretStore', name: STORE }));
    const { cluster, name, namespace } = props;
    this.account = Account.of(this);
    const { region } = this.account;
    this.role = new WorkloadRole(this, 'Role', {
      cluster,
      namespace: namespace.name,
      serviceAccount: SERVICE_ACCOUNT,
      name: physicalName(name, 'external-secrets'),
    });
    const operator = new HelmChart(this, 'Operator', {
      chart: pinnedChart('external-secrets'),
      releaseName: 'external-secrets',
      namespace,
      values: operatorValues(props.placement),
      dependsOn: [this.role.association],
    });
    const store = new KubernetesObjects(this, 'Store', {
      releaseName: 'external-secrets-store',
      namespace,
      objects: () => [storeOf(region, [...this.namespaces].sort())],
      dependsOn: [operator.release],
    });
    this.ready = [store.release];
    this.node.addValidation({
      validate: () => foreignSecrets(this.granted, Account.writtenRegion(this)).map((it) => describeViolation(it)),
    });
  }

  /** A store that exists already; whoever runs it lets it read the secrets that are asked for. */
  public static fromStoreName(storeName: string): ISecretStore {
    return { storeName, ready: [], serve: () => undefined };
  }

  /** One that is written with another region than the provider's is refused when the app is synthesized. */
  public serve(namespace: string, secret: string): void {
    this.namespaces.add(namespace);
    grantReadSecret(this, { addStatement: (statement) => this.granted.push(statement) }, secret);
    if (this.node.tryFindChild('Policy') !== undefined) return;
    const statements = () => [...merged(this.granted), decryptStatement(this.account, this.granted)];
    // One policy of two statements, however many secrets there are: the policies of a role have 10,240 characters.
    const policy = new IamRolePolicy(this, 'Policy', {
      name: 'secrets',
      role: this.role.roleName,
      policy: Lazy.stringValue({ produce: () => policyDocument(statements()) }),
    });
    this.role.addPolicy(policy);
  }
}

/** Statements of equal actions as one. */
function merged(statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
  const [first] = statements;
  if (first === undefined) return [];
  return [{ ...first, resources: [...new Set(statements.flatMap(({ resources }) => resources))] }];
}

/**
 * A pointer to a secret does not tell its key. Secrets Manager decrypts on behalf of who may read the secret, so the
 * statement before is the fence, and this one opens no key for anything else. Another account's secret has that account's
 * key.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
function decryptStatement(
  { partition, region, accountId }: Account,
  granted: readonly PolicyStatement[],
): PolicyStatement {
  const written = granted.flatMap(({ resources }) => resources.flatMap(writtenAccount));
  return {
    actions: ['kms:Decrypt'],
    resources: [...new Set([accountId, ...written])].map((owner) => `arn:${partition}:kms:${region}:${owner}:key/*`),
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
  };
}

/**
 * Secrets that the store cannot have: it asks Secrets Manager in one region.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
function foreignSecrets(granted: readonly PolicyStatement[], region: string | undefined): readonly Violation[] {
  if (region === undefined) return [];
  const secrets = new Set(granted.flatMap(({ resources }) => resources));
  const elsewhere = [...secrets].filter((arn) => (regionOf(arn) ?? region) !== region);
  return elsewhere.map((arn) => ({
    path: 'secret',
    got: show(arn),
    allowed: `secrets of ${region}, where the store asks for them`,
    fix: `replicate it to ${region} and give the ARN that it has there`,
  }));
}

/** The region of an ARN that is written out, `eu-west-1`. */
function regionOf(arn: string): string | undefined {
  return /^arn:[^:]+:secretsmanager:([a-z0-9-]+):/.exec(arn)?.[1];
}

/** The account of an ARN that is written out, `111122223333`. */
function writtenAccount(arn: string): readonly string[] {
  return /^arn:[^:]+:secretsmanager:[^:]+:(\d{12}):/.exec(arn)?.slice(1) ?? [];
}

function storeOf(region: string, namespaces: string[]): IClusterSecretStore {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: STORE },
    spec: { provider: { aws: { service: 'SecretsManager', region } }, conditions: [{ namespaces }] },
  };
}

/** Two of what must answer at any time; the chart's own security contexts are of the restricted standard. */
function operatorValues(placement: Placement | undefined): object {
  const where = placed(placement);
  const resources = resourcesOf({ cpu: Cpu.millis(50), memory: DataSize.mib(256) });
  const podDisruptionBudget = { enabled: true, minAvailable: 1 };
  return {
    ...where,
    resources,
    podDisruptionBudget,
    replicaCount: 2,
    leaderElect: true,
    installCRDs: true,
    serviceAccount: { create: true, name: SERVICE_ACCOUNT },
    webhook: { ...where, resources, podDisruptionBudget, replicaCount: 2 },
    certController: { ...where, resources },
  };
}
