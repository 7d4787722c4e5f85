"""Bucket policies: moto ignores the conditions of a statement, and would apply it always."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket


def permission_without_conditions(self: Any, action: str, resource: str) -> PermissionResult:
    """Judge by the statements without conditions only.

    The usual statement denies everything to requests without TLS: applied always, it locks the bucket for everyone.
    """
    if self.policy is None:
        return PermissionResult.NEUTRAL
    policy = json.loads(self.policy)
    statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
    unconditional = [statement for statement in statements if not statement.get("Condition")]
    if not unconditional:
        return PermissionResult.NEUTRAL
    return IAMPolicy(json.dumps({**policy, "Statement": unconditional})).is_action_permitted(action, resource)


FakeBucket.get_permission = permission_without_conditions
