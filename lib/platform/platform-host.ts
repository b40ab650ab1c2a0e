import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Connections, type ICluster, type PolicyStatement, WorkloadRole } from '../aws';
import type { CatalogHost } from '../catalogs';
import type { TrinoRelease } from '../trino';
import type { PlatformNames } from './names';

export interface PlatformHostProps {
  readonly cluster: ICluster;
  readonly names: PlatformNames;
  readonly release: TrinoRelease;
  readonly region: string;
  /** Hears of every port that the pods are let into. */
  readonly onReach: (fromPort: number, toPort: number) => void;
}

/** The pods of a platform, as catalogs see them: their role, and the security group of their nodes. */
export class PlatformHost extends Construct implements CatalogHost {
  public readonly release: TrinoRelease;
  public readonly region: string;
  /** In its own scope: rules belong to the stack of the platform, not to that of the cluster. */
  public readonly connections: Connections;
  /** For what must not start before the pods can have their role. */
  public readonly ready: ITerraformDependable;
  private readonly role: WorkloadRole;

  public constructor(scope: Construct, id: string, props: PlatformHostProps) {
    super(scope, id);
    const { cluster, names, onReach } = props;
    this.release = props.release;
    this.region = props.region;
    const { securityGroupId } = cluster.connections;
    this.connections = new Connections({ scope: this, securityGroupId, onReach });
    const { namespace, serviceAccount, role: name } = names;
    this.role = new WorkloadRole(this, 'Role', { cluster, namespace, serviceAccount, name });
    this.ready = this.role.association;
  }

  public addStatement(statement: PolicyStatement): void {
    this.role.addStatement(statement);
  }
}
