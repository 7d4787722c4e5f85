"""Global clusters: what moto forgets of them, their changes, and the clusters of other regions that belong to them."""

from __future__ import annotations

from typing import Any, Dict

from moto.rds.models import rds_backends

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before, operation
from andamio_emulator.services.rds.cluster_arguments import find_cluster
from andamio_emulator.services.rds.tagging import keep_tags
from andamio_emulator.tags import tags_to_list

# Global clusters have no region; moto keeps them in this one.
HOME = "us-east-1"


def _global_clusters(call: Call) -> Dict[str, Any]:
    return rds_backends[call.account][HOME].global_clusters


def _find_global(call: Call, identifier: str) -> Any:
    found = _global_clusters(call).get(identifier)
    if found is None:
        raise AwsError("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found.", 404)
    return found


@after("rds", "CreateGlobalCluster")
def keep_database_name(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    keep_tags(call, answer["GlobalCluster"]["GlobalClusterArn"], params)
    if "DatabaseName" in params:
        call.global_table("global database name")[params["GlobalClusterIdentifier"]] = params["DatabaseName"]


@after("rds", "DescribeGlobalClusters")
def show_database_name(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto drops the name, whose absence would replace the global cluster, and the tags."""
    names = call.global_table("global database name")
    for cluster in answer.get("GlobalClusters", ()):
        cluster["TagList"] = tags_to_list(call.table("tags").get(cluster["GlobalClusterArn"]))
        if cluster["GlobalClusterIdentifier"] in names:
            cluster["DatabaseName"] = names[cluster["GlobalClusterIdentifier"]]


@operation("rds", "ModifyGlobalCluster")
def modify(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto cannot change a global cluster. A new engine version is that of all its clusters."""
    cluster = _find_global(call, params["GlobalClusterIdentifier"])
    if "DeletionProtection" in params:
        cluster.deletion_protection = params["DeletionProtection"]
    if "EngineVersion" in params:
        cluster.engine_version = params["EngineVersion"]
        for member in cluster.members:
            member.engine_version = params["EngineVersion"]
    return {"GlobalCluster": cluster}


@operation("rds", "RemoveFromGlobalCluster")
def remove_member(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto looks for the global cluster in the region of the request, where it is not."""
    cluster = _find_global(call, params["GlobalClusterIdentifier"])
    arn = params["DbClusterIdentifier"]
    removed = [member for member in cluster.members if arn in (member.arn, member.db_cluster_identifier)]
    if not removed:
        raise AwsError("DBClusterNotFoundFault", f"{arn} is not in {params['GlobalClusterIdentifier']}.", 404)
    cluster.members = [member for member in cluster.members if member not in removed]
    for member in removed:
        member.global_cluster_identifier = None
    return {"GlobalCluster": cluster}


@before("rds", "DeleteDBCluster")
def refuse_member(call: Call, params: Dict[str, Any]) -> None:
    """A cluster leaves its global cluster first. In moto it goes, and stays a member: the global cluster never ends."""
    cluster = find_cluster(call, params["DBClusterIdentifier"])
    if any(cluster in each.members for each in _global_clusters(call).values()):
        raise AwsError(
            "InvalidDBClusterStateFault",
            "This cluster is a part of a global cluster, please remove it from globalcluster first",
        )
