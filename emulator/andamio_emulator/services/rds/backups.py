"""Automated backups that are replicated to another region."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import PASS_ON, Call, new_id, now, operation
from andamio_emulator.services.rds.instances import find_database

REPLICATED = "replicated backup"


@operation("rds", "StartDBInstanceAutomatedBackupsReplication")
def start_replication(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has the backups of an instance, and no replication of them."""
    source = find_database(call, params["SourceDBInstanceArn"])
    if not source.backup_retention_period:
        raise AwsError("InvalidDBInstanceState", f"{source.db_instance_identifier} has no automated backups.")
    arn = call.arn(f"auto-backup:{new_id('ab', 32)}")
    call.table(REPLICATED)[arn] = {
        "DBInstanceAutomatedBackupsArn": arn,
        "DBInstanceArn": source.db_instance_arn,
        "DBInstanceIdentifier": source.db_instance_identifier,
        "DbiResourceId": source.dbi_resource_id,
        "Region": source.region,
        "Engine": source.engine,
        "EngineVersion": source.engine_version,
        "AllocatedStorage": source.allocated_storage,
        "BackupRetentionPeriod": params.get("BackupRetentionPeriod", 7),
        "Encrypted": source.storage_encrypted,
        "KmsKeyId": params.get("KmsKeyId", ""),
        "Status": "replicating",
        "InstanceCreateTime": now(),
    }
    return {"DBInstanceAutomatedBackup": call.table(REPLICATED)[arn]}


@operation("rds", "StopDBInstanceAutomatedBackupsReplication")
def stop_replication(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    replicated = call.table(REPLICATED)
    for arn, backup in list(replicated.items()):
        if backup["DBInstanceArn"] == params["SourceDBInstanceArn"]:
            return {"DBInstanceAutomatedBackup": {**replicated.pop(arn), "Status": "deleting"}}
    raise AwsError("DBInstanceNotFound", f"The backups of {params['SourceDBInstanceArn']} are not replicated.", 404)


@operation("rds", "DescribeDBInstanceAutomatedBackups")
def describe_backups(call: Call, params: Dict[str, Any]) -> Any:
    """Those that are replicated are asked for by their ARN."""
    arn = params.get("DBInstanceAutomatedBackupsArn")
    if arn is None:
        return PASS_ON
    found = call.table(REPLICATED).get(arn)
    if found is None:
        raise AwsError("DBInstanceAutomatedBackupNotFound", f"{arn} does not exist.", 404)
    return {"DBInstanceAutomatedBackups": [found]}
