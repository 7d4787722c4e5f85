"""Load balancers: ARNs, and the addresses and zones of network load balancers."""

from __future__ import annotations

from typing import Any, Dict, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, operation

ADDRESS_FIELDS = ("AllocationId", "PrivateIPv4Address", "IPv6Address")
ARN_PART = {"network": "net", "gateway": "gwy"}


@after("elbv2", "CreateLoadBalancer")
def arn_by_type(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto gives every load balancer an ARN of type ``app``; alarms and policies are built on the real one."""
    part = ARN_PART.get(params.get("Type", "application"))
    if part is None:
        return
    backend, described = call.backend(), answer["LoadBalancers"][0]
    old = described["LoadBalancerArn"]
    new = old.replace(":loadbalancer/app/", f":loadbalancer/{part}/")
    balancer = backend.load_balancers.pop(old)
    balancer.arn = described["LoadBalancerArn"] = new
    backend.load_balancers[new] = balancer
    backend.tagging_service.tag_resource(new, backend.tagging_service.list_tags_for_resource(old)["Tags"])
    backend.tagging_service.delete_all_tags_for_resource(old)


@after("elbv2", "CreateLoadBalancer")
def remember_addresses(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto keeps the subnets of a network load balancer's mappings, not their Elastic IPs and fixed addresses."""
    _remember_addresses(call, answer["LoadBalancers"][0]["LoadBalancerArn"], params)


@after("elbv2", "CreateLoadBalancer", "DescribeLoadBalancers")
def show_addresses(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    for balancer in answer.get("LoadBalancers", ()):
        addresses = call.table("address").get(balancer["LoadBalancerArn"], {})
        for zone in balancer.get("AvailabilityZones", ()):
            if addresses.get(zone["SubnetId"]):
                zone["LoadBalancerAddresses"] = [addresses[zone["SubnetId"]]]


def _remember_addresses(call: Call, arn: str, params: Dict[str, Any]) -> None:
    call.table("address")[arn] = {
        mapping["SubnetId"]: {field: mapping[field] for field in ADDRESS_FIELDS if field in mapping}
        for mapping in params.get("SubnetMappings", ())
    }


@operation("elbv2", "SetSubnets")
def set_subnets(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto refuses a single zone, which network load balancers may have."""
    backend = call.backend()
    balancer = backend.load_balancers.get(params["LoadBalancerArn"])
    if balancer is None:
        raise AwsError("LoadBalancerNotFound", "One or more load balancers not found")
    mapped: List[str] = [mapping["SubnetId"] for mapping in params.get("SubnetMappings", ())]
    balancer.subnets = [backend.ec2_backend.get_subnet(each) for each in mapped or params.get("Subnets", ())]
    _remember_addresses(call, params["LoadBalancerArn"], params)
    zones = [{"ZoneName": subnet.availability_zone, "SubnetId": subnet.id} for subnet in balancer.subnets]
    return {"AvailabilityZones": zones, "IpAddressType": params.get("IpAddressType", balancer.ip_address_type)}
