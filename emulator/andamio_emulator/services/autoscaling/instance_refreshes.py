"""Instance refreshes: moto does not have them."""

from __future__ import annotations

import uuid
from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, now, operation


@operation("autoscaling", "StartInstanceRefresh")
def start_refresh(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """Each has succeeded at once, and replaces nothing."""
    refresh = {
        "InstanceRefreshId": str(uuid.uuid4()),
        "AutoScalingGroupName": params["AutoScalingGroupName"],
        "Status": "Successful",
        "StartTime": now(),
        "EndTime": now(),
        "PercentageComplete": 100,
        "InstancesToUpdate": 0,
        "Preferences": params.get("Preferences", {}),
    }
    call.table("refresh").setdefault(params["AutoScalingGroupName"], []).insert(0, refresh)
    return {"InstanceRefreshId": refresh["InstanceRefreshId"]}


@operation("autoscaling", "DescribeInstanceRefreshes")
def describe_refreshes(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    ids = params.get("InstanceRefreshIds")
    refreshes = call.table("refresh").get(params["AutoScalingGroupName"], [])
    return {"InstanceRefreshes": [each for each in refreshes if not ids or each["InstanceRefreshId"] in ids]}


@operation("autoscaling", "CancelInstanceRefresh")
def cancel_refresh(_call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    """None is ever in progress; the provider takes this error for "nothing to cancel"."""
    raise AwsError("ActiveInstanceRefreshNotFound", "No in progress or pending Instance Refresh found")
