"""Instances: what moto forgets of an instance, and how its disks come from the image and the launch template."""

from __future__ import annotations

import base64
from typing import Any, Dict, Iterable, List, Optional

from andamio_emulator.extension import Call, after, before, operation

GP3_THROUGHPUT = 125
GP3_IOPS = 3000
DISK_FIELDS = ("VolumeSize", "VolumeType", "Iops", "Throughput", "DeleteOnTermination", "Encrypted")
# Fields of RunInstances that come back from DescribeInstances; moto's serialiser finds them under these attributes.
INSTANCE_OPTIONS = {
    "MaintenanceOptions": "maintenance_options",
    "PrivateDnsNameOptions": "private_dns_name_options",
    "CpuOptions": "cpu_options",
    "EnclaveOptions": "enclave_options",
    "CapacityReservationSpecification": "capacity_reservation_specification",
}
# Fields of Placement that moto forgets: each would replace the instance.
PLACEMENT_FIELDS = ("GroupName", "HostId", "PartitionNumber", "Tenancy")


@operation("ec2", "MonitorInstances", "UnmonitorInstances")
def switch_monitoring(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    """moto knows the operations and implements neither."""
    state = "enabled" if call.operation == "MonitorInstances" else "disabled"
    for instance_id in params["InstanceIds"]:
        call.backend().get_instance(instance_id).monitoring_state = state
    return {"InstanceMonitorings": [{"InstanceId": i, "Monitoring": {"State": state}} for i in params["InstanceIds"]]}


@before("ec2", "ModifyInstanceAttribute")
def encode_user_data(_call: Call, params: Dict[str, Any]) -> None:
    """New user data arrives in Base64, as all binary values do; moto takes that off and looks for it again."""
    if "Value" in params.get("UserData", {}):
        params["UserData"]["Value"] = base64.b64encode(params["UserData"]["Value"])


@before("ec2", "RunInstances")
def complete_block_devices(call: Call, params: Dict[str, Any]) -> None:
    """Give the instance the disks that AWS would give it: the image's, the template's, then the request's.

    moto takes the first of these lists that is not empty, so that an instance with one extra disk has no root disk; it
    calls the root disk /dev/sda1 whatever the image says, and refuses a disk without a size (the image has one).
    """
    template = _launch_template_data(call, params)
    image = call.backend().amis.get(params.get("ImageId") or template.get("ImageId"))
    if image is not None:
        of_template, of_request = template.get("BlockDeviceMappings", []), params.get("BlockDeviceMappings", [])
        mappings = _merge_devices([_root_device(image), *of_template, *of_request])
        # Instance stores are no volumes: DescribeInstances does not show them, and moto refuses them.
        params["BlockDeviceMappings"] = [each for each in mappings if "VirtualName" not in each]


def _merge_devices(mappings: Iterable[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """One mapping for each device name; what comes later has the last word, field by field."""
    devices: Dict[str, Dict[str, Any]] = {}
    for mapping in mappings:
        known = devices.setdefault(mapping["DeviceName"], {})
        disk = {**known.get("Ebs", {}), **mapping.get("Ebs", {})}
        if "SnapshotId" in mapping.get("Ebs", {}) and "VolumeSize" not in mapping["Ebs"]:
            disk.pop("VolumeSize", None)  # the snapshot's size, then
        known.update(mapping)
        if disk:
            known["Ebs"] = disk
    return list(devices.values())


def _launch_template_data(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    reference = params.get("LaunchTemplate")
    if not reference:
        return {}
    return call.backend()._get_template_from_args(reference).data


def _root_device(image: Any) -> Dict[str, Any]:
    """The image's root disk: as it was registered, or 8 GiB of gp3 (moto's have 15 GiB of the oldest type)."""
    disk = {"VolumeSize": 8, "VolumeType": "gp3", "DeleteOnTermination": True}
    for mapping in getattr(image, "registered_block_devices", ()):
        if mapping["DeviceName"] == image.root_device_name and "Ebs" in mapping:
            disk = {field: mapping["Ebs"][field] for field in DISK_FIELDS if field in mapping["Ebs"]}
    return {"DeviceName": image.root_device_name, "Ebs": disk}


@after("ec2", "RunInstances")
def remember_options(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto serialises its own objects by attribute name: what it dropped only has to be put there."""
    for described in answer.get("Instances", ()):
        instance = call.backend().get_instance(described["InstanceId"])
        for option, attribute in INSTANCE_OPTIONS.items():
            if option in params:
                setattr(instance, attribute, dict(params[option]))
        instance.maintenance_options = {"AutoRecovery": "default", **params.get("MaintenanceOptions", {})}
        instance.wanted_placement = {
            field: params["Placement"][field] for field in PLACEMENT_FIELDS if field in params.get("Placement", {})
        }
        instance.disable_api_termination = params.get("DisableApiTermination", False)
        if "CreditSpecification" in params:
            call.table("cpu credits")[instance.id] = params["CreditSpecification"]["CpuCredits"]
        _set_disk_performance(call, instance, params)


def _described(answer: Dict[str, Any]) -> List[Dict[str, Any]]:
    """The instances in the answer of RunInstances (one reservation) or DescribeInstances (several)."""
    return [each for reservation in answer.get("Reservations", [answer]) for each in reservation.get("Instances", ())]


@after("ec2", "RunInstances", "DescribeInstances")
def show_placement(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto says the default tenancy of every instance."""
    for described in _described(answer):
        wanted = getattr(call.backend().get_instance(described["InstanceId"]), "wanted_placement", {})
        described.setdefault("Placement", {}).update(wanted)


@after("ec2", "RunInstances", "DescribeInstances")
def no_empty_associations(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """An interface without a public address has no association; moto's is empty, which the provider takes for an address."""
    for instance in _described(answer):
        for interface in instance.get("NetworkInterfaces", ()):
            for holder in (interface, *interface.get("PrivateIpAddresses", ())):
                if not holder.get("Association", True):
                    del holder["Association"]


@after("ec2", "RunInstances")
def assign_secondary_addresses(call: Call, answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto forgets the further private addresses of an interface that it makes with an instance."""
    wanted = {each["DeviceIndex"]: each.get("PrivateIpAddresses", []) for each in params.get("NetworkInterfaces", ())}
    for described in _described(answer):
        for index, interface in call.backend().get_instance(described["InstanceId"]).nics.items():
            addresses = [each["PrivateIpAddress"] for each in wanted.get(index, []) if not each.get("Primary")]
            if addresses:
                call.backend().assign_private_ip_addresses(interface.id, addresses)


@after("ec2", "TerminateInstances")
def release_addresses(call: Call, _answer: Dict[str, Any], params: Dict[str, Any]) -> None:
    """moto keeps the private address of an instance that is gone: one with a fixed address cannot be replaced."""
    for instance_id in params["InstanceIds"]:
        instance = call.backend().get_instance(instance_id)
        for address in instance._private_ips:
            call.backend().get_subnet(instance.subnet_id).del_subnet_ip(address)


@operation("ec2", "ModifyInstanceCapacityReservationAttributes")
def modify_capacity_reservation_attributes(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    wanted = params["CapacityReservationSpecification"]
    call.backend().get_instance(params["InstanceId"]).capacity_reservation_specification = wanted
    return {"Return": True}


@after("ec2", "RunInstances", "DescribeInstances")
def groups_of_first_interface(_call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """An instance has the security groups of its first interface; moto leaves the list empty for those given there."""
    for instance in _described(answer):
        for interface in instance.get("NetworkInterfaces", ()):
            if interface.get("Attachment", {}).get("DeviceIndex") == 0 and not instance.get("SecurityGroups"):
                instance["SecurityGroups"] = interface.get("Groups", [])


@after("ec2", "DescribeInstanceCreditSpecifications")
def show_credits(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto says ``standard`` of every instance."""
    for each in answer.get("InstanceCreditSpecifications", ()):
        family = call.backend().get_instance(each["InstanceId"]).instance_type.split(".")[0]
        default = "standard" if family == "t2" else "unlimited"
        each["CpuCredits"] = call.table("cpu credits").get(each["InstanceId"], default)


@operation("ec2", "ModifyInstanceCreditSpecification")
def modify_credits(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    for each in params["InstanceCreditSpecifications"]:
        call.table("cpu credits")[each["InstanceId"]] = each["CpuCredits"]
    changed = [{"InstanceId": each["InstanceId"]} for each in params["InstanceCreditSpecifications"]]
    return {"SuccessfulInstanceCreditSpecifications": changed, "UnsuccessfulInstanceCreditSpecifications": []}


def _set_disk_performance(call: Call, instance: Any, params: Dict[str, Any]) -> None:
    """moto drops the IOPS and the throughput of disks that are made with an instance."""
    template = _launch_template_data(call, params)
    mappings = [*template.get("BlockDeviceMappings", ()), *params.get("BlockDeviceMappings", ())]
    wanted = {mapping["DeviceName"]: mapping.get("Ebs", {}) for mapping in _merge_devices(mappings)}
    for device_name, device in instance.block_device_mapping.items():
        volume = call.backend().volumes.get(device.volume_id)
        set_performance(volume, wanted.get(device_name, {}))


def set_performance(volume: Optional[Any], wanted: Dict[str, Any]) -> None:
    """What was asked for, or what AWS gives to a gp3 volume without being asked."""
    if volume is None:
        return
    volume.iops = wanted.get("Iops") or volume.iops
    if volume.volume_type == "gp3":
        volume.iops = volume.iops or GP3_IOPS
        volume.throughput = wanted.get("Throughput") or volume.throughput or GP3_THROUGHPUT


@after("ec2", "ReplaceIamInstanceProfileAssociation")
def show_new_profile(call: Call, answer: Dict[str, Any], _params: Dict[str, Any]) -> None:
    """moto changes the association and leaves the old profile in the instance: the provider waits for the new one."""
    association = answer["IamInstanceProfileAssociation"]
    instance = call.backend().get_instance(association["InstanceId"])
    known = call.backend().iam_instance_profile_associations[instance.id].iam_instance_profile
    instance.iam_instance_profile = {"Arn": known.arn, "Id": association["AssociationId"]}


@operation("ec2", "ModifyInstanceMaintenanceOptions")
def modify_maintenance_options(call: Call, params: Dict[str, Any]) -> Dict[str, Any]:
    instance = call.backend().get_instance(params["InstanceId"])
    instance.maintenance_options = {"AutoRecovery": params.get("AutoRecovery", "default")}
    return {"InstanceId": params["InstanceId"], **instance.maintenance_options}
