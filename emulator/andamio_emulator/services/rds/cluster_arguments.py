"""Clusters, Aurora and Multi-AZ: arguments that moto takes and forgets, or tells differently from AWS."""

from __future__ import annotations

import datetime
from typing import Any, Dict

from moto.rds.models import DBCluster

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, now, operation
from andamio_emulator.services.rds.instances import keep_forgotten

FORGOTTEN = {
    "DBClusterInstanceClass": "db_cluster_instance_class",
    "DatabaseInsightsMode": "database_insights_mode",
    "EnablePerformanceInsights": "performance_insights_enabled",
    "EngineLifecycleSupport": "engine_lifecycle_support",
    "MonitoringInterval": "monitoring_interval",
    "MonitoringRoleArn": "monitoring_role_arn",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "PerformanceInsightsRetentionPeriod": "performance_insights_retention_period",
}
CERTIFICATE_YEARS = 40
AURORA_STANDARD = "aurora"


def find_cluster(call: Call, identifier: str) -> Any:
    cluster = call.backend().clusters.get(identifier.rpartition(":")[2])
    if cluster is None:
        raise AwsError("DBClusterNotFoundFault", f"DBCluster {identifier} not found.", 404)
    return cluster


@after(
    "rds", "CreateDBCluster", "ModifyDBCluster", "RestoreDBClusterFromSnapshot", "RestoreDBClusterToPointInTime"
)
def keep_arguments(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Monitoring, insights, certificate, Data API and write forwarding: every plan would set them again."""
    cluster = find_cluster(call, answer["DBCluster"]["DBClusterIdentifier"])
    keep_forgotten(call, cluster, FORGOTTEN, params)
    if "EnableHttpEndpoint" in params:
        cluster._enable_http_endpoint = params["EnableHttpEndpoint"]
    if "EnableLocalWriteForwarding" in params:
        cluster.local_write_forwarding_status = "enabled" if params["EnableLocalWriteForwarding"] else "disabled"
    if "CACertificateIdentifier" in params:
        cluster.certificate_details = {
            "CAIdentifier": params["CACertificateIdentifier"],
            "ValidTill": now() + datetime.timedelta(days=365 * CERTIFICATE_YEARS),
        }


@operation("rds", "EnableHttpEndpoint", "DisableHttpEndpoint")
def switch_data_api(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """The Data API of clusters that are not of the first serverless generation, which moto knows alone."""
    cluster = find_cluster(call, params["ResourceArn"])
    cluster._enable_http_endpoint = call.operation == "EnableHttpEndpoint"
    return {"ResourceArn": params["ResourceArn"], "HttpEndpointEnabled": cluster._enable_http_endpoint}


@after("rds", "DescribeDBClusters")
def correct_description(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto describes every cluster as of the first serverless generation, and Aurora's storage as a disk of EBS."""
    for cluster in answer.get("DBClusters", ()):
        if cluster.get("EngineMode", "provisioned") == "provisioned":
            cluster.pop("ScalingConfigurationInfo", None)
        if cluster["Engine"].startswith("aurora") and cluster.get("StorageType") != "aurora-iopt1":
            cluster.pop("StorageType", None)


def _know_storage() -> None:
    """moto fails on the storage types of today when the size is left to AWS, as it is for Aurora."""
    sizes = DBCluster.default_allocated_storage

    def default_allocated_storage(engine: str, storage_type: str) -> int:
        return sizes(engine, "gp2" if engine.startswith(AURORA_STANDARD) else storage_type)

    DBCluster.default_allocated_storage = staticmethod(default_allocated_storage)


_know_storage()
