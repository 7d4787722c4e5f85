"""Service settings of Systems Manager: moto does not have them."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, now, operation

ARN_PREFIX = "servicesetting"


def _setting_id(params: Dict[str, Any]) -> str:
    """The identifier, which may also be given as an ARN."""
    return params["SettingId"].partition(f":{ARN_PREFIX}")[2] or params["SettingId"]


@operation("ssm", "UpdateServiceSetting")
def update_setting(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    call.table("setting")[_setting_id(params)] = params["SettingValue"]
    return {}


@operation("ssm", "GetServiceSetting", "ResetServiceSetting")
def get_setting(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    setting_id = _setting_id(params)
    if call.operation == "ResetServiceSetting":
        call.table("setting").pop(setting_id, None)
    value = call.table("setting").get(setting_id)
    setting = {
        "SettingId": setting_id,
        "SettingValue": value or "$None",
        "ARN": call.arn(f"{ARN_PREFIX}{setting_id}"),
        "Status": "Customized" if value else "Default",
        "LastModifiedDate": now(),
    }
    return {"ServiceSetting": setting}
