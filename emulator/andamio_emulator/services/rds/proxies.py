"""RDS Proxy: its changes, and endpoints besides the default one."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, new_id, now, operation
from andamio_emulator.services.rds.instances import set_arguments
from andamio_emulator.services.rds.tagging import forget_tags, keep_tags

ENDPOINT = "proxy endpoint"
UNKNOWN = "DBProxyEndpointNotFoundFault"
# Arguments, and moto's attributes for them.
CHANGEABLE = {
    "Auth": "auth",
    "DebugLogging": "debug_logging",
    "IdleClientTimeout": "idle_client_timeout",
    "RequireTLS": "require_tls",
    "RoleArn": "role_arn",
    "SecurityGroups": "vpc_security_group_ids",
}


def _proxy(call: Call, name: str) -> Any:
    proxy = call.backend().db_proxies.get(name)
    if proxy is None:
        raise AwsError("DBProxyNotFoundFault", f"The specified proxy name {name} doesn't exist", 404)
    return proxy


@operation("rds", "ModifyDBProxy")
def modify_proxy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto cannot change a proxy."""
    proxy = _proxy(call, params["DBProxyName"])
    set_arguments(proxy, CHANGEABLE, params)
    return {"DBProxy": proxy}


@operation("rds", "CreateDBProxyEndpoint")
def create_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has the default endpoint only."""
    name, proxy = params["DBProxyEndpointName"], _proxy(call, params["DBProxyName"])
    endpoint = {
        "DBProxyEndpointName": name,
        "DBProxyEndpointArn": call.arn(f"db-proxy-endpoint:{new_id('prx-endpoint')}"),
        "DBProxyName": params["DBProxyName"],
        "Status": "available",
        "VpcId": getattr(proxy, "vpc_id", None),
        "VpcSubnetIds": params["VpcSubnetIds"],
        "VpcSecurityGroupIds": params.get("VpcSecurityGroupIds", proxy.vpc_security_group_ids),
        "Endpoint": f"{name}.endpoint.proxy-emulated.{call.region}.rds.amazonaws.com",
        "CreatedDate": now(),
        "TargetRole": params.get("TargetRole", "READ_WRITE"),
        "IsDefault": False,
    }
    call.table(ENDPOINT)[name] = endpoint
    keep_tags(call, endpoint["DBProxyEndpointArn"], params)
    return {"DBProxyEndpoint": endpoint}


@operation("rds", "DescribeDBProxyEndpoints")
def describe_endpoints(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    name, proxy = params.get("DBProxyEndpointName"), params.get("DBProxyName")
    found = [
        endpoint
        for endpoint in call.table(ENDPOINT).values()
        if name in (None, endpoint["DBProxyEndpointName"]) and proxy in (None, endpoint["DBProxyName"])
    ]
    if name and not found:
        raise AwsError(UNKNOWN, f"The DB proxy endpoint {name} doesn't exist", 404)
    return {"DBProxyEndpoints": found}


@operation("rds", "ModifyDBProxyEndpoint")
def modify_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    endpoint = call.find(ENDPOINT, params["DBProxyEndpointName"], UNKNOWN)
    if "VpcSecurityGroupIds" in params:
        endpoint["VpcSecurityGroupIds"] = params["VpcSecurityGroupIds"]
    return {"DBProxyEndpoint": endpoint}


@operation("rds", "DeleteDBProxyEndpoint")
def delete_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    endpoint = call.find(ENDPOINT, params["DBProxyEndpointName"], UNKNOWN)
    call.table(ENDPOINT).pop(params["DBProxyEndpointName"])
    forget_tags(call, endpoint["DBProxyEndpointArn"])
    return {"DBProxyEndpoint": {**endpoint, "Status": "deleting"}}
