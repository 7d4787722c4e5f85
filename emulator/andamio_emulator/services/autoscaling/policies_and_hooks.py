"""Scaling policies and lifecycle hooks: fields that moto makes up or forgets."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after


@after("autoscaling", "PutScalingPolicy")
def remember_policy(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table("policy")[(params["AutoScalingGroupName"], params["PolicyName"])] = params


@after("autoscaling", "DescribePolicies")
def complete_policies(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto says of every policy that it is enabled, and has no place for predictive scaling."""
    for policy in answer.get("ScalingPolicies", ()):
        wanted = call.table("policy").get((policy["AutoScalingGroupName"], policy["PolicyName"]), {})
        policy["Enabled"] = wanted.get("Enabled", True)
        policy.pop("PredictiveScalingConfiguration", None)
        if "PredictiveScalingConfiguration" in wanted:
            defaults = {"Mode": "ForecastOnly", "MaxCapacityBreachBehavior": "HonorMaxCapacity"}
            policy["PredictiveScalingConfiguration"] = {**defaults, **wanted["PredictiveScalingConfiguration"]}


@after("autoscaling", "PutLifecycleHook")
def remember_hook(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table("hook")[(params["AutoScalingGroupName"], params["LifecycleHookName"])] = params


@after("autoscaling", "DescribeLifecycleHooks")
def complete_hooks(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto answers with a made-up role and target for every hook."""
    for hook in answer.get("LifecycleHooks", ()):
        wanted = call.table("hook").get((hook["AutoScalingGroupName"], hook["LifecycleHookName"]), {})
        for field in ("RoleARN", "NotificationTargetARN", "NotificationMetadata"):
            hook.pop(field, None)
            if wanted.get(field):
                hook[field] = wanted[field]
