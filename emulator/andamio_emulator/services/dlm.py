"""Data Lifecycle Manager (scheduled snapshots): moto does not have the service."""

from __future__ import annotations

from typing import Any, Dict
from urllib.parse import unquote

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, new_id, now, operation, whole_service

whole_service("dlm")

POLICY = "lifecycle policy"
CHANGEABLE = ("Description", "State", "ExecutionRoleArn", "PolicyDetails")


def _policy(call: Call, policy_id: str) -> Dict[str, Any]:
    return call.find(POLICY, policy_id)


@operation("dlm", "CreateLifecyclePolicy")
def create_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    policy_id = new_id("policy")
    policy = {field: params[field] for field in CHANGEABLE if field in params}
    policy.update(
        PolicyId=policy_id,
        PolicyArn=call.arn(f"policy/{policy_id}"),
        DateCreated=now(),
        DateModified=now(),
        DefaultPolicy="DefaultPolicy" in params,
        Tags=dict(params.get("Tags", {})),
    )
    policy["PolicyDetails"] = _with_defaults(policy.get("PolicyDetails", {}))
    call.table(POLICY)[policy_id] = policy
    return {"PolicyId": policy_id}


def _with_defaults(details: Dict[str, Any]) -> Dict[str, Any]:
    """What AWS fills in and the provider expects to read."""
    defaults = {"PolicyType": "EBS_SNAPSHOT_MANAGEMENT", "ResourceLocations": ["CLOUD"], "PolicyLanguage": "STANDARD"}
    return {**defaults, **details}


@operation("dlm", "GetLifecyclePolicy")
def get_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {"Policy": _policy(call, params["PolicyId"])}


@operation("dlm", "GetLifecyclePolicies")
def list_policies(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    wanted = params.get("PolicyIds")
    fields = ("PolicyId", "Description", "State", "Tags", "DefaultPolicy")
    found = [policy for policy_id, policy in call.table(POLICY).items() if not wanted or policy_id in wanted]
    return {"Policies": [{field: policy[field] for field in fields if field in policy} for policy in found]}


@operation("dlm", "UpdateLifecyclePolicy")
def update_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    policy = _policy(call, params["PolicyId"])
    policy.update({field: params[field] for field in CHANGEABLE if field in params}, DateModified=now())
    policy["PolicyDetails"] = _with_defaults(policy["PolicyDetails"])
    return {}


@operation("dlm", "DeleteLifecyclePolicy")
def delete_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    _policy(call, params["PolicyId"])
    call.table(POLICY).pop(params["PolicyId"])
    return {}


@operation("dlm", "TagResource", "UntagResource", "ListTagsForResource")
def tag_policy(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    arn = unquote(params["ResourceArn"])
    tags = next((policy["Tags"] for policy in call.table(POLICY).values() if policy["PolicyArn"] == arn), None)
    if tags is None:
        raise AwsError("ResourceNotFoundException", f"{arn} does not exist", 404)
    if call.operation == "TagResource":
        tags.update(params["Tags"])
    elif call.operation == "UntagResource":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"Tags": tags} if call.operation == "ListTagsForResource" else {}
