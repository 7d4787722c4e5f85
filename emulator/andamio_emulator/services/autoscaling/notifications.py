"""Notifications of a group's events: moto does not have them."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, operation

NOTIFICATION = "notification"


@operation("autoscaling", "PutNotificationConfiguration")
def put_notification(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """One call replaces what a topic got before from the group."""
    delete_notification(call, params)
    for kind in params["NotificationTypes"]:
        key = (params["AutoScalingGroupName"], params["TopicARN"], kind)
        call.table(NOTIFICATION)[key] = dict(zip(("AutoScalingGroupName", "TopicARN", "NotificationType"), key))
    return {}


@operation("autoscaling", "DescribeNotificationConfigurations")
def describe_notifications(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    groups = params.get("AutoScalingGroupNames")
    found = [each for key, each in call.table(NOTIFICATION).items() if not groups or key[0] in groups]
    return {"NotificationConfigurations": found}


@operation("autoscaling", "DeleteNotificationConfiguration")
def delete_notification(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    notifications = call.table(NOTIFICATION)
    for key in [key for key in notifications if key[:2] == (params["AutoScalingGroupName"], params["TopicARN"])]:
        notifications.pop(key)
    return {}
