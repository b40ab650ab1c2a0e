import { Construct } from 'constructs';
import { Connections, type Endpoint, type IConnectable } from '../aws';
import { hostViolations, refuse } from '../core';

/** Where something listens, and its security group. */
export interface IServer extends IConnectable {
  readonly endpoint: Endpoint;
}

/** Where the server is, and the security group in which its port is opened. */
export interface ExistingServerProps {
  readonly host: string;
  /** The TCP port that it listens on. */
  readonly port: number;
  readonly securityGroupId: string;
}

/** A server that exists already, made by whatever means: catalogs open its port for their hosts. */
export class ExistingServer extends Construct implements IServer {
  public readonly endpoint: Endpoint;
  public readonly connections: Connections;

  /** @throws ConfigError when the host is more than a name, or none */
  public constructor(scope: Construct, id: string, { host, port, securityGroupId }: ExistingServerProps) {
    super(scope, id);
    refuse(this.node.path, hostViolations(host));
    this.endpoint = { host, port };
    this.connections = new Connections({ scope: this, securityGroupId, defaultPort: port });
  }
}
