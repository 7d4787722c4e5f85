"""Maintenance windows: moto can register targets and tasks, and not find one of them again, nor change anything."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before, operation

WINDOW_ATTRIBUTES = {
    "Name": "name",
    "Description": "description",
    "Duration": "duration",
    "Cutoff": "cutoff",
    "Schedule": "schedule",
    "ScheduleTimezone": "schedule_timezone",
    "ScheduleOffset": "schedule_offset",
    "StartDate": "start_date",
    "EndDate": "end_date",
}
TARGET_ATTRIBUTES = {"Targets": "targets", "Name": "name", "Description": "description"}
TASK_ATTRIBUTES = {
    "Targets": "targets",
    "TaskArn": "task_arn",
    "ServiceRoleArn": "service_role_arn",
    "TaskParameters": "task_parameters",
    "TaskInvocationParameters": "task_invocation_parameters",
    "Priority": "priority",
    "MaxConcurrency": "max_concurrency",
    "MaxErrors": "max_errors",
    "LoggingInfo": "logging_info",
    "Name": "name",
    "Description": "description",
    "CutoffBehavior": "cutoff_behavior",
}


@after("ssm", "CreateMaintenanceWindow")
def remember_switches(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    _switches(call, answer["WindowId"]).update(AllowUnassociatedTargets=params["AllowUnassociatedTargets"])


def _switches(call: Call, window_id: str) -> Dict[str, Any]:
    return call.table("window").setdefault(window_id, {"Enabled": True, "AllowUnassociatedTargets": False})


@after("ssm", "GetMaintenanceWindow")
def show_switches(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    answer.update(_switches(call, params["WindowId"]))


@operation("ssm", "UpdateMaintenanceWindow")
def update_window(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    window = call.backend().get_maintenance_window(params["WindowId"])
    _change(window, WINDOW_ATTRIBUTES, params)
    switches = _switches(call, params["WindowId"])
    switches.update({name: params[name] for name in switches if name in params})
    return {**{field: getattr(window, attribute) for field, attribute in WINDOW_ATTRIBUTES.items()}, **switches}


def _change(thing: Any, attributes: Dict[str, str], params: Dict[str, Any]) -> None:
    for field, attribute in attributes.items():
        if field in params or params.get("Replace"):
            setattr(thing, attribute, params.get(field))


@before("ssm", "DescribeMaintenanceWindowTargets", "DescribeMaintenanceWindowTasks")
def drop_filters(_call: Call, params: Dict[str, Any]) -> None:
    """With any filter moto finds nothing (answered below)."""
    params.pop("Filters", None)


@after("ssm", "DescribeMaintenanceWindowTargets", "DescribeMaintenanceWindowTasks")
def apply_filters(_call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    for each in params.get("Filters", ()):
        for kind in ("Targets", "Tasks"):
            if kind in answer:
                answer[kind] = [thing for thing in answer[kind] if thing.get(each["Key"]) in each["Values"]]


@after("ssm", "RegisterTargetWithMaintenanceWindow")
def remember_owner(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table("owner")[answer["WindowTargetId"]] = params.get("OwnerInformation", "")


@after("ssm", "DescribeMaintenanceWindowTargets")
def show_owner(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto answers with an empty owner whatever was registered."""
    for target in answer.get("Targets", ()):
        target["OwnerInformation"] = call.table("owner").get(target["WindowTargetId"], "")


@operation("ssm", "UpdateMaintenanceWindowTarget")
def update_target(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    target = _member(call, params, "targets", "WindowTargetId")
    _change(target, TARGET_ATTRIBUTES, params)
    if "OwnerInformation" in params:
        call.table("owner")[params["WindowTargetId"]] = params["OwnerInformation"]
    return {"WindowId": params["WindowId"], "WindowTargetId": params["WindowTargetId"]}


@operation("ssm", "GetMaintenanceWindowTask")
def get_task(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    task = _member(call, params, "tasks", "WindowTaskId")
    described = {field: getattr(task, attribute) for field, attribute in TASK_ATTRIBUTES.items()}
    described.update(WindowId=params["WindowId"], WindowTaskId=params["WindowTaskId"], TaskType=task.task_type)
    return {field: value for field, value in described.items() if value is not None}


@operation("ssm", "UpdateMaintenanceWindowTask")
def update_task(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    _change(_member(call, params, "tasks", "WindowTaskId"), TASK_ATTRIBUTES, params)
    return get_task(call, params)


def _member(call: Call, params: Dict[str, Any], kind: str, id_field: str) -> Any:
    found = getattr(call.backend().get_maintenance_window(params["WindowId"]), kind).get(params[id_field])
    if found is None:
        raise AwsError("DoesNotExistException", f"{params[id_field]} does not exist in window {params['WindowId']}")
    return found
