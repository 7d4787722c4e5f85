"""Tags of things that moto does not have, by their ARN."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import PASS_ON, Call, operation
from andamio_emulator.tags import tags_from_list, tags_to_list


def keep_tags(call: Call, arn: str, params: Dict[str, Any]) -> None:
    call.table("tags")[arn] = tags_from_list(params.get("Tags"))


def forget_tags(call: Call, arn: str) -> None:
    call.table("tags").pop(arn, None)


@operation("rds", "ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource")
def tag(call: Call, params: Dict[str, Any]) -> Any:
    tags = call.table("tags").get(params["ResourceName"])
    if tags is None:
        return PASS_ON
    if call.operation == "AddTagsToResource":
        tags.update(tags_from_list(params["Tags"]))
    elif call.operation == "RemoveTagsFromResource":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"TagList": tags_to_list(tags)} if call.operation == "ListTagsForResource" else {}
