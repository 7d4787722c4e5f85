"""Option groups: engines and versions that are newer than moto's list, and what an option is besides its settings."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, before
from andamio_emulator.services.rds.catalogue import VERSIONS

OPTIONS = "option"
# What moto takes in place of any other: the group is then given what was asked for.
ACCEPTED = {"EngineName": "mysql", "MajorEngineVersion": "8.0"}


@before("rds", "CreateOptionGroup")
def accept_engine(_call: Call, params: Dict[str, Any]) -> None:
    """moto's list of engines and major versions ends in 2022."""
    if params["EngineName"].removesuffix("-cdb") not in VERSIONS:
        raise AwsError("InvalidParameterValue", f"Invalid DB engine: {params['EngineName']}")
    params.update(ACCEPTED)


@after("rds", "CreateOptionGroup")
def keep_engine(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    group = call.backend().option_groups[params["OptionGroupName"]]
    group.engine_name, group.major_engine_version = params["EngineName"], params["MajorEngineVersion"]
    answer["OptionGroup"].update({field: params[field] for field in ACCEPTED})


@after("rds", "ModifyOptionGroup")
def keep_options(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto keeps the settings of an option, and forgets its port, version and security groups."""
    options = call.table(OPTIONS).setdefault(params["OptionGroupName"], {})
    for name in params.get("OptionsToRemove", ()):
        options.pop(name, None)
    for option in params.get("OptionsToInclude", ()):
        options[option["OptionName"]] = _as_described(option)
    answer["OptionGroup"]["Options"] = list(options.values())


def _as_described(option: Dict[str, Any]) -> Dict[str, Any]:
    return {
        **{field: option[field] for field in ("OptionName", "OptionVersion", "Port") if field in option},
        "OptionSettings": option.get("OptionSettings", []),
        "VpcSecurityGroupMemberships": [
            {"VpcSecurityGroupId": group, "Status": "active"} for group in option.get("VpcSecurityGroupMemberships", ())
        ],
    }


@after("rds", "DescribeOptionGroups")
def show_options(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    for group in answer.get("OptionGroupsList", ()):
        group["Options"] = list(call.table(OPTIONS).get(group["OptionGroupName"], {}).values())


@after("rds", "DeleteOptionGroup")
def forget_options(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    call.table(OPTIONS).pop(params["OptionGroupName"], None)
