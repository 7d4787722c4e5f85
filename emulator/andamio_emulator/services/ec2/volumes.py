"""EBS: volumes, and who may use a snapshot."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, before, operation
from andamio_emulator.services.ec2.instances import set_performance


@after("ec2", "CreateVolume")
def default_performance(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto leaves the throughput of a gp3 volume empty, AWS says 125 MiB/s."""
    volume = call.backend().volumes[answer["VolumeId"]]
    set_performance(volume, params)
    if volume.throughput:
        answer["Throughput"] = volume.throughput


@before("ec2", "ModifySnapshotAttribute")
def change_volume_permission(call: Call, params: Dict[str, Any]) -> None:
    """Terraform's provider sends permissions as a structure; moto reads only the older flat parameters."""
    changes = params.pop("CreateVolumePermission", None)
    if not changes:
        return
    kind, people = next(iter(changes.items()))
    params["OperationType"] = "add" if kind == "Add" else "remove"
    params["UserIds"] = [person["UserId"] for person in people if "UserId" in person]
    params["GroupNames"] = [person["Group"] for person in people if "Group" in person]


@operation("ec2", "GetEbsDefaultKmsKeyId")
def get_default_key(call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    """moto can set the key and not read it, so that aws_ebs_default_kms_key fails right after it is made."""
    return {"KmsKeyId": call.table("ebs default key").get("arn") or call.arn("alias/aws/ebs", service="kms")}


@after("ec2", "ModifyEbsDefaultKmsKeyId")
def remember_default_key(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    call.table("ebs default key")["arn"] = answer["KmsKeyId"]


@operation("ec2", "ResetEbsDefaultKmsKeyId")
def reset_default_key(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    call.table("ebs default key").clear()
    return get_default_key(call, params)
