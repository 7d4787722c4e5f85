"""Systems Manager."""

from __future__ import annotations

from tests.support import PatchTest


class AssociationTest(PatchTest):
    def test_association_has_a_life(self) -> None:
        """moto has no associations."""
        ssm = self.client("ssm")
        made = ssm.create_association(Name="AWS-RunPatchBaseline", AssociationName="patch")["AssociationDescription"]
        association_id = made["AssociationId"]
        ssm.update_association(AssociationId=association_id, ScheduleExpression="rate(7 days)")
        found = ssm.describe_association(AssociationId=association_id)["AssociationDescription"]
        self.assertEqual(("patch", "rate(7 days)"), (found["AssociationName"], found["ScheduleExpression"]))
        ssm.delete_association(AssociationId=association_id)
        self.assert_refused("AssociationDoesNotExist", ssm.describe_association, AssociationId=association_id)

    def test_tags_of_an_association(self) -> None:
        """The provider reads them; moto says that the identifier is not valid."""
        ssm, first = self.client("ssm"), {"Key": "a", "Value": "b"}
        made = ssm.create_association(Name="AWS-RunPatchBaseline", Tags=[first])["AssociationDescription"]
        resource = {"ResourceType": "Association", "ResourceId": made["AssociationId"]}
        ssm.add_tags_to_resource(**resource, Tags=[{"Key": "c", "Value": "d"}])
        ssm.remove_tags_from_resource(**resource, TagKeys=["c"])
        self.assertEqual([first], ssm.list_tags_for_resource(**resource)["TagList"])


class PatchBaselineTest(PatchTest):
    def setUp(self) -> None:
        self.ssm = self.client("ssm")

    def test_baseline_can_be_made_with_tags(self) -> None:
        """moto fails over the tags, and leaves the baseline behind."""
        tags = [{"Key": "a", "Value": "b"}]
        baseline_id = self.ssm.create_patch_baseline(Name="tagged", Tags=tags)["BaselineId"]
        found = self.ssm.list_tags_for_resource(ResourceType="PatchBaseline", ResourceId=baseline_id)
        self.assertEqual(tags, found["TagList"])

    def test_baseline_can_be_read_and_changed(self) -> None:
        """moto lists baselines, and cannot show or change one."""
        made = self.ssm.create_patch_baseline(Name="base", OperatingSystem="AMAZON_LINUX_2023", Description="old")
        self.ssm.update_patch_baseline(BaselineId=made["BaselineId"], Description="new")
        found = self.ssm.get_patch_baseline(BaselineId=made["BaselineId"])
        self.assertEqual(("AMAZON_LINUX_2023", "new"), (found["OperatingSystem"], found["Description"]))
        self.assertEqual("ALLOW_AS_DEPENDENCY", found["RejectedPatchesAction"])

    def test_patch_group_can_be_found(self) -> None:
        """moto registers patch groups and cannot list them: aws_ssm_patch_group fails right after it is made."""
        baseline_id = self.ssm.create_patch_baseline(Name="grouped")["BaselineId"]
        self.ssm.register_patch_baseline_for_patch_group(BaselineId=baseline_id, PatchGroup="web")
        mapping = self.ssm.describe_patch_groups()["Mappings"][0]
        self.assertEqual(("web", baseline_id), (mapping["PatchGroup"], mapping["BaselineIdentity"]["BaselineId"]))

    def test_default_baseline_can_be_set_and_given_back(self) -> None:
        """The provider looks up AWS's own baseline of a system, and registers it again on destroy."""
        system = "UBUNTU"
        mine = self.ssm.create_patch_baseline(Name="mine", OperatingSystem=system)["BaselineId"]
        filters = [{"Key": "OWNER", "Values": ["AWS"]}, {"Key": "OPERATING_SYSTEM", "Values": [system]}]
        identities = self.ssm.describe_patch_baselines(Filters=filters)["BaselineIdentities"]
        self.assertEqual("AWS-UbuntuDefaultPatchBaseline", identities[-1]["BaselineName"])
        self.ssm.register_default_patch_baseline(BaselineId=mine)
        self.assertEqual(mine, self.ssm.get_default_patch_baseline(OperatingSystem=system)["BaselineId"])
        self.ssm.register_default_patch_baseline(BaselineId=identities[-1]["BaselineId"])
        self.assertNotEqual(mine, self.ssm.get_default_patch_baseline(OperatingSystem=system)["BaselineId"])


class MaintenanceWindowTest(PatchTest):
    def setUp(self) -> None:
        self.ssm = self.client("ssm")

    def make_window(self) -> str:
        return self.ssm.create_maintenance_window(
            Name="window", Schedule="rate(7 days)", Duration=3, Cutoff=1, AllowUnassociatedTargets=True
        )["WindowId"]

    def register_target(self, window_id: str, **arguments: str) -> str:
        targets = [{"Key": "tag:Patch", "Values": ["yes"]}]
        return self.ssm.register_target_with_maintenance_window(
            WindowId=window_id, ResourceType="INSTANCE", Targets=targets, **arguments
        )["WindowTargetId"]

    def test_window_can_change(self) -> None:
        """moto implements no change, and forgets whether the window is enabled and takes unassociated targets."""
        window_id = self.make_window()
        self.assertTrue(self.ssm.get_maintenance_window(WindowId=window_id).get("AllowUnassociatedTargets"))
        self.ssm.update_maintenance_window(WindowId=window_id, Duration=4, Enabled=False)
        window = self.ssm.get_maintenance_window(WindowId=window_id)
        self.assertEqual((4, False, "window"), (window["Duration"], window["Enabled"], window["Name"]))

    def test_target_can_be_found(self) -> None:
        """The provider looks for a target by its id; with any filter moto finds nothing."""
        window_id = self.make_window()
        self.register_target(window_id)
        target_id = self.register_target(window_id, OwnerInformation="me")
        filters = [{"Key": "WindowTargetId", "Values": [target_id]}]
        found = self.ssm.describe_maintenance_window_targets(WindowId=window_id, Filters=filters)["Targets"]
        self.assertEqual([(target_id, "me")], [(each["WindowTargetId"], each["OwnerInformation"]) for each in found])

    def test_target_can_change(self) -> None:
        window_id = self.make_window()
        target_id = self.register_target(window_id)
        self.ssm.update_maintenance_window_target(WindowId=window_id, WindowTargetId=target_id, Name="new")
        target = self.ssm.describe_maintenance_window_targets(WindowId=window_id)["Targets"][0]
        self.assertEqual("new", target["Name"])

    def test_task_can_be_read_and_changed(self) -> None:
        """moto lists tasks, and cannot show or change one."""
        window_id = self.make_window()
        task_id = self.ssm.register_task_with_maintenance_window(
            WindowId=window_id, TaskArn="AWS-RunPatchBaseline", TaskType="RUN_COMMAND", Priority=1
        )["WindowTaskId"]
        self.ssm.update_maintenance_window_task(WindowId=window_id, WindowTaskId=task_id, Priority=2)
        task = self.ssm.get_maintenance_window_task(WindowId=window_id, WindowTaskId=task_id)
        self.assertEqual(("AWS-RunPatchBaseline", 2), (task["TaskArn"], task["Priority"]))


class ServiceSettingTest(PatchTest):
    def test_setting_can_be_set_and_reset(self) -> None:
        """moto has no service settings."""
        ssm, setting_id = self.client("ssm"), "/ssm/parameter-store/high-throughput-enabled"
        ssm.update_service_setting(SettingId=setting_id, SettingValue="true")
        setting = ssm.get_service_setting(SettingId=setting_id)["ServiceSetting"]
        self.assertEqual(("true", "Customized"), (setting["SettingValue"], setting["Status"]))
        arn = setting["ARN"]
        self.assertEqual("Default", ssm.reset_service_setting(SettingId=arn)["ServiceSetting"]["Status"])
