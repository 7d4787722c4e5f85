"""Leave for another account's VPC to use a private zone: moto does not know it, and lets every VPC in."""

from __future__ import annotations

from typing import Any, Dict, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, operation


def _authorized(call: Call, zone_id: str) -> List[Dict[str, Any]]:
    call.backend().get_hosted_zone(zone_id)
    return call.global_table("authorized vpcs").setdefault(zone_id, [])


def _zone_id(params: Dict[str, Any]) -> str:
    return params["HostedZoneId"].rpartition("/")[2]


@operation("route53", "CreateVPCAssociationAuthorization")
def authorize(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    vpcs = _authorized(call, _zone_id(params))
    if params["VPC"] not in vpcs:
        vpcs.append(params["VPC"])
    return {"HostedZoneId": _zone_id(params), "VPC": params["VPC"]}


@operation("route53", "ListVPCAssociationAuthorizations")
def list_authorizations(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {"HostedZoneId": _zone_id(params), "VPCs": _authorized(call, _zone_id(params))}


@operation("route53", "DeleteVPCAssociationAuthorization")
def withdraw(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    vpcs = _authorized(call, _zone_id(params))
    if params["VPC"] not in vpcs:
        raise AwsError("VPCAssociationAuthorizationNotFound", "The VPC is not authorized for this zone", 404)
    vpcs.remove(params["VPC"])
    return {}
