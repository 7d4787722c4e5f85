"""Launch templates: their own tags, apart from the tags of what is launched, and disks of which they say no size."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after
from andamio_emulator.tags import tags_from_list, tags_to_list

OWN_TYPE = "launch-template"
IMAGE_DISK_GIB = 8


class DiskOfImage(dict):
    """A disk without a size: whoever asks for it gets the image's, and whoever lists what was said gets none."""

    def get(self, field: str, default: Any = None) -> Any:
        return super().get(field, IMAGE_DISK_GIB if field == "VolumeSize" else default)


@after("ec2", "CreateLaunchTemplate", "CreateLaunchTemplateVersion")
def size_disks(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto refuses to start the instances of a group from a template whose root disk has the image's size."""
    described = answer.get("LaunchTemplate") or answer.get("LaunchTemplateVersion", {})
    template = call.backend().launch_templates[described["LaunchTemplateId"]]
    for mapping in template.latest_version().data.get("BlockDeviceMappings", ()):
        disk = mapping.get("Ebs", {})
        if "VolumeSize" not in disk and "SnapshotId" not in disk:
            mapping["Ebs"] = DiskOfImage(disk)


@after("ec2", "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "DescribeLaunchTemplateVersions")
def hide_own_tags(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto mixes the template's own tags into its data, where the provider reads a tag specification too many."""
    versions = answer.get("LaunchTemplateVersions") or [answer.get("LaunchTemplateVersion", {})]
    for version in versions:
        data = version.get("LaunchTemplateData", {})
        if "TagSpecifications" in data:
            kept = [each for each in data["TagSpecifications"] if each.get("ResourceType") != OWN_TYPE]
            data["TagSpecifications"] = kept


@after("ec2", "DescribeLaunchTemplates")
def current_tags(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto answers with the tags that a template was made with, whatever CreateTags and DeleteTags did since."""
    for described in answer.get("LaunchTemplates", ()):
        template = call.backend().launch_templates[described["LaunchTemplateId"]]
        tags = {tag["key"]: tag["value"] for tag in template.get_tags()}
        if tags != tags_from_list(described.get("Tags")):
            described["Tags"] = tags_to_list(tags)
