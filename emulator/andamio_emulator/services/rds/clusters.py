"""Aurora clusters: roles and custom endpoints."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, operation
from andamio_emulator.services.rds.cluster_arguments import find_cluster
from andamio_emulator.services.rds.tagging import forget_tags, keep_tags

ENDPOINT = "cluster endpoint"
ENDPOINT_UNKNOWN = "DBClusterEndpointNotFoundFault"


@operation("rds", "RemoveRoleFromDBCluster")
def remove_role(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto can associate a role and not take it away."""
    cluster = find_cluster(call, params["DBClusterIdentifier"])
    cluster._associated_roles = [role for role in cluster._associated_roles if role.role_arn != params["RoleArn"]]
    return {}


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
