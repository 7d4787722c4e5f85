"""EBS volumes and snapshots, images, launch templates, and settings of the account in a region."""

from __future__ import annotations

import base64

from tests.support import PatchTest, amazon_image


class VolumeTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def make_snapshot(self) -> str:
        volume = self.ec2.create_volume(AvailabilityZone="us-east-1a", Size=1)
        return self.ec2.create_snapshot(VolumeId=volume["VolumeId"])["SnapshotId"]

    def test_gp3_has_a_throughput_without_being_asked(self) -> None:
        """AWS gives 125 MiB/s; what moto leaves out, ``throughput = 125`` would set again by every plan."""
        volume = self.ec2.create_volume(AvailabilityZone="us-east-1a", Size=10, VolumeType="gp3")
        found = self.ec2.describe_volumes(VolumeIds=[volume["VolumeId"]])["Volumes"][0]
        self.assertEqual((3000, 125), (found["Iops"], found.get("Throughput")))

    def test_snapshot_can_be_shared_in_the_providers_way(self) -> None:
        """aws_snapshot_create_volume_permission sends a structure that moto does not read, and waits for minutes."""
        snapshot_id, person = self.make_snapshot(), {"UserId": "111111111111"}

        def permissions() -> list:
            kind = "createVolumePermission"
            found = self.ec2.describe_snapshot_attribute(SnapshotId=snapshot_id, Attribute=kind)
            return found["CreateVolumePermissions"]

        self.ec2.modify_snapshot_attribute(SnapshotId=snapshot_id, CreateVolumePermission={"Add": [person]})
        self.assertEqual([person], permissions())
        self.ec2.modify_snapshot_attribute(SnapshotId=snapshot_id, CreateVolumePermission={"Remove": [person]})
        self.assertEqual([], permissions())

    def test_default_key_can_be_read_and_reset(self) -> None:
        """moto can set the key and not read it: aws_ebs_default_kms_key fails right after it is made."""
        self.assertIn("alias/aws/ebs", self.ec2.get_ebs_default_kms_key_id()["KmsKeyId"])
        key_arn = self.client("kms").create_key()["KeyMetadata"]["Arn"]
        self.ec2.modify_ebs_default_kms_key_id(KmsKeyId=key_arn)
        self.assertEqual(key_arn, self.ec2.get_ebs_default_kms_key_id()["KmsKeyId"])
        self.assertIn("alias/aws/ebs", self.ec2.reset_ebs_default_kms_key_id()["KmsKeyId"])


class ImageTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def describe(self, image_id: str) -> dict:
        return self.ec2.describe_images(ImageIds=[image_id])["Images"][0]

    def test_registered_image_is_what_was_registered(self) -> None:
        """aws_ami is compared field by field: each one that moto drops would replace the image."""
        wanted = {
            "Architecture": "arm64",
            "BootMode": "uefi-preferred",
            "EnaSupport": True,
            "ImdsSupport": "v2.0",
            "RootDeviceName": "/dev/xvda",
            "SriovNetSupport": "simple",
            "VirtualizationType": "hvm",
        }
        image = self.describe(self.ec2.register_image(Name="registered", **wanted)["ImageId"])
        self.assertEqual(wanted, {field: image.get(field) for field in wanted})

    def test_registered_image_has_its_own_disks(self) -> None:
        """moto gives every image the same disk of 15 GiB."""
        disk = {"VolumeSize": 20, "VolumeType": "gp3", "Throughput": 130}
        mapping = {"DeviceName": "/dev/xvda", "Ebs": disk}
        made = self.ec2.register_image(Name="disks", RootDeviceName="/dev/xvda", BlockDeviceMappings=[mapping])
        described = self.describe(made["ImageId"])["BlockDeviceMappings"]
        self.assertEqual(("/dev/xvda", 20), (described[0]["DeviceName"], described[0]["Ebs"]["VolumeSize"]))

    def test_registered_image_keeps_its_tags(self) -> None:
        tags = [{"Key": "a", "Value": "b"}]
        specification = [{"ResourceType": "image", "Tags": tags}]
        made = self.ec2.register_image(Name="tagged", TagSpecifications=specification)
        self.assertEqual(tags, self.describe(made["ImageId"]).get("Tags"))

    def test_copy_keeps_its_tags(self) -> None:
        tags = [{"Key": "a", "Value": "b"}]
        copy = self.ec2.copy_image(
            SourceImageId=amazon_image(self.ec2)["ImageId"],
            SourceRegion="us-east-1",
            Name="copy",
            TagSpecifications=[{"ResourceType": "image", "Tags": tags}],
        )
        self.assertEqual(tags, self.describe(copy["ImageId"]).get("Tags"))

    def test_description_can_change(self) -> None:
        """The provider sets it after a copy, too; moto changes launch permissions only."""
        image_id = self.ec2.register_image(Name="described")["ImageId"]
        self.ec2.modify_image_attribute(ImageId=image_id, Description={"Value": "new"})
        self.assertEqual("new", self.describe(image_id)["Description"])
        self.ec2.modify_image_attribute(ImageId=image_id, Attribute="description", Value="newer")
        self.assertEqual("newer", self.describe(image_id)["Description"])


class LaunchTemplateTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def make_template(self, name: str) -> str:
        own = [{"ResourceType": "launch-template", "Tags": [{"Key": "own", "Value": "1"}]}]
        launched = {"TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "launched", "Value": "1"}]}]}
        data = {"UserData": base64.b64encode(b"x").decode(), **launched}
        made = self.ec2.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=data, TagSpecifications=own)
        return made["LaunchTemplate"]["LaunchTemplateId"]

    def test_own_tags_are_not_part_of_the_data(self) -> None:
        """moto mixes them in, and ``tag_specifications`` would have one too many in every plan."""
        versions = self.ec2.describe_launch_template_versions(LaunchTemplateId=self.make_template("data"))
        data = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
        self.assertEqual(["instance"], [each["ResourceType"] for each in data["TagSpecifications"]])

    def test_own_tags_can_change(self) -> None:
        """moto answers with the tags that the template was made with."""
        template_id = self.make_template("tags")
        self.ec2.create_tags(Resources=[template_id], Tags=[{"Key": "own", "Value": "2"}])
        template = self.ec2.describe_launch_templates(LaunchTemplateIds=[template_id])["LaunchTemplates"][0]
        self.assertEqual([{"Key": "own", "Value": "2"}], template["Tags"])


class AccountSettingTest(PatchTest):
    """moto has none of these settings."""

    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def test_metadata_defaults(self) -> None:
        self.ec2.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=2)
        self.ec2.modify_instance_metadata_defaults(HttpPutResponseHopLimit=-1)
        self.assertEqual({"HttpTokens": "required"}, self.ec2.get_instance_metadata_defaults()["AccountLevel"])

    def test_serial_console(self) -> None:
        self.ec2.enable_serial_console_access()
        self.assertTrue(self.ec2.get_serial_console_access_status()["SerialConsoleAccessEnabled"])
        self.ec2.disable_serial_console_access()
        self.assertFalse(self.ec2.get_serial_console_access_status()["SerialConsoleAccessEnabled"])

    def test_block_of_public_images(self) -> None:
        field = "ImageBlockPublicAccessState"
        self.ec2.enable_image_block_public_access(**{field: "block-new-sharing"})
        self.assertEqual("block-new-sharing", self.ec2.get_image_block_public_access_state()[field])
        self.ec2.disable_image_block_public_access()
        self.assertEqual("unblocked", self.ec2.get_image_block_public_access_state()[field])

    def test_block_of_public_snapshots(self) -> None:
        self.ec2.enable_snapshot_block_public_access(State="block-all-sharing")
        self.assertEqual("block-all-sharing", self.ec2.get_snapshot_block_public_access_state()["State"])
        self.ec2.disable_snapshot_block_public_access()
        self.assertEqual("unblocked", self.ec2.get_snapshot_block_public_access_state()["State"])

    def test_block_of_public_access_to_vpcs(self) -> None:
        self.ec2.modify_vpc_block_public_access_options(InternetGatewayBlockMode="block-ingress")
        options = self.ec2.describe_vpc_block_public_access_options()["VpcBlockPublicAccessOptions"]
        self.assertEqual(("block-ingress", "update-complete"), (options["InternetGatewayBlockMode"], options["State"]))
