"""Where instances run: placement groups, and capacity that is reserved for them."""

from __future__ import annotations

from typing import Any, Dict, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, new_id, now, operation
from andamio_emulator.services.ec2.tagging import keep_tags, with_tags


@operation("ec2", "CreatePlacementGroup")
def create_placement_group(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no placement groups."""
    name, strategy = params["GroupName"], params.get("Strategy", "cluster")
    group = {
        "GroupName": name,
        "GroupId": new_id("pg"),
        "GroupArn": call.arn(f"placement-group/{name}"),
        "State": "available",
        "Strategy": strategy,
        "PartitionCount": params.get("PartitionCount", 2 if strategy == "partition" else None),
        "SpreadLevel": params.get("SpreadLevel", "rack" if strategy == "spread" else None),
    }
    call.table("placement group")[name] = group
    keep_tags(call, params, "placement-group", group["GroupId"])
    return {"PlacementGroup": with_tags(call, group, "GroupId")}


@operation("ec2", "DescribePlacementGroups")
def describe_placement_groups(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    names = params.get("GroupNames") or list(call.table("placement group"))
    found = [call.find("placement group", name, "InvalidPlacementGroup.Unknown", 400) for name in names]
    return {"PlacementGroups": [with_tags(call, group, "GroupId") for group in found]}


@operation("ec2", "DeletePlacementGroup")
def delete_placement_group(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    call.find("placement group", params["GroupName"], "InvalidPlacementGroup.Unknown", 400)
    call.table("placement group").pop(params["GroupName"])
    return {}


RESERVATION = "capacity reservation"
UNKNOWN_RESERVATION = "InvalidCapacityReservationId.NotFound"
RESERVATION_FIELDS = (
    "InstanceType",
    "InstancePlatform",
    "EphemeralStorage",
    "EndDate",
    "OutpostArn",
    "PlacementGroupArn",
)


@operation("ec2", "CreateCapacityReservation")
def create_capacity_reservation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no capacity reservations; here they are active at once, as they mostly are on AWS."""
    reservation_id = new_id("cr")
    reservation = {
        "AvailabilityZone": params.get("AvailabilityZone", f"{call.region}a"),
        "CapacityReservationArn": call.arn(f"capacity-reservation/{reservation_id}"),
        "CapacityReservationId": reservation_id,
        "CreateDate": now(),
        "StartDate": now(),
        "EbsOptimized": params.get("EbsOptimized", False),
        "EndDateType": params.get("EndDateType", "unlimited"),
        "InstanceMatchCriteria": params.get("InstanceMatchCriteria", "open"),
        "OwnerId": call.account,
        "State": "active",
        "Tenancy": params.get("Tenancy", "default"),
        "TotalInstanceCount": params["InstanceCount"],
        "AvailableInstanceCount": params["InstanceCount"],
    }
    reservation.update({field: params[field] for field in RESERVATION_FIELDS if field in params})
    call.table(RESERVATION)[reservation_id] = reservation
    keep_tags(call, params, "capacity-reservation", reservation_id)
    return {"CapacityReservation": with_tags(call, reservation, "CapacityReservationId")}


@operation("ec2", "DescribeCapacityReservations")
def describe_capacity_reservations(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    ids: List[str] = params.get("CapacityReservationIds") or list(call.table(RESERVATION))
    found = [call.find(RESERVATION, each, UNKNOWN_RESERVATION, 400) for each in ids]
    return {"CapacityReservations": [with_tags(call, each, "CapacityReservationId") for each in found]}


@operation("ec2", "ModifyCapacityReservation")
def modify_capacity_reservation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    reservation = call.find(RESERVATION, params["CapacityReservationId"], UNKNOWN_RESERVATION, 400)
    if "InstanceCount" in params:
        reservation["TotalInstanceCount"] = reservation["AvailableInstanceCount"] = params["InstanceCount"]
    for field in ("EndDate", "EndDateType", "InstanceMatchCriteria"):
        if field in params:
            reservation[field] = params[field]
    if reservation["EndDateType"] == "unlimited":
        reservation.pop("EndDate", None)
    return {"Return": True}


@operation("ec2", "CancelCapacityReservation")
def cancel_capacity_reservation(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    reservation = call.find(RESERVATION, params["CapacityReservationId"], UNKNOWN_RESERVATION, 400)
    if reservation["State"] == "cancelled":
        raise AwsError("InvalidCapacityReservationState", f"{params['CapacityReservationId']} is cancelled")
    reservation["State"] = "cancelled"
    return {"Return": True}
