"""Database instances and read replicas: arguments that moto takes and forgets."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from moto.rds import utils as moto_rds_utils

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation

# Arguments, and the attributes under which moto's serialiser finds them again.
FORGOTTEN = {
    "CACertificateIdentifier": "ca_certificate_identifier",
    "DedicatedLogVolume": "dedicated_log_volume",
    "EnablePerformanceInsights": "performance_insights_enabled",
    "MonitoringInterval": "monitoring_interval",
    "MonitoringRoleArn": "monitoring_role_arn",
    "NetworkType": "network_type",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "PerformanceInsightsRetentionPeriod": "performance_insights_retention_period",
}
INSIGHTS_DEFAULT_DAYS = 7
DATABASE_NOT_FOUND = "DBInstanceNotFoundFault"


def _database(call: Call, identifier: str) -> Any:
    database = call.backend().databases.get(identifier)
    if database is None:
        raise AwsError(DATABASE_NOT_FOUND, f"DBInstance {identifier} not found.", 404)
    return database


@after("rds", "CreateDBInstance", "ModifyDBInstance", "CreateDBInstanceReadReplica", "RestoreDBInstanceFromDBSnapshot")
def keep_arguments(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Monitoring, Performance Insights, certificate and network: every plan would set them again."""
    database = _database(call, answer["DBInstance"]["DBInstanceIdentifier"])
    if call.operation != "ModifyDBInstance":
        _make_it_its_own(database)
        answer["DBInstance"]["DbiResourceId"] = database.dbi_resource_id
    for argument, attribute in FORGOTTEN.items():
        if argument in params:
            setattr(database, attribute, params[argument])
    if "MaxAllocatedStorage" in params:
        database._max_allocated_storage = params["MaxAllocatedStorage"]
    if getattr(database, "performance_insights_enabled", False):
        database.performance_insights_retention_period = (
            getattr(database, "performance_insights_retention_period", None) or INSIGHTS_DEFAULT_DAYS
        )
        database.performance_insights_kms_key_id = (
            getattr(database, "performance_insights_kms_key_id", None) or call.arn("alias/aws/rds", service="kms")
        )


def _make_it_its_own(database: Any) -> None:
    """moto gives every instance the same resource id, and makes a replica as a copy of its source."""
    database.dbi_resource_id = f"db-{uuid.uuid4().hex[:26].upper()}"
    for attribute in FORGOTTEN.values():
        if attribute != "ca_certificate_identifier":
            setattr(database, attribute, None)


@after("rds", "CreateDBInstanceReadReplica")
def separate_replica(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """A replica is encrypted as its source is; its tags, logs and other settings are its own. In moto it is a copy."""
    replica = _database(call, answer["DBInstance"]["DBInstanceIdentifier"])
    source = _database(call, params["SourceDBInstanceIdentifier"].rpartition(":")[2])
    replica.storage_encrypted = bool(source.storage_encrypted or params.get("KmsKeyId"))
    replica.kms_key_id = params.get("KmsKeyId") or source.kms_key_id
    replica.tags = list(params.get("Tags", ()))
    replica.enabled_cloudwatch_logs_exports = list(params.get("EnableCloudwatchLogsExports", ()))
    replica.enable_iam_database_authentication = params.get("EnableIAMDatabaseAuthentication", False)
    # The provider does not send this one: on AWS a replica's storage grows as far as its source's.
    replica._max_allocated_storage = params.get("MaxAllocatedStorage") or source._max_allocated_storage
    replica.multi_az = params.get("MultiAZ", False)
    replica.deletion_protection = params.get("DeletionProtection", False)
    replica.backup_retention_period = 0
    replica.manage_master_user_password, replica.master_user_secret = False, None
    replica.replicas = []
    replica._associated_roles = []


@operation("rds", "RemoveRoleFromDBInstance")
def remove_role(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto can associate a role and not take it away."""
    database = _database(call, params["DBInstanceIdentifier"])
    database._associated_roles = [role for role in database._associated_roles if role.role_arn != params["RoleArn"]]
    return {}


def _let_windows_touch() -> None:
    """moto refuses a maintenance window that begins when the backup window ends; AWS does not."""
    overlap = moto_rds_utils.get_overlap_between_two_date_ranges

    def overlap_of_more_than_nothing(*times: Any) -> int:
        return overlap(*times) or -1

    moto_rds_utils.get_overlap_between_two_date_ranges = overlap_of_more_than_nothing


_let_windows_touch()
