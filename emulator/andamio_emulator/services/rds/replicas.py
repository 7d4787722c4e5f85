"""Read replicas: things of their own, in any region, and what AWS refuses about them."""

from __future__ import annotations

import copy
from typing import Any, Dict

from moto.rds.models import DBInstance, RDSBackend

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before
from andamio_emulator.services.rds.instances import find_database


@before("rds", "CreateDBInstanceReadReplica")
def refuse_impossible_replica(call: Call, params: Dict[str, Any]) -> None:
    """AWS needs automated backups of the source, and a password that it does not itself keep in a secret."""
    source = find_database(call, params["SourceDBInstanceIdentifier"])
    if not source.backup_retention_period:
        raise AwsError(
            "InvalidDBInstanceState",
            "Automated backups are not enabled for this database instance. To enable automated backups, use "
            "ModifyDBInstance to set the backup retention period to a non-zero value.",
        )
    if source.manage_master_user_password and not source.engine.startswith("sqlserver"):
        raise AwsError(
            "InvalidParameterValue",
            f"Creating read replicas for source instance with engine {source.engine} where ManageMasterUserPassword "
            "is enabled is not supported.",
        )
    if source.region != call.region and source.storage_encrypted and "KmsKeyId" not in params:
        raise AwsError("InvalidParameterCombination", "A KMS key of this region is needed for an encrypted replica.")


@after("rds", "CreateDBInstanceReadReplica")
def separate_replica(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """A replica is encrypted as its source is; its tags, logs and other settings are its own. In moto it is a copy."""
    replica = find_database(call, answer["DBInstance"]["DBInstanceIdentifier"])
    source = find_database(call, params["SourceDBInstanceIdentifier"])
    replica.storage_encrypted = bool(source.storage_encrypted or params.get("KmsKeyId"))
    replica.kms_key_id = params.get("KmsKeyId") or source.kms_key_id
    replica.tags = list(params.get("Tags", ()))
    replica.enabled_cloudwatch_logs_exports = list(params.get("EnableCloudwatchLogsExports", ()))
    replica.enable_iam_database_authentication = params.get("EnableIAMDatabaseAuthentication", False)
    # Unless it is given, a replica's storage grows as far as its source's.
    replica._max_allocated_storage = params.get("MaxAllocatedStorage") or source._max_allocated_storage
    replica.multi_az = params.get("MultiAZ", False)
    replica.availability_zone = params.get("AvailabilityZone") or f"{call.region}a"
    replica.deletion_protection = params.get("DeletionProtection", False)
    replica.backup_retention_period = 0
    replica.manage_master_user_password = False
    vars(replica).pop("master_user_secret", None)
    replica._associated_roles = []
    if source.region != call.region:
        replica.db_parameter_group_name = params.get("DBParameterGroupName")


@after("rds", "PromoteReadReplica")
def stand_alone(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto goes on to name the source, and the source its replica."""
    promoted = find_database(call, params["DBInstanceIdentifier"])
    if promoted.source_db_instance_identifier:
        find_database(call, promoted.source_db_instance_identifier).remove_replica(promoted)
        promoted.source_db_instance_identifier = None


@before("rds", "DeleteDBInstance")
def promote_orphans(call: Call, params: Dict[str, Any]) -> None:
    """When their source goes, its replicas become instances of their own. In moto they cannot be deleted any more."""
    source = call.backend().databases.get(params["DBInstanceIdentifier"])
    if source is None or source.deletion_protection:
        return
    for name in source.replicas:
        replica = find_database(call, name)
        replica.is_replica, replica.source_db_instance_identifier = False, None


def _make_replicas_in_their_region() -> None:
    """moto looks for what a replica needs (its subnet group) in the source's region."""

    def create_db_instance_read_replica(self: RDSBackend, db_kwargs: Dict[str, Any]) -> DBInstance:
        source = self.find_db_from_id(db_kwargs["source_db_instance_identifier"])
        replica = copy.copy(source)
        replica.backend, replica.replicas = self, []
        replica.update(**db_kwargs)
        replica.set_as_replica()
        self.databases[replica.db_instance_identifier] = replica
        source.add_replica(replica)
        return replica

    RDSBackend.create_db_instance_read_replica = create_db_instance_read_replica


def _forget_replicas_of_other_regions() -> None:
    """In its source's list a replica of another region has its ARN: moto adds that, and looks for the name."""

    def remove_replica(self: DBInstance, replica: DBInstance) -> None:
        names = (replica.db_instance_identifier, replica.db_instance_arn)
        self.replicas = [name for name in self.replicas if name not in names]

    DBInstance.remove_replica = remove_replica


_make_replicas_in_their_region()
_forget_replicas_of_other_regions()
