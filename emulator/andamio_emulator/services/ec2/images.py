"""Images: moto registers and copies them by name only, and gives each the same single disk."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after
from andamio_emulator.tags import tags_of_specification

# Fields of RegisterImage that come back from DescribeImages; moto's serialiser finds them under these attributes.
REGISTERED = {
    "Architecture": "architecture",
    "BootMode": "boot_mode",
    "EnaSupport": "ena_support",
    "ImageLocation": "image_location",
    "ImdsSupport": "imds_support",
    "KernelId": "kernel_id",
    "RamdiskId": "ramdisk_id",
    "RootDeviceName": "root_device_name",
    "SriovNetSupport": "sriov_net_support",
    "TpmSupport": "tpm_support",
    "VirtualizationType": "virtualization_type",
}
ENCRYPTION_UNSET = {"Encrypted": False, "DeleteOnTermination": True}


@after("ec2", "RegisterImage")
def keep_registration(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """aws_ami is read back field by field, and each field that moto dropped would replace the image."""
    image = call.backend().amis[answer["ImageId"]]
    image.architecture, image.virtualization_type, image.boot_mode = "x86_64", "paravirtual", None
    image.hypervisor, image.root_device_type = "xen", "ebs"
    for field, attribute in REGISTERED.items():
        if field in params:
            setattr(image, attribute, params[field])
    image.registered_block_devices = params.get("BlockDeviceMappings", [])
    image.add_tags(tags_of_specification(params, "image"))


@after("ec2", "CopyImage")
def keep_copy_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto forgets the tags that a copy is made with."""
    image = call.backend().amis[answer["ImageId"]]
    image.root_device_type, image.hypervisor = "ebs", "xen"
    image.add_tags(tags_of_specification(params, "image"))


@after("ec2", "DescribeImages")
def registered_block_devices(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """A registered image has the disks that it was registered with, not the one that moto makes up."""
    for described in answer.get("Images", ()):
        image = call.backend().amis.get(described["ImageId"])
        mappings = getattr(image, "registered_block_devices", None)
        if mappings:
            described["BlockDeviceMappings"] = [
                {**each, "Ebs": {**ENCRYPTION_UNSET, **each["Ebs"]}} if "Ebs" in each else each for each in mappings
            ]


@after("ec2", "ModifyImageAttribute")
def change_description(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto changes launch permissions only; the provider also sets the description of copies and own images."""
    image = call.backend().amis[params["ImageId"]]
    if "Description" in params:
        image.description = params["Description"].get("Value", "")
    if params.get("Attribute") == "description":
        image.description = params.get("Value", "")
