"""EC2 instances, their disks, and what instances are placed on."""

from __future__ import annotations

import base64
from typing import Any, Dict

from tests.support import PatchTest, amazon_image, make_subnet, make_vpc


class InstanceTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def run_instance(self, **arguments: Any) -> str:
        wanted = {"ImageId": amazon_image(self.ec2)["ImageId"], "InstanceType": "t3.micro", **arguments}
        return self.ec2.run_instances(MinCount=1, MaxCount=1, **wanted)["Instances"][0]["InstanceId"]

    def describe(self, instance_id: str) -> Dict[str, Any]:
        return self.ec2.describe_instances(InstanceIds=[instance_id])["Reservations"][0]["Instances"][0]

    def volumes(self, instance_id: str) -> Dict[str, Dict[str, Any]]:
        """The instance's volumes by device name."""
        filters = [{"Name": "attachment.instance-id", "Values": [instance_id]}]
        found = self.ec2.describe_volumes(Filters=filters)["Volumes"]
        return {volume["Attachments"][0]["Device"]: volume for volume in found}

    def test_detailed_monitoring_can_be_switched(self) -> None:
        """The provider calls MonitorInstances when ``monitoring`` changes; moto implements neither direction."""
        instance_id = self.run_instance()
        self.ec2.monitor_instances(InstanceIds=[instance_id])
        self.assertEqual("enabled", self.describe(instance_id)["Monitoring"]["State"])
        self.ec2.unmonitor_instances(InstanceIds=[instance_id])
        self.assertEqual("disabled", self.describe(instance_id)["Monitoring"]["State"])

    def test_termination_protection_holds_from_the_start(self) -> None:
        """``disable_api_termination`` would be set again by the plan after the first apply."""
        instance_id = self.run_instance(DisableApiTermination=True)
        answer = self.ec2.describe_instance_attribute(InstanceId=instance_id, Attribute="disableApiTermination")
        self.assertTrue(answer["DisableApiTermination"]["Value"])
        with self.assertRaisesRegex(Exception, "OperationNotPermitted"):
            self.ec2.terminate_instances(InstanceIds=[instance_id])

    def test_maintenance_options_come_back(self) -> None:
        """``maintenance_options`` would be set again by every plan."""
        instance_id = self.run_instance(MaintenanceOptions={"AutoRecovery": "disabled"})
        self.assertEqual("disabled", self.describe(instance_id)["MaintenanceOptions"]["AutoRecovery"])

    def test_maintenance_options_can_change(self) -> None:
        instance_id = self.run_instance()
        self.ec2.modify_instance_maintenance_options(InstanceId=instance_id, AutoRecovery="disabled")
        self.assertEqual("disabled", self.describe(instance_id)["MaintenanceOptions"]["AutoRecovery"])

    def test_private_dns_name_options_come_back(self) -> None:
        """``private_dns_name_options`` would be set again by every plan."""
        options = {"HostnameType": "resource-name", "EnableResourceNameDnsARecord": True}
        instance_id = self.run_instance(PrivateDnsNameOptions=options)
        self.assertEqual(options, self.describe(instance_id)["PrivateDnsNameOptions"])

    def test_cpu_options_come_back(self) -> None:
        """``cpu_options`` that are gone would replace the instance."""
        instance_id = self.run_instance(CpuOptions={"CoreCount": 1, "ThreadsPerCore": 1})
        self.assertEqual({"CoreCount": 1, "ThreadsPerCore": 1}, self.describe(instance_id)["CpuOptions"])

    def test_enclave_options_come_back(self) -> None:
        """``enclave_options`` that are gone would replace the instance."""
        instance_id = self.run_instance(EnclaveOptions={"Enabled": True})
        self.assertTrue(self.describe(instance_id)["EnclaveOptions"]["Enabled"])

    def test_placement_group_of_instance_comes_back(self) -> None:
        """A ``placement_group`` that is gone would replace the instance."""
        instance_id = self.run_instance(Placement={"GroupName": "together"})
        self.assertEqual("together", self.describe(instance_id)["Placement"]["GroupName"])

    def test_tenancy_and_partition_come_back(self) -> None:
        """``tenancy`` and ``placement_partition_number`` that are gone would replace the instance."""
        wanted = {"Tenancy": "dedicated", "GroupName": "apart", "PartitionNumber": 2}
        placement = self.describe(self.run_instance(Placement=wanted))["Placement"]
        self.assertEqual(wanted, {field: placement.get(field) for field in wanted})

    def test_host_of_instance_comes_back_as_its_tenancy(self) -> None:
        """An instance on a host has the tenancy ``host``: another one would replace it."""
        placement = self.describe(self.run_instance(Placement={"Tenancy": "host", "HostId": "h-1"}))["Placement"]
        self.assertEqual(("host", "h-1"), (placement["Tenancy"], placement["HostId"]))

    def test_capacity_reservation_of_instance_comes_back_and_can_change(self) -> None:
        """``capacity_reservation_specification`` would be set again by every plan."""
        wanted = {"CapacityReservationPreference": "none"}
        instance_id = self.run_instance(CapacityReservationSpecification=wanted)
        self.assertEqual(wanted, self.describe(instance_id)["CapacityReservationSpecification"])
        wanted = {"CapacityReservationTarget": {"CapacityReservationId": "cr-1"}}
        self.ec2.modify_instance_capacity_reservation_attributes(
            InstanceId=instance_id, CapacityReservationSpecification=wanted
        )
        self.assertEqual(wanted, self.describe(instance_id)["CapacityReservationSpecification"])

    def test_private_instance_has_no_association(self) -> None:
        """An empty one looks like a public address: ``associate_public_ip_address = false`` would replace the instance."""
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2, "10.8.0.0/16"), "10.8.0.0/24")
        interface = {"DeviceIndex": 0, "SubnetId": subnet_id, "AssociatePublicIpAddress": False}
        described = self.describe(self.run_instance(NetworkInterfaces=[interface]))["NetworkInterfaces"][0]
        self.assertNotIn("Association", described)
        self.assertNotIn("Association", described["PrivateIpAddresses"][0])

    def test_secondary_addresses_come_back(self) -> None:
        """``secondary_private_ips`` would be assigned by every plan."""
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2, "10.9.0.0/16"), "10.9.0.0/24")
        addresses = [{"PrivateIpAddress": f"10.9.0.{last}", "Primary": last == 10} for last in (10, 11)]
        interface = {"DeviceIndex": 0, "SubnetId": subnet_id, "PrivateIpAddresses": addresses}
        described = self.describe(self.run_instance(NetworkInterfaces=[interface]))["NetworkInterfaces"][0]
        found = {each["PrivateIpAddress"]: each["Primary"] for each in described["PrivateIpAddresses"]}
        self.assertEqual({"10.9.0.10": True, "10.9.0.11": False}, found)

    def test_private_address_is_free_when_its_instance_is_gone(self) -> None:
        """An instance with ``private_ip`` could not be replaced."""
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2, "10.10.0.0/16"), "10.10.0.0/24")
        fixed = {"SubnetId": subnet_id, "PrivateIpAddress": "10.10.0.10"}
        self.ec2.terminate_instances(InstanceIds=[self.run_instance(**fixed)])
        self.assertEqual("10.10.0.10", self.describe(self.run_instance(**fixed))["PrivateIpAddress"])

    def test_spot_request_comes_back_with_the_price_as_aws_spells_it(self) -> None:
        """``instance_market_options`` that are gone would replace the instance; moto has no request of RunInstances."""
        options = {"MaxPrice": "0.05", "SpotInstanceType": "persistent", "InstanceInterruptionBehavior": "stop"}
        market = {"MarketType": "spot", "SpotOptions": options}
        request_id = self.describe(self.run_instance(InstanceMarketOptions=market))["SpotInstanceRequestId"]
        found = self.ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
        request = found["SpotInstanceRequests"][0]
        self.assertEqual(("persistent", "stop"), (request["Type"], request["InstanceInterruptionBehavior"]))
        self.assertEqual(("0.050000", "active"), (request["SpotPrice"], request["State"]))
        self.ec2.cancel_spot_instance_requests(SpotInstanceRequestIds=[request_id])
        found = self.ec2.describe_spot_instance_requests(SpotInstanceRequestIds=[request_id])
        self.assertEqual("cancelled", found["SpotInstanceRequests"][0]["State"])

    def test_credits_are_those_asked_for(self) -> None:
        """moto says ``standard`` of every instance: ``credit_specification`` would change in every plan."""
        instance_id = self.run_instance(CreditSpecification={"CpuCredits": "unlimited"})
        credits = self.ec2.describe_instance_credit_specifications(InstanceIds=[instance_id])
        self.assertEqual("unlimited", credits["InstanceCreditSpecifications"][0]["CpuCredits"])

    def test_credits_can_change(self) -> None:
        instance_id = self.run_instance()
        change = {"InstanceId": instance_id, "CpuCredits": "standard"}
        self.ec2.modify_instance_credit_specification(InstanceCreditSpecifications=[change])
        credits = self.ec2.describe_instance_credit_specifications(InstanceIds=[instance_id])
        self.assertEqual("standard", credits["InstanceCreditSpecifications"][0]["CpuCredits"])

    def test_root_disk_has_the_name_that_the_image_gives(self) -> None:
        """moto calls it /dev/sda1: the provider would take it for an additional disk."""
        instance_id = self.run_instance()
        self.assertEqual(["/dev/xvda"], list(self.volumes(instance_id)))

    def test_root_disk_needs_no_size(self) -> None:
        """``root_block_device`` with nothing but tags is common; moto refuses a disk without a size."""
        mapping = {"DeviceName": "/dev/xvda", "Ebs": {"VolumeType": "gp3"}}
        self.assertEqual(8, self.volumes(self.run_instance(BlockDeviceMappings=[mapping]))["/dev/xvda"]["Size"])

    def test_additional_disk_does_not_take_the_place_of_the_root_disk(self) -> None:
        """With ``ebs_block_device`` only, moto makes an instance without a root disk."""
        mapping = {"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 10}}
        self.assertEqual({"/dev/xvda", "/dev/sdf"}, set(self.volumes(self.run_instance(BlockDeviceMappings=[mapping]))))

    def test_instance_store_is_no_volume(self) -> None:
        """moto refuses ``ephemeral_block_device``: it wants a volume of each device."""
        mapping = {"DeviceName": "/dev/sdb", "VirtualName": "ephemeral0"}
        self.assertEqual(["/dev/xvda"], list(self.volumes(self.run_instance(BlockDeviceMappings=[mapping]))))

    def test_iops_and_throughput_of_an_instances_disk(self) -> None:
        """``root_block_device.throughput`` and ``iops`` would be set again by every plan."""
        disk = {"VolumeSize": 20, "VolumeType": "gp3", "Iops": 4000, "Throughput": 200}
        volumes = self.volumes(self.run_instance(BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": disk}]))
        self.assertEqual((4000, 200), (volumes["/dev/xvda"]["Iops"], volumes["/dev/xvda"]["Throughput"]))

    def test_disks_of_the_launch_template_join_the_images(self) -> None:
        """The template's disk is the instance's root disk, with the template's throughput."""
        disk = {"VolumeSize": 30, "VolumeType": "gp3", "Throughput": 150}
        data = {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": disk}]}
        self.ec2.create_launch_template(LaunchTemplateName="disks", LaunchTemplateData=data)
        volumes = self.volumes(self.run_instance(LaunchTemplate={"LaunchTemplateName": "disks"}))
        self.assertEqual({"/dev/xvda": (30, 150)}, {n: (v["Size"], v.get("Throughput")) for n, v in volumes.items()})

    def test_security_groups_of_the_first_interface_are_the_instances(self) -> None:
        """moto leaves them out: ``vpc_security_group_ids`` would be set again by every plan."""
        vpc_id = make_vpc(self.ec2)
        group_id = self.ec2.create_security_group(GroupName="g", Description="g", VpcId=vpc_id)["GroupId"]
        interface = {"DeviceIndex": 0, "SubnetId": make_subnet(self.ec2, vpc_id), "Groups": [group_id]}
        groups = self.describe(self.run_instance(NetworkInterfaces=[interface]))["SecurityGroups"]
        self.assertEqual([group_id], [group["GroupId"] for group in groups])

    def test_user_data_can_change(self) -> None:
        """It arrives in Base64, as all binary values do; moto takes that off, looks for it again, and refuses."""
        instance_id = self.run_instance()
        self.ec2.stop_instances(InstanceIds=[instance_id])
        self.ec2.modify_instance_attribute(InstanceId=instance_id, UserData={"Value": b"echo 2"})
        found = self.ec2.describe_instance_attribute(InstanceId=instance_id, Attribute="userData")
        self.assertEqual(b"echo 2", base64.b64decode(found["UserData"]["Value"]))

    def test_instance_profile_can_be_replaced(self) -> None:
        """The provider waits until the instance shows the new profile; moto shows the old one for ever."""
        iam = self.client("iam")
        for name in ("before", "after"):
            iam.create_instance_profile(InstanceProfileName=name)
        instance_id = self.run_instance(IamInstanceProfile={"Name": "before"})
        filters = [{"Name": "instance-id", "Values": [instance_id]}]
        known = self.ec2.describe_iam_instance_profile_associations(Filters=filters)
        self.ec2.replace_iam_instance_profile_association(
            AssociationId=known["IamInstanceProfileAssociations"][0]["AssociationId"],
            IamInstanceProfile={"Name": "after"},
        )
        self.assertTrue(self.describe(instance_id)["IamInstanceProfile"]["Arn"].endswith("/after"))


class PlacementTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def test_placement_group_has_a_life(self) -> None:
        """moto has no placement groups."""
        tags = [{"ResourceType": "placement-group", "Tags": [{"Key": "a", "Value": "b"}]}]
        made = self.ec2.create_placement_group(GroupName="apart", Strategy="spread", TagSpecifications=tags)
        self.assertEqual("rack", made["PlacementGroup"]["SpreadLevel"])
        group = self.ec2.describe_placement_groups(GroupNames=["apart"])["PlacementGroups"][0]
        self.assertEqual([{"Key": "a", "Value": "b"}], group["Tags"])
        self.ec2.delete_placement_group(GroupName="apart")
        code = "InvalidPlacementGroup.Unknown"
        self.assert_refused(code, self.ec2.describe_placement_groups, GroupNames=["apart"])

    def test_tags_of_a_placement_group_can_change(self) -> None:
        """moto refuses to tag what has an identifier of a kind that it does not know."""
        group_id = self.ec2.create_placement_group(GroupName="tagged")["PlacementGroup"]["GroupId"]
        self.ec2.create_tags(Resources=[group_id], Tags=[{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}])
        self.ec2.delete_tags(Resources=[group_id], Tags=[{"Key": "c"}])
        group = self.ec2.describe_placement_groups(GroupNames=["tagged"])["PlacementGroups"][0]
        self.assertEqual([{"Key": "a", "Value": "b"}], group["Tags"])

    def test_capacity_reservation_has_a_life(self) -> None:
        """moto has no capacity reservations."""
        made = self.ec2.create_capacity_reservation(
            InstanceType="t3.micro", InstancePlatform="Linux/UNIX", AvailabilityZone="us-east-1a", InstanceCount=1
        )
        reservation_id = made["CapacityReservation"]["CapacityReservationId"]
        self.ec2.modify_capacity_reservation(CapacityReservationId=reservation_id, InstanceCount=2)
        self.ec2.cancel_capacity_reservation(CapacityReservationId=reservation_id)
        found = self.ec2.describe_capacity_reservations(CapacityReservationIds=[reservation_id])
        reservation = found["CapacityReservations"][0]
        self.assertEqual((2, "cancelled"), (reservation["TotalInstanceCount"], reservation["State"]))

    def test_instance_connect_endpoint_has_a_life(self) -> None:
        """moto has no instance connect endpoints."""
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2, "10.7.0.0/16"), "10.7.0.0/24")
        made = self.ec2.create_instance_connect_endpoint(SubnetId=subnet_id)["InstanceConnectEndpoint"]
        ids = [made["InstanceConnectEndpointId"]]
        found = self.ec2.describe_instance_connect_endpoints(InstanceConnectEndpointIds=ids)
        self.assertEqual("create-complete", found["InstanceConnectEndpoints"][0]["State"])
        self.ec2.delete_instance_connect_endpoint(InstanceConnectEndpointId=ids[0])
        code = "InvalidInstanceConnectEndpointId.NotFound"
        self.assert_refused(code, self.ec2.describe_instance_connect_endpoints, InstanceConnectEndpointIds=ids)
