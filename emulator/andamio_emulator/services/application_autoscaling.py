"""Application Auto Scaling: tags, which the provider reads with every target, policy and scheduled action."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, operation

SERVICE = "application-autoscaling"


@after(SERVICE, "RegisterScalableTarget")
def keep_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    arn = answer.get("ScalableTargetARN")
    if arn and "Tags" in params:
        call.table("tags")[arn] = dict(params["Tags"])


@operation(SERVICE, "ListTagsForResource", "TagResource", "UntagResource")
def tag(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has none of the three operations, so that not even an untagged target can be read."""
    tags = call.table("tags").setdefault(params["ResourceARN"], {})
    if call.operation == "TagResource":
        tags.update(params["Tags"])
    elif call.operation == "UntagResource":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"Tags": tags} if call.operation == "ListTagsForResource" else {}
