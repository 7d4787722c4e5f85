"""Auto Scaling groups: arguments that moto takes and forgets, or loses when something else changes."""

from __future__ import annotations

import copy
from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before, operation

# Arguments, and the attributes under which moto's serialiser finds them again. -1 takes a value away.
FORGOTTEN = {
    "DefaultInstanceWarmup": "default_instance_warmup",
    "MaxInstanceLifetime": "max_instance_lifetime",
    "InstanceMaintenancePolicy": "instance_maintenance_policy",
    "DesiredCapacityType": "desired_capacity_type",
}
LAUNCH_SOURCES = ("LaunchConfigurationName", "LaunchTemplate", "MixedInstancesPolicy")
REMOVED_POLICY = {"MinHealthyPercentage": -1, "MaxHealthyPercentage": -1}


def _group(call: Call, params: Dict[str, Any]) -> Any:
    group = call.backend().autoscaling_groups.get(params["AutoScalingGroupName"])
    if group is None:
        raise AwsError("ValidationError", "AutoScalingGroup name not found - null")
    return group


@after("autoscaling", "CreateAutoScalingGroup", "UpdateAutoScalingGroup")
def keep_arguments(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """Warm-up, lifetime and maintenance policy: every plan would set them again."""
    group = _group(call, params)
    for argument, attribute in FORGOTTEN.items():
        if argument in params:
            removed = params[argument] in (-1, REMOVED_POLICY)
            setattr(group, attribute, None if removed else params[argument])
    if "TrafficSources" in params:
        group.traffic_sources = list(params["TrafficSources"])


@before("autoscaling", "UpdateAutoScalingGroup")
def keep_mixed_instances(call: Call, params: Dict[str, Any]) -> None:
    """moto drops the mixed instances policy in every update that does not repeat it."""
    group = call.backend().autoscaling_groups.get(params["AutoScalingGroupName"])
    if group is None or not group.mixed_instances_policy or any(source in params for source in LAUNCH_SOURCES):
        return
    policy = copy.deepcopy(group.mixed_instances_policy)
    # moto has added the template's name, and refuses a template with both name and id.
    policy["LaunchTemplate"]["LaunchTemplateSpecification"].pop("LaunchTemplateName", None)
    params["MixedInstancesPolicy"] = policy


@operation("autoscaling", "AttachTrafficSources")
def attach_traffic_sources(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no traffic sources: the newer way to say where a group's load comes from."""
    detach_traffic_sources(call, params)
    _group(call, params).traffic_sources += params["TrafficSources"]
    return {}


@operation("autoscaling", "DetachTrafficSources")
def detach_traffic_sources(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    group, gone = _group(call, params), {source["Identifier"] for source in params["TrafficSources"]}
    known = getattr(group, "traffic_sources", [])
    group.traffic_sources = [source for source in known if source["Identifier"] not in gone]
    return {}


@operation("autoscaling", "DescribeTrafficSources")
def describe_traffic_sources(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    sources = getattr(_group(call, params), "traffic_sources", [])
    return {"TrafficSources": [{**source, "State": "InService"} for source in sources]}
