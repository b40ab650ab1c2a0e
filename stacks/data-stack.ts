import { type App, TerraformOutput, TerraformResource, TerraformStack } from 'cdktf';
import { RootConstruct } from 'constructs';
import { Backups } from '../lib/aws/backups';
import { ExchangeBucket, type IExchangeBucket } from '../lib/aws/exchange-bucket';
import { type IKafkaCluster, KafkaCluster } from '../lib/aws/kafka-cluster';
import { type ILakeBucket, LakeBucket } from '../lib/aws/lake-bucket';
import { LogBucket } from '../lib/aws/log-bucket';
import { type IMySqlDatabase, MySqlDatabase } from '../lib/aws/mysql-database';
import type { INetwork } from '../lib/aws/network';
import type { EnvironmentConfig } from './environment-config';
import type { EnvironmentNames } from './environment-names';
import { LayerStack, type LayerStackProps } from './layer-stack';

export interface DataStackProps extends Omit<LayerStackProps, 'layer'> {
  readonly names: EnvironmentNames;
  readonly network: INetwork;
  readonly parts: Pick<EnvironmentConfig, 'lake' | 'exchange' | 'mysql' | 'backups' | 'kafka'>;
  readonly retain: boolean;
}

/** What must not be lost, and what stands beside it: buckets, database, brokers, backups. It outlives every cluster. */
export class DataStack extends LayerStack {
  public readonly lake: ILakeBucket;
  public readonly exchange: IExchangeBucket;
  public readonly mysql: IMySqlDatabase | undefined;
  public readonly kafka: IKafkaCluster | undefined;

  public constructor(app: App, props: DataStackProps) {
    super(app, { ...props, layer: 'data' });
    const { names, retain } = props;
    const accessLogBucket = new LogBucket(this, 'AccessLogs', { name: names.logBucket, retain });
    this.lake = new LakeBucket(this, 'Lake', { ...props.parts.lake, name: names.lakeBucket, accessLogBucket, retain });
    this.exchange = new ExchangeBucket(this, 'Exchange', {
      ...props.parts.exchange,
      name: names.exchangeBucket,
      accessLogBucket,
    });
    this.mysql = this.addMySql(props);
    this.kafka = this.addKafka(props);
    new TerraformOutput(this, 'LakeUri', { value: this.lake.uri(), staticId: true });
  }

  private addMySql({ names, network, parts, retain }: DataStackProps): IMySqlDatabase | undefined {
    if (parts.mysql === undefined) return undefined;
    const database = new MySqlDatabase(this, 'MySql', { ...parts.mysql, name: names.prefix, network, retain });
    if (retain || parts.backups !== undefined) {
      const backups = new Backups(this, 'Backups', { ...parts.backups, name: names.prefix, retain });
      backups.addResource(database.instanceArn, 'RDS');
    }
    const { host, port } = database.endpoint;
    new TerraformOutput(this, 'MySqlEndpoint', { value: `${host}:${port}`, staticId: true });
    return database;
  }

  private addKafka({ names, network, parts, retain }: DataStackProps): IKafkaCluster | undefined {
    if (parts.kafka === undefined) {
      if (retain) this.forget((drawing) => new KafkaCluster(drawing, 'Kafka', { name: names.prefix, network }));
      return undefined;
    }
    const kafka = new KafkaCluster(this, 'Kafka', { ...parts.kafka, name: names.prefix, network, retain });
    new TerraformOutput(this, 'KafkaBootstrapServers', { value: kafka.bootstrapServers, staticId: true });
    return kafka;
  }

  /**
   * Lets Terraform forget what it may have made of a section that is gone: `prevent_destroy` goes with the section, and MSK
   * refuses no deletion by itself.
   * @see https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources
   */
  private forget(draw: (drawing: TerraformStack) => unknown): void {
    const drawing = new TerraformStack(new RootConstruct(), this.node.id);
    draw(drawing);
    const gone = drawing.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));
    const blocks = gone.map(({ terraformResourceType: type, friendlyUniqueId: id }) => {
      return { from: `${type}.${id}`, lifecycle: { destroy: false } };
    });
    this.addOverride('removed', blocks);
  }
}
