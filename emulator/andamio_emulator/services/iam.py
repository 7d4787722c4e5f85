"""IAM: lists that the provider reads along the way, and tags of rarer things."""

from __future__ import annotations

from typing import Any, Dict

from andamio_emulator.extension import Call, after, operation
from andamio_emulator.tags import tags_from_list, tags_to_list


@operation("iam", "ListServiceSpecificCredentials")
def no_service_credentials(_call: Call, _params: Dict[str, Any]) -> Dict[str, Any]:
    """Read when a user is destroyed with ``force_destroy``; none can be made here."""
    return {"ServiceSpecificCredentials": []}


@after("iam", "CreateVirtualMFADevice")
def remember_device_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    tags = tags_from_list(params.get("Tags"))
    call.global_table("device tags")[answer["VirtualMFADevice"]["SerialNumber"]] = tags


@operation("iam", "ListMFADeviceTags", "TagMFADevice", "UntagMFADevice")
def tag_device(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """The provider reads the tags of every virtual MFA device, also of one without tags."""
    tags = call.global_table("device tags").setdefault(params["SerialNumber"], {})
    if call.operation == "TagMFADevice":
        tags.update(tags_from_list(params["Tags"]))
    elif call.operation == "UntagMFADevice":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"Tags": tags_to_list(tags), "IsTruncated": False} if call.operation == "ListMFADeviceTags" else {}


@after("iam", "CreateSAMLProvider")
def remember_provider_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto drops the tags of SAML providers: with default tags every plan would set them again."""
    call.global_table("provider tags")[answer["SAMLProviderArn"]] = tags_from_list(params.get("Tags"))


@after("iam", "GetSAMLProvider")
def show_provider_tags(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    answer["Tags"] = tags_to_list(call.global_table("provider tags").get(params["SAMLProviderArn"]))


@operation("iam", "ListSAMLProviderTags", "TagSAMLProvider", "UntagSAMLProvider")
def tag_provider(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    tags = call.global_table("provider tags").setdefault(params["SAMLProviderArn"], {})
    if call.operation == "TagSAMLProvider":
        tags.update(tags_from_list(params["Tags"]))
    elif call.operation == "UntagSAMLProvider":
        for key in params["TagKeys"]:
            tags.pop(key, None)
    return {"Tags": tags_to_list(tags), "IsTruncated": False} if call.operation == "ListSAMLProviderTags" else {}
