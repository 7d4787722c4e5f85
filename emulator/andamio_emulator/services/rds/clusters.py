"""Aurora clusters: roles, custom endpoints, and the name of a global cluster's database."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation
from andamio_emulator.services.rds.tagging import forget_tags, keep_tags
from andamio_emulator.tags import tags_to_list

ENDPOINT = "cluster endpoint"
ENDPOINT_UNKNOWN = "DBClusterEndpointNotFoundFault"


@operation("rds", "RemoveRoleFromDBCluster")
def remove_role(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto can associate a role and not take it away."""
    cluster = call.backend().clusters.get(params["DBClusterIdentifier"])
    if cluster is None:
        raise AwsError("DBClusterNotFoundFault", f"DBCluster {params['DBClusterIdentifier']} not found.", 404)
    cluster._associated_roles = [role for role in cluster._associated_roles if role.role_arn != params["RoleArn"]]
    return {}


@after("rds", "DescribeDBClusters")
def no_serverless_v1(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto describes every cluster as if it were of the first serverless generation."""
    for cluster in answer.get("DBClusters", ()):
        if cluster.get("EngineMode", "provisioned") == "provisioned":
            cluster.pop("ScalingConfigurationInfo", None)


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


@operation("rds", "CreateDBClusterEndpoint")
def create_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no custom endpoints."""
    name = params["DBClusterEndpointIdentifier"]
    endpoint = {
        "DBClusterEndpointIdentifier": name,
        "DBClusterIdentifier": params["DBClusterIdentifier"],
        "DBClusterEndpointArn": call.arn(f"cluster-endpoint:{name}"),
        "Endpoint": f"{name}.cluster-custom-emulated.{call.region}.rds.amazonaws.com",
        "EndpointType": "CUSTOM",
        "CustomEndpointType": params["EndpointType"],
        "Status": "available",
        "StaticMembers": params.get("StaticMembers", []),
        "ExcludedMembers": params.get("ExcludedMembers", []),
    }
    call.table(ENDPOINT)[name] = endpoint
    keep_tags(call, endpoint["DBClusterEndpointArn"], params)
    return endpoint


@operation("rds", "DescribeDBClusterEndpoints")
def describe_endpoints(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    name, cluster = params.get("DBClusterEndpointIdentifier"), params.get("DBClusterIdentifier")
    found = [
        each
        for each in call.table(ENDPOINT).values()
        if name in (None, each["DBClusterEndpointIdentifier"]) and cluster in (None, each["DBClusterIdentifier"])
    ]
    return {"DBClusterEndpoints": found}


@operation("rds", "ModifyDBClusterEndpoint")
def modify_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    endpoint = call.find(ENDPOINT, params["DBClusterEndpointIdentifier"], ENDPOINT_UNKNOWN, 400)
    if "EndpointType" in params:
        endpoint["CustomEndpointType"] = params["EndpointType"]
    if "StaticMembers" in params or "ExcludedMembers" in params:
        endpoint["StaticMembers"] = params.get("StaticMembers", [])
        endpoint["ExcludedMembers"] = params.get("ExcludedMembers", [])
    return endpoint


@operation("rds", "DeleteDBClusterEndpoint")
def delete_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    endpoint = call.find(ENDPOINT, params["DBClusterEndpointIdentifier"], ENDPOINT_UNKNOWN, 400)
    call.table(ENDPOINT).pop(params["DBClusterEndpointIdentifier"])
    forget_tags(call, endpoint["DBClusterEndpointArn"])
    return {**endpoint, "Status": "deleting"}
