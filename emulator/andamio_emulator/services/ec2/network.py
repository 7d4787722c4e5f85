"""Subnets, routing, flow logs, DHCP and VPN: arguments that moto takes and forgets."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before, operation
from andamio_emulator.tags import tags_of_specification

IPV6_ASSOCIATION_FILTER = "ipv6-cidr-block-association.association-id"
# In ModifySubnetAttribute -> in PrivateDnsNameOptionsOnLaunch.
NAME_OPTIONS = {
    "PrivateDnsHostnameTypeOnLaunch": "HostnameType",
    "EnableResourceNameDnsARecordOnLaunch": "EnableResourceNameDnsARecord",
    "EnableResourceNameDnsAAAARecordOnLaunch": "EnableResourceNameDnsAAAARecord",
}


@after("ec2", "ModifySubnetAttribute")
def set_name_options(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto accepts these attributes and forgets them: a second plan would set them again and again."""
    subnet = call.backend().get_subnet(params["SubnetId"])
    for attribute, option in NAME_OPTIONS.items():
        if attribute in params:
            value = params[attribute]
            subnet.private_dns_name_options_on_launch[option] = value["Value"] if isinstance(value, dict) else value
    if "EnableDns64" in params:
        subnet.enable_dns64 = params["EnableDns64"]["Value"]


@before("ec2", "DescribeSubnets")
def drop_ipv6_filter(_call: Call, params: Dict[str, Any]) -> None:
    """moto does not know the filter with which the provider waits for a subnet's IPv6 block (answered below)."""
    params["Filters"] = [each for each in params.get("Filters", ()) if each["Name"] != IPV6_ASSOCIATION_FILTER]


@after("ec2", "DescribeSubnets")
def apply_ipv6_filter(_call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    for each in params.get("Filters", ()):
        if each["Name"] == IPV6_ASSOCIATION_FILTER:
            wanted = set(each["Values"])
            answer["Subnets"] = [subnet for subnet in answer.get("Subnets", ()) if wanted & _ipv6_associations(subnet)]


@after("ec2", "CreateSubnet", "DescribeSubnets", "AssociateSubnetCidrBlock")
def readable_ipv6_state(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto writes the state of a subnet's IPv6 block as the text of a Python dictionary."""
    for subnet in [*answer.get("Subnets", ()), answer.get("Subnet", {})]:
        for association in subnet.get("Ipv6CidrBlockAssociationSet", ()):
            _mend_state(association)
    _mend_state(answer.get("Ipv6CidrBlockAssociation", {}))


def _mend_state(association: Dict[str, Any]) -> None:
    state = association.get("Ipv6CidrBlockState", {}).get("State", "")
    if state.startswith("{"):
        association["Ipv6CidrBlockState"]["State"] = "disassociated" if "disassociated" in state else "associated"


def _ipv6_associations(subnet: Dict[str, Any]) -> set:
    return {association["AssociationId"] for association in subnet.get("Ipv6CidrBlockAssociationSet", ())}


@operation("ec2", "EnableVgwRoutePropagation")
def enable_propagation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no route propagation."""
    call.backend().get_route_table(params["RouteTableId"])
    call.table("propagation").setdefault(params["RouteTableId"], []).append(params["GatewayId"])
    return {}


@operation("ec2", "DisableVgwRoutePropagation")
def disable_propagation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    gateways = call.table("propagation").get(params["RouteTableId"], [])
    if params["GatewayId"] in gateways:
        gateways.remove(params["GatewayId"])
    return {}


@after("ec2", "DescribeRouteTables")
def show_propagation(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    for table in answer.get("RouteTables", ()):
        gateways = call.table("propagation").get(table["RouteTableId"], ())
        table["PropagatingVgws"] = [{"GatewayId": gateway_id} for gateway_id in gateways]


@after("ec2", "CreateFlowLogs")
def keep_destination_options(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto drops the file format of a flow log to S3; its absence would replace the flow log."""
    if "DestinationOptions" in params:
        defaults = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}
        for flow_log_id in answer.get("FlowLogIds", ()):
            call.backend().flow_logs[flow_log_id].destination_options = {**defaults, **params["DestinationOptions"]}


@after("ec2", "CreateDhcpOptions")
def keep_dhcp_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto drops the tags that DHCP options are made with."""
    tags = tags_of_specification(params, "dhcp-options")
    if tags:
        call.backend().create_tags([answer["DhcpOptions"]["DhcpOptionsId"]], tags)


@after("ec2", "CreateVpnConnection")
def keep_vpn_options(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto drops the options; a missing ``static_routes_only`` would replace the connection. (Tunnels hold secrets.)"""
    options = {field: value for field, value in params.get("Options", {}).items() if field != "TunnelOptions"}
    connection_id = answer["VpnConnection"]["VpnConnectionId"]
    call.backend().vpn_connections[connection_id].options = {"StaticRoutesOnly": False, **options}
