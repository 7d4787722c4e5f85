"""Instances made from a snapshot, from a point in time, or as the green one of a blue/green deployment."""

from __future__ import annotations

from typing import Any, Dict

from moto.rds.models import DBInstance, RDSBackend

from andamio_emulator.extension import Call, after
from andamio_emulator.services.rds.instances import FORGOTTEN, find_database

# What was decided when the data were first written.
PART_OF_THE_DATA = ("nchar_character_set_name", "timezone")
# What AWS takes from the request only, with the value when it is not in there. moto takes it from the source.
NOT_INHERITED = {
    "AutoMinorVersionUpgrade": ("auto_minor_version_upgrade", True),
    "CopyTagsToSnapshot": ("copy_tags_to_snapshot", False),
    "DeletionProtection": ("deletion_protection", False),
    "EnableIAMDatabaseAuthentication": ("enable_iam_database_authentication", False),
    "MultiAZ": ("multi_az", False),
    "PubliclyAccessible": ("publicly_accessible", False),
}


@after("rds", "RestoreDBInstanceFromDBSnapshot", "RestoreDBInstanceToPointInTime")
def start_afresh(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """A restored instance has the data and storage of its source, and settings, tags and replicas of its own."""
    restored = find_database(call, answer["DBInstance"]["DBInstanceIdentifier"])
    for attribute in PART_OF_THE_DATA:
        setattr(restored, attribute, getattr(_source(call, params), attribute, None))
    for argument, (attribute, default) in NOT_INHERITED.items():
        setattr(restored, attribute, params.get(argument, default))
    restored.tags = list(params.get("Tags", ()))
    restored.enabled_cloudwatch_logs_exports = list(params.get("EnableCloudwatchLogsExports", ()))
    restored.is_replica, restored.source_db_instance_identifier = False, None
    restored.db_parameter_group_name = params.get("DBParameterGroupName")
    if restored.manage_master_user_password and not params.get("ManageMasterUserPassword"):
        restored.master_user_secret.delete_secret()
        del restored.master_user_secret
        restored.manage_master_user_password = False


def _source(call: Call, params: Dict[str, Any]) -> Any:
    if "DBSnapshotIdentifier" in params:
        return call.backend().get_db_snapshot(params["DBSnapshotIdentifier"]).database
    return find_database(call, params["SourceDBInstanceIdentifier"])


@after("rds", "CreateBlueGreenDeployment")
def copy_settings(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """The green instance is as the blue one is. In moto it has lost what moto forgets, and some more."""
    deployment = answer["BlueGreenDeployment"]
    if deployment["Source"].split(":")[-2] == "cluster":
        return
    blue, green = (find_database(call, deployment[side]) for side in ("Source", "Target"))
    for attribute in FORGOTTEN.values():
        setattr(green, attribute, getattr(blue, attribute, None))
    green.enable_iam_database_authentication = blue.enable_iam_database_authentication
    green.option_group_name = blue.option_group_name
    green.enabled_cloudwatch_logs_exports = list(blue.enabled_cloudwatch_logs_exports)
    green.tags = list(blue.tags)


def _restore_points_in_time_as_snapshots() -> None:
    """moto copies its source with all that hangs on it, which for one with a managed password is the whole of moto."""

    def restore(self: RDSBackend, source_db_identifier: str, target_db_identifier: str, overrides: Any) -> DBInstance:
        source = self.find_db_from_id(source_db_identifier)
        moment = f"moment-of-{target_db_identifier}"
        self.create_db_snapshot(source.db_instance_identifier, moment)
        try:
            wanted = {**dict(overrides.items()), "db_instance_identifier": target_db_identifier}
            return self.restore_db_instance_from_db_snapshot(moment, wanted)
        finally:
            self.delete_db_snapshot(moment)

    RDSBackend.restore_db_instance_to_point_in_time = restore


_restore_points_in_time_as_snapshots()
