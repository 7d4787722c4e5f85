"""Tags of things that moto does not have: kept among moto's own, and let through the two operations."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import PASS_ON, Call, operation
from andamio_emulator.tags import tags_from_list, tags_of_specification, tags_to_list

# Placement groups, capacity reservations, instance connect endpoints.
OWN_PREFIXES = ("pg-", "cr-", "eice-")


def keep_tags(call: Call, params: Dict[str, Any], resource_type: str, resource_id: str) -> None:
    """Remember the tags that a create operation came with."""
    call.backend().tags[resource_id].update(tags_of_specification(params, resource_type))


def with_tags(call: Call, thing: Dict[str, Any], id_field: str) -> Dict[str, Any]:
    """The thing as AWS describes it, with the tags that it has now."""
    return {**thing, "Tags": tags_to_list(call.backend().tags.get(thing[id_field]))}


@operation("ec2", "CreateTags", "DeleteTags")
def tag_own_things(call: Call, params: Dict[str, Any]) -> Any:
    """moto refuses identifiers whose prefix it does not know."""
    if not all(resource_id.startswith(OWN_PREFIXES) for resource_id in params["Resources"]):
        return PASS_ON
    for resource_id in params["Resources"]:
        tags = call.backend().tags[resource_id]
        if call.operation == "CreateTags":
            tags.update(tags_from_list(params["Tags"]))
        else:
            for tag in params.get("Tags", ()):
                tags.pop(tag["Key"], None)
    return {}
