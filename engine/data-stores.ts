/**
 * What holds data, or what others cannot do without, that a destruction takes with it: databases, tables, file systems, buckets, caches
 * and search domains, volumes, keys, secrets, hosted zones and clusters.
 */
const DATA_STORES: ReadonlySet<string> = new Set([
  "aws_db_instance",
  "aws_docdb_cluster",
  "aws_dynamodb_table",
  "aws_ebs_volume",
  "aws_efs_file_system",
  "aws_eks_cluster",
  "aws_elasticache_cluster",
  "aws_elasticache_replication_group",
  "aws_elasticache_serverless_cache",
  "aws_elasticsearch_domain",
  "aws_fsx_lustre_file_system",
  "aws_fsx_ontap_file_system",
  "aws_fsx_openzfs_file_system",
  "aws_fsx_windows_file_system",
  "aws_keyspaces_table",
  "aws_kms_key",
  "aws_lightsail_bucket",
  "aws_lightsail_database",
  "aws_lightsail_disk",
  "aws_memorydb_cluster",
  "aws_msk_cluster",
  "aws_msk_serverless_cluster",
  "aws_neptune_cluster",
  "aws_opensearch_domain",
  "aws_rds_cluster",
  "aws_rds_global_cluster",
  "aws_redshift_cluster",
  "aws_redshiftserverless_namespace",
  "aws_route53_zone",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_timestreamwrite_table",
]);

/**
 * Whether a resource holds data of its own. A read replica holds a copy of its source's: losing it loses nothing.
 * @param values what the state holds of it
 */
export function holdsData(type: string, values: Readonly<Record<string, unknown>> | null | undefined): boolean {
  if (!DATA_STORES.has(type)) return false;
  return !(
    type === "aws_db_instance" &&
    typeof values?.["replicate_source_db"] === "string" &&
    values["replicate_source_db"] !== ""
  );
}
