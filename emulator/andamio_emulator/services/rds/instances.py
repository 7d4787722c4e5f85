"""Database instances: arguments that moto takes and forgets, and engines that it does not know."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from moto.rds import utils as moto_rds_utils
from moto.rds.models import DBInstance

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation

# Arguments, and the attributes under which moto's serialiser finds them again.
FORGOTTEN = {
    "BackupTarget": "backup_target",
    "CACertificateIdentifier": "ca_certificate_identifier",
    "CustomerOwnedIpEnabled": "customer_owned_ip_enabled",
    "DatabaseInsightsMode": "database_insights_mode",
    "DedicatedLogVolume": "dedicated_log_volume",
    "EnablePerformanceInsights": "performance_insights_enabled",
    "EngineLifecycleSupport": "engine_lifecycle_support",
    "MonitoringInterval": "monitoring_interval",
    "MonitoringRoleArn": "monitoring_role_arn",
    "MultiTenant": "multi_tenant",
    "NcharCharacterSetName": "nchar_character_set_name",
    "NetworkType": "network_type",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "PerformanceInsightsRetentionPeriod": "performance_insights_retention_period",
    "ReplicaMode": "replica_mode",
    "Timezone": "timezone",
}
INSIGHTS_DEFAULT_DAYS = 7
DATABASE_NOT_FOUND = "DBInstanceNotFoundFault"
DB2_PORT = 50000


def find_database(call: Call, identifier: str) -> Any:
    """moto's instance, by its identifier or ARN: a source may be in another region."""
    database = call.backend()
    if ":" in identifier:
        return database.find_db_from_id(identifier)
    database = database.databases.get(identifier)
    if database is None:
        raise AwsError(DATABASE_NOT_FOUND, f"DBInstance {identifier} not found.", 404)
    return database


@after(
    "rds",
    "CreateDBInstance",
    "ModifyDBInstance",
    "CreateDBInstanceReadReplica",
    "RestoreDBInstanceFromDBSnapshot",
    "RestoreDBInstanceToPointInTime",
)
def keep_arguments(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Monitoring, Performance Insights, certificate and network: every plan would set them again."""
    database = find_database(call, answer["DBInstance"]["DBInstanceIdentifier"])
    if call.operation != "ModifyDBInstance":
        _make_it_its_own(database)
        answer["DBInstance"]["DbiResourceId"] = database.dbi_resource_id
    keep_forgotten(call, database, FORGOTTEN, params)
    if "MaxAllocatedStorage" in params:
        database._max_allocated_storage = params["MaxAllocatedStorage"]


def set_arguments(thing: Any, attributes: Dict[str, str], params: Dict[str, Any]) -> None:
    """Put those arguments that are in a request on one of moto's objects, by its name for each."""
    for argument, attribute in attributes.items():
        if argument in params:
            setattr(thing, attribute, params[argument])


def keep_forgotten(call: Call, database: Any, forgotten: Dict[str, str], params: Dict[str, Any]) -> None:
    """Put arguments on an instance or cluster of moto's; Performance Insights have a period and a key by themselves."""
    set_arguments(database, forgotten, params)
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
        if attribute not in ("ca_certificate_identifier", "nchar_character_set_name", "timezone"):
            setattr(database, attribute, None)


@operation("rds", "RemoveRoleFromDBInstance")
def remove_role(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto can associate a role and not take it away."""
    database = find_database(call, params["DBInstanceIdentifier"])
    database._associated_roles = [role for role in database._associated_roles if role.role_arn != params["RoleArn"]]
    return {}


def _let_windows_touch() -> None:
    """moto refuses a maintenance window that begins when the backup window ends; AWS does not."""
    overlap = moto_rds_utils.get_overlap_between_two_date_ranges

    def overlap_of_more_than_nothing(*times: Any) -> int:
        return overlap(*times) or -1

    moto_rds_utils.get_overlap_between_two_date_ranges = overlap_of_more_than_nothing


def _know_db2() -> None:
    """moto has option groups for Db2 and not the engine itself."""
    engines, port = moto_rds_utils.DbInstanceEngine.valid_db_instance_engine(), DBInstance.default_port

    moto_rds_utils.DbInstanceEngine.valid_db_instance_engine = classmethod(lambda _cls: [*engines, "db2-ae", "db2-se"])
    DBInstance.default_port = staticmethod(lambda engine: DB2_PORT if engine.startswith("db2") else port(engine))


_let_windows_touch()
_know_db2()
