"""Clusters made from a snapshot or from a point in time."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before
from andamio_emulator.services.rds.cluster_arguments import find_cluster

UNKNOWN_PASSWORD = "of-the-snapshot"


@before("rds", "RestoreDBClusterFromSnapshot")
def let_go_of_the_secret(call: Call, params: Dict[str, Any]) -> None:
    """moto asks a snapshot for a password, which it has not when AWS managed that of its cluster."""
    snapshot = call.backend().get_db_cluster_snapshot(params["SnapshotIdentifier"])
    vars(snapshot.cluster).setdefault("_master_user_password", UNKNOWN_PASSWORD)
    snapshot.cluster.manage_master_user_password = False


@after("rds", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime")
def start_afresh(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """A restored cluster has the data of its source, and settings, tags, roles and secret of its own."""
    restored = find_cluster(call, answer["DBCluster"]["DBClusterIdentifier"])
    restored.deletion_protection = params.get("DeletionProtection", False)
    restored.iam_auth = params.get("EnableIAMDatabaseAuthentication", False)
    restored.enabled_cloudwatch_logs_exports = list(params.get("EnableCloudwatchLogsExports", ()))
    restored.tags = list(params.get("Tags", ()))
    restored._associated_roles = []
    if "ServerlessV2ScalingConfiguration" not in params:
        restored.serverless_v2_scaling_configuration = None
    if restored.manage_master_user_password:
        restored.master_user_secret.delete_secret()
        del restored.master_user_secret
        restored.manage_master_user_password = False
