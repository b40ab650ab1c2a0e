import { AppautoscalingPolicy } from '@cdktf/provider-aws/lib/appautoscaling-policy';
import { AppautoscalingTarget } from '@cdktf/provider-aws/lib/appautoscaling-target';
import { Construct } from 'constructs';

/** MSK recommends 50 to 60. @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand-details.html */
const TARGET_PERCENT = 60;

/** What autoscaling owns once it is on: a plan must not set it back. */
export const VOLUME_SIZE = 'broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size';

export interface BrokerStorageProps {
  readonly clusterName: string;
  readonly clusterArn: string;
  /** How far the disk of each broker may grow, in GiB. */
  readonly maxVolumeGiB: number;
}

/** Disks of brokers that grow by themselves; they never shrink. @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-autoexpand.html */
export class BrokerStorage extends Construct {
  public constructor(scope: Construct, id: string, { clusterName, clusterArn, maxVolumeGiB }: BrokerStorageProps) {
    super(scope, id);
    const target = new AppautoscalingTarget(this, 'Resource', {
      serviceNamespace: 'kafka',
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: clusterArn,
      minCapacity: 1,
      maxCapacity: maxVolumeGiB,
    });
    new AppautoscalingPolicy(this, 'Policy', {
      name: `${clusterName}-broker-storage`,
      policyType: 'TargetTrackingScaling',
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: TARGET_PERCENT,
        disableScaleIn: true,
        predefinedMetricSpecification: { predefinedMetricType: 'KafkaBrokerStorageUtilization' },
      },
    });
  }
}
