"""CloudWatch: composite alarms and metric streams."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import PASS_ON, Call, now, operation
from andamio_emulator.tags import tags_from_list, tags_to_list

COMPOSITE = "composite alarm"
STREAM = "metric stream"
ACTION_LISTS = ("AlarmActions", "OKActions", "InsufficientDataActions")


@operation("cloudwatch", "PutCompositeAlarm")
def put_composite_alarm(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has a place for them and not the operation."""
    name = params["AlarmName"]
    alarm = {
        **{actions: [] for actions in ACTION_LISTS},
        "ActionsEnabled": True,
        **{field: value for field, value in params.items() if field != "Tags"},
        "AlarmArn": call.arn(f"alarm:{name}"),
        "StateValue": "OK",
    }
    call.table(COMPOSITE)[name] = alarm
    _keep_tags(call, alarm["AlarmArn"], params)
    return {}


@operation("cloudwatch", "DescribeAlarms")
def describe_composite_alarms(call: Call, params: Dict[str, Any]) -> Any:
    if "CompositeAlarm" not in params.get("AlarmTypes", ()):
        return PASS_ON
    names = params.get("AlarmNames")
    found = [alarm for name, alarm in call.table(COMPOSITE).items() if not names or name in names]
    return {"CompositeAlarms": found, "MetricAlarms": []}


@operation("cloudwatch", "DeleteAlarms")
def delete_composite_alarms(call: Call, params: Dict[str, Any]) -> Any:
    """AWS deletes either one composite alarm or any number of metric alarms in a call."""
    alarms = call.table(COMPOSITE)
    if not all(name in alarms for name in params["AlarmNames"]):
        return PASS_ON
    for name in params["AlarmNames"]:
        call.table("tags").pop(alarms.pop(name)["AlarmArn"], None)
    return {}


@operation("cloudwatch", "PutMetricStream")
def put_metric_stream(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto has no metric streams."""
    name = params["Name"]
    known = call.table(STREAM).get(name, {"CreationDate": now(), "State": "running"})
    stream = {**{field: value for field, value in params.items() if field != "Tags"}, "LastUpdateDate": now()}
    stream.update(CreationDate=known["CreationDate"], State=known["State"], Arn=call.arn(f"metric-stream/{name}"))
    call.table(STREAM)[name] = stream
    _keep_tags(call, stream["Arn"], params)
    return {"Arn": stream["Arn"]}


@operation("cloudwatch", "GetMetricStream")
def get_metric_stream(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return call.find(STREAM, params["Name"])


@operation("cloudwatch", "DeleteMetricStream")
def delete_metric_stream(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    stream = call.table(STREAM).pop(params["Name"], None)
    if stream:
        call.table("tags").pop(stream["Arn"], None)
    return {}


def _keep_tags(call: Call, arn: str, params: Dict[str, Any]) -> None:
    """Tags count when the thing is made; later calls leave them alone, as on AWS."""
    call.table("tags").setdefault(arn, tags_from_list(params.get("Tags")))


@operation("cloudwatch", "ListTagsForResource", "TagResource", "UntagResource")
def tag(call: Call, params: Dict[str, Any]) -> Any:
    tags = call.table("tags").get(params["ResourceARN"])
    if tags is None:
        return PASS_ON
    if call.operation == "TagResource":
        tags.update(tags_from_list(params["Tags"]))
    elif call.operation == "UntagResource":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"Tags": tags_to_list(tags)} if call.operation == "ListTagsForResource" else {}
