"""Settings of a whole account in a region: safe defaults for new instances, and locks against public access.

moto has none of them. Each has the value that a new account has on AWS until it is set.
"""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, now, operation

METADATA_FIELDS = ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags")
UNBLOCKED = "unblocked"


def _settings(call: Call) -> Dict[str, Any]:
    return call.table("account setting")


@operation("ec2", "ModifyInstanceMetadataDefaults")
def modify_metadata_defaults(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    defaults = _settings(call).setdefault("instance metadata", {})
    for field in METADATA_FIELDS:
        value = params.get(field)
        if value in ("no-preference", -1):
            defaults.pop(field, None)
        elif value is not None:
            defaults[field] = value
    return {"Return": True}


@operation("ec2", "GetInstanceMetadataDefaults")
def get_metadata_defaults(call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    return {"AccountLevel": _settings(call).get("instance metadata", {})}


@operation("ec2", "EnableSerialConsoleAccess", "DisableSerialConsoleAccess", "GetSerialConsoleAccessStatus")
def serial_console(call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    if not call.operation.startswith("Get"):
        _settings(call)["serial console"] = call.operation.startswith("Enable")
    return {"SerialConsoleAccessEnabled": _settings(call).get("serial console", False)}


@operation("ec2", "EnableImageBlockPublicAccess", "DisableImageBlockPublicAccess", "GetImageBlockPublicAccessState")
def image_block(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    state = _change_block(call, "image block", params.get("ImageBlockPublicAccessState"))
    return {"ImageBlockPublicAccessState": state}


@operation(
    "ec2", "EnableSnapshotBlockPublicAccess", "DisableSnapshotBlockPublicAccess", "GetSnapshotBlockPublicAccessState"
)
def snapshot_block(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return {"State": _change_block(call, "snapshot block", params.get("State"))}


def _change_block(call: Call, name: str, wanted: Any) -> str:
    if call.operation.startswith("Enable"):
        _settings(call)[name] = wanted
    elif call.operation.startswith("Disable"):
        _settings(call)[name] = UNBLOCKED
    return _settings(call).get(name, UNBLOCKED)


@operation("ec2", "ModifyVpcBlockPublicAccessOptions", "DescribeVpcBlockPublicAccessOptions")
def vpc_block(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    options = _settings(call).setdefault(
        "vpc block", {"InternetGatewayBlockMode": "off", "State": "default-state", "LastUpdateTimestamp": now()}
    )
    if "InternetGatewayBlockMode" in params:
        options.update(InternetGatewayBlockMode=params["InternetGatewayBlockMode"], State="update-complete")
        options["LastUpdateTimestamp"] = now()
    fixed = {"AwsAccountId": call.account, "AwsRegion": call.region, "ExclusionsAllowed": "allowed"}
    return {"VpcBlockPublicAccessOptions": {**options, **fixed, "ManagedBy": "account"}}
