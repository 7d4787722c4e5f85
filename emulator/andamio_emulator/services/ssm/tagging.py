"""Tags of associations and patch baselines: moto says of both that the resource identifier is not valid."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import PASS_ON, Call, after, before, operation
from andamio_emulator.tags import tags_from_list, tags_to_list

OWN_TYPES = ("Association", "PatchBaseline")


def tags_of(call: Call, resource_type: str, resource_id: str) -> Dict[str, str]:
    return call.table("tags").setdefault((resource_type, resource_id), {})


@operation("ssm", "ListTagsForResource", "AddTagsToResource", "RemoveTagsFromResource")
def tag(call: Call, params: Dict[str, Any]) -> Any:
    if params["ResourceType"] not in OWN_TYPES:
        return PASS_ON
    tags = tags_of(call, params["ResourceType"], params["ResourceId"])
    if call.operation == "AddTagsToResource":
        tags.update(tags_from_list(params["Tags"]))
    elif call.operation == "RemoveTagsFromResource":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"TagList": tags_to_list(tags)} if call.operation == "ListTagsForResource" else {}


@before("ssm", "CreatePatchBaseline")
def create_without_tags(_call: Call, params: Dict[str, Any]) -> None:
    """moto makes the baseline, fails over its tags, and leaves it behind."""
    params.pop("Tags", None)


@after("ssm", "CreatePatchBaseline")
def keep_baseline_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    tags_of(call, "PatchBaseline", answer["BaselineId"]).update(tags_from_list(params.get("Tags")))
