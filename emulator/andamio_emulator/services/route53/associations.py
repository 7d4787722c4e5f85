"""Private zones and VPCs of several accounts: moto knows neither leave to use a zone, nor zones of another account."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Tuple

from moto.backends import get_backend

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import PASS_ON, Call, after, now, operation


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


def _others(call: Call) -> Iterator[Tuple[str, Any]]:
    """moto's Route 53 of every other account, by the account."""
    for account, regions in list(get_backend("route53").items()):  # type: ignore[call-overload]
        if account != call.account:
            yield account, regions["aws"]


def _owner(call: Call, zone_id: str) -> Call:
    """The zone's account, as if it called: zones of other accounts are known by their ids."""
    for account, backend in _others(call):
        if zone_id in backend.zones:
            return Call(call.service, call.operation, account, call.region)
    return call


def _changed(comment: Any) -> Dict[str, Any]:
    return {"ChangeInfo": {"Id": "/change/C1", "Status": "INSYNC", "SubmittedAt": now(), "Comment": comment}}


@operation("route53", "AssociateVPCWithHostedZone")
def associate(call: Call, params: Dict[str, Any]) -> Any:
    """With a zone of another account, which has to have authorized the VPC."""
    zone_id = _zone_id(params)
    owner = _owner(call, zone_id)
    if owner == call:
        return PASS_ON
    vpc = params["VPC"]
    if vpc not in _authorized(owner, zone_id):
        raise AwsError("NotAuthorizedException", "Associating this VPC with this zone has not been authorized", 401)
    owner.backend().associate_vpc_with_hosted_zone(zone_id, vpc["VPCId"], vpc["VPCRegion"])
    return _changed(params.get("Comment"))


@operation("route53", "DisassociateVPCFromHostedZone")
def disassociate(call: Call, params: Dict[str, Any]) -> Any:
    owner = _owner(call, _zone_id(params))
    if owner == call:
        return PASS_ON
    owner.backend().disassociate_vpc_from_hosted_zone(_zone_id(params), params["VPC"]["VPCId"])
    return _changed(params.get("Comment"))


@after("route53", "ListHostedZonesByVPC")
def show_zones_of_others(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    for _account, backend in _others(call):
        answer["HostedZoneSummaries"] += backend.list_hosted_zones_by_vpc(params["VPCId"])
