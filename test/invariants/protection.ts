/** What holds data survives mistakes: destroying it takes two deliberate edits. */
import { resources, type Args } from '../support/synth';
import { at, type Invariant } from './document';

const preventsDestroy = (args: Args) => at(args, 'lifecycle', 'prevent_destroy') === true;
const finalSnapshot = ({ skip_final_snapshot, final_snapshot_identifier }: Args) =>
  skip_final_snapshot !== true && final_snapshot_identifier !== undefined;
const recoverable = ({ recovery_window_in_days }: Args) => recovery_window_in_days !== 0; // 30 when not set

/**
 * Types that hold what cannot be made again, with what protects them. A type that only this account's backups or people
 * could bring back belongs here.
 */
const PROTECTION: Readonly<Record<string, (args: Args) => boolean>> = {
  aws_s3_bucket: (args) => preventsDestroy(args) && args['force_destroy'] !== true,
  aws_db_instance: (args) => args['deletion_protection'] === true && finalSnapshot(args),
  aws_rds_cluster: (args) => args['deletion_protection'] === true && finalSnapshot(args),
  aws_msk_cluster: preventsDestroy,
  aws_kms_key: preventsDestroy,
  aws_eks_cluster: (args) => args['deletion_protection'] === true || preventsDestroy(args),
  aws_backup_vault: (args) => preventsDestroy(args) && args['force_destroy'] !== true,
  aws_secretsmanager_secret: recoverable,
  aws_dynamodb_table: (args) => args['deletion_protection_enabled'] === true,
  aws_efs_file_system: preventsDestroy,
  aws_ebs_volume: preventsDestroy,
  aws_elasticache_replication_group: preventsDestroy,
  aws_opensearch_domain: preventsDestroy,
};

/** For environments whose data is kept: all but those for development. */
export const statefulResourcesAreProtected: Invariant = (stack) =>
  resources(stack)
    .filter(({ type, args }) => PROTECTION[type]?.(args) === false)
    .map(({ address }) => `${address}: can be destroyed with its data`);
