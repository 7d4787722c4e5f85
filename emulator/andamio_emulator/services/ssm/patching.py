"""Patch baselines: moto makes them and lists them, and cannot show or change one."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.errors import AwsError
from andamio_emulator.extension import Call, after, now, operation

BASELINE = "baseline"
DEFAULT_BASELINE = "default baseline"
DEFAULT_SYSTEM = "WINDOWS"
UNSET = {
    "OperatingSystem": DEFAULT_SYSTEM,
    "ApprovedPatchesComplianceLevel": "UNSPECIFIED",
    "ApprovedPatchesEnableNonSecurity": False,
    "RejectedPatchesAction": "ALLOW_AS_DEPENDENCY",
    "GlobalFilters": {"PatchFilters": []},
    "ApprovalRules": {"PatchRules": []},
    "ApprovedPatches": [],
    "RejectedPatches": [],
    "Sources": [],
    "PatchGroups": [],
}
NOT_DESCRIBED = ("Tags", "ClientToken", "Replace")


def _described(params: Dict[str, Any]) -> Dict[str, Any]:
    return {field: value for field, value in params.items() if field not in NOT_DESCRIBED}


def _find(call: Call, baseline_id: str) -> Dict[str, Any]:
    if baseline_id not in call.backend().baselines:
        raise AwsError("DoesNotExistException", f"Maintenance baseline {baseline_id} does not exist")
    return call.find(BASELINE, baseline_id, "DoesNotExistException", 400)


@after("ssm", "CreatePatchBaseline")
def remember_baseline(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    baseline_id = answer["BaselineId"]
    times = {"CreatedDate": now(), "ModifiedDate": now()}
    call.table(BASELINE)[baseline_id] = {**UNSET, **_described(params), "BaselineId": baseline_id, **times}


@operation("ssm", "GetPatchBaseline")
def get_baseline(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    return _find(call, params["BaselineId"])


@operation("ssm", "UpdatePatchBaseline")
def update_baseline(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    baseline = _find(call, params["BaselineId"])
    if params.get("Replace"):
        baseline.update({field: value for field, value in UNSET.items() if field != "OperatingSystem"})
    baseline.update(_described(params), ModifiedDate=now())
    return baseline


@operation("ssm", "RegisterDefaultPatchBaseline")
def register_default(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    baseline_id = params["BaselineId"]
    known = call.table(BASELINE).get(baseline_id)
    system = known["OperatingSystem"] if known else _system_of_aws_default(baseline_id)
    call.table(DEFAULT_BASELINE)[system] = baseline_id
    return {"BaselineId": baseline_id}


@operation("ssm", "GetDefaultPatchBaseline")
def get_default(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    system = params.get("OperatingSystem", DEFAULT_SYSTEM)
    baseline_id = call.table(DEFAULT_BASELINE).get(system) or _aws_default(call, system)
    return {"BaselineId": baseline_id, "OperatingSystem": system}


@after("ssm", "DescribePatchBaselines")
def show_aws_default(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """The provider looks up AWS's own baseline of a system, to go back to it when its resource is destroyed."""
    wanted = {each["Key"]: each["Values"] for each in params.get("Filters", ())}
    if "AWS" in wanted.get("OWNER", ()):
        for system in wanted.get("OPERATING_SYSTEM", [DEFAULT_SYSTEM]):
            name = f"AWS-{system.title().replace('_', '')}DefaultPatchBaseline"  # the provider looks for this pattern
            identity = {"BaselineId": _aws_default(call, system), "BaselineName": name, "OperatingSystem": system}
            identity["DefaultBaseline"] = True
            answer["BaselineIdentities"] = [*answer.get("BaselineIdentities", ()), identity]


def _aws_default(call: Call, system: str) -> str:
    """An identifier for AWS's baseline of a system, from which the system can be read again."""
    return f"arn:aws:ssm:{call.region}:{call.account}:patchbaseline/pb-aws-{system}"


def _system_of_aws_default(baseline_id: str) -> str:
    return baseline_id.partition("pb-aws-")[2] or DEFAULT_SYSTEM


@operation("ssm", "DescribePatchGroups")
def describe_patch_groups(call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    """moto registers patch groups, and cannot list them: aws_ssm_patch_group fails right after it is made."""
    baselines = call.table(BASELINE)
    registered = [
        (group.name, baselines[baseline_id])
        for group in call.backend().patch_groups.values()
        for baseline_id in group.associations.values()
        if baseline_id in baselines
    ]
    identity = {"BaselineId": "BaselineId", "BaselineName": "Name", "OperatingSystem": "OperatingSystem"}
    return {
        "Mappings": [
            {"PatchGroup": name, "BaselineIdentity": {field: baseline[source] for field, source in identity.items()}}
            for name, baseline in registered
        ]
    }
