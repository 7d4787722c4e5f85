"""Notifications of a bucket to EventBridge."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after

EVENT_BRIDGE = "EventBridgeConfiguration"


@after("s3", "PutBucketNotificationConfiguration")
def remember_event_bridge(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.global_table(EVENT_BRIDGE)[params["Bucket"]] = EVENT_BRIDGE in params["NotificationConfiguration"]


@after("s3", "GetBucketNotificationConfiguration")
def show_event_bridge(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto sends the events and forgets to say so: every plan would switch EventBridge on again."""
    if call.global_table(EVENT_BRIDGE).get(params["Bucket"]):
        answer[EVENT_BRIDGE] = {}


@after("s3", "DeleteBucket")
def forget_event_bridge(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.global_table(EVENT_BRIDGE).pop(params["Bucket"], None)
