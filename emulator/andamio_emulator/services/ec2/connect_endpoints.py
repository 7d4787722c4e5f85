"""EC2 Instance Connect endpoints: moto does not have them."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, new_id, now, operation
from andamio_emulator.services.ec2.tagging import keep_tags, with_tags

ENDPOINT = "instance connect endpoint"
UNKNOWN = "InvalidInstanceConnectEndpointId.NotFound"
ID_FIELD = "InstanceConnectEndpointId"


@operation("ec2", "CreateInstanceConnectEndpoint")
def create_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    backend = call.backend()
    subnet = backend.get_subnet(params["SubnetId"])
    groups = params.get("SecurityGroupIds") or [backend.get_default_security_group(subnet.vpc_id).id]
    endpoint_id = new_id("eice")
    endpoint = {
        ID_FIELD: endpoint_id,
        "InstanceConnectEndpointArn": call.arn(f"instance-connect-endpoint/{endpoint_id}"),
        "OwnerId": call.account,
        "State": "create-complete",
        "StateMessage": "",
        "DnsName": f"{endpoint_id}.ec2-instance-connect-endpoint.{call.region}.amazonaws.com",
        "FipsDnsName": f"{endpoint_id}.fips.ec2-instance-connect-endpoint.{call.region}.amazonaws.com",
        "NetworkInterfaceIds": [new_id("eni")],
        "VpcId": subnet.vpc_id,
        "SubnetId": subnet.id,
        "AvailabilityZone": subnet.availability_zone,
        "CreatedAt": now(),
        "PreserveClientIp": params.get("PreserveClientIp", False),
        "SecurityGroupIds": groups,
    }
    call.table(ENDPOINT)[endpoint_id] = endpoint
    keep_tags(call, params, "instance-connect-endpoint", endpoint_id)
    return {"InstanceConnectEndpoint": with_tags(call, endpoint, ID_FIELD)}


@operation("ec2", "DescribeInstanceConnectEndpoints")
def describe_endpoints(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    ids = params.get("InstanceConnectEndpointIds") or list(call.table(ENDPOINT))
    found = [call.find(ENDPOINT, each, UNKNOWN, 400) for each in ids]
    return {"InstanceConnectEndpoints": [with_tags(call, each, ID_FIELD) for each in found]}


@operation("ec2", "DeleteInstanceConnectEndpoint")
def delete_endpoint(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    endpoint = call.find(ENDPOINT, params[ID_FIELD], UNKNOWN, 400)
    call.table(ENDPOINT).pop(params[ID_FIELD])
    return {"InstanceConnectEndpoint": {**endpoint, "State": "delete-complete"}}
