"""Collections of CIDR blocks for IP-based routing: moto does not have them."""

from __future__ import annotations

import uuid
from typing import Any, Dict, List

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, operation

COLLECTION = "cidr collection"


def _collection(call: Call, collection_id: str) -> Dict[str, Any]:
    found = call.global_table(COLLECTION).get(collection_id)
    if found is None:
        raise AwsError("NoSuchCidrCollectionException", f"CIDR collection {collection_id} does not exist", 404)
    return found


def _summary(collection: Dict[str, Any]) -> Dict[str, Any]:
    return {field: collection[field] for field in ("Arn", "Id", "Name", "Version")}


@operation("route53", "CreateCidrCollection")
def create_collection(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    collection_id = str(uuid.uuid4())
    arn = f"arn:aws:route53:::cidrcollection/{collection_id}"
    collection = {"Id": collection_id, "Arn": arn, "Name": params["Name"], "Version": 1, "Locations": {}}
    call.global_table(COLLECTION)[collection_id] = collection
    location = f"https://route53.amazonaws.com/2013-04-01/cidrcollection/{collection_id}"
    return {"Collection": _summary(collection), "Location": location}


@operation("route53", "ListCidrCollections")
def list_collections(call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    return {"CidrCollections": [_summary(each) for each in call.global_table(COLLECTION).values()]}


@operation("route53", "ChangeCidrCollection")
def change_collection(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    collection = _collection(call, params["Id"])
    locations: Dict[str, List[str]] = collection["Locations"]
    for change in params["Changes"]:
        name, changed = change["LocationName"], change["CidrList"]
        blocks = [block for block in locations.pop(name, []) if block not in changed]
        if change["Action"] == "PUT":
            blocks += changed
        if blocks:
            locations[name] = blocks
    collection["Version"] += 1
    return {"Id": str(uuid.uuid4())}


@operation("route53", "ListCidrBlocks")
def list_blocks(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    wanted = params.get("LocationName")
    blocks = [
        {"LocationName": location, "CidrBlock": block}
        for location, listed in _collection(call, params["CollectionId"])["Locations"].items()
        for block in listed
        if wanted in (None, location)
    ]
    return {"CidrBlocks": blocks}


@operation("route53", "ListCidrLocations")
def list_locations(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    locations = _collection(call, params["CollectionId"])["Locations"]
    return {"CidrLocations": [{"LocationName": location} for location in locations]}


@operation("route53", "DeleteCidrCollection")
def delete_collection(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    if _collection(call, params["Id"])["Locations"]:
        raise AwsError("CidrCollectionInUseException", "The CIDR collection has locations")
    call.global_table(COLLECTION).pop(params["Id"])
    return {}
