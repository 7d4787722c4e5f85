"""Data Lifecycle Manager."""

from __future__ import annotations

from tests.support import PatchTest

ROLE = "arn:aws:iam::123456789012:role/dlm"


class LifecyclePolicyTest(PatchTest):
    """moto does not have the service."""

    def setUp(self) -> None:
        self.dlm = self.client("dlm")

    def make_policy(self) -> str:
        details = {"ResourceTypes": ["VOLUME"], "TargetTags": [{"Key": "Snapshot", "Value": "yes"}]}
        return self.dlm.create_lifecycle_policy(
            Description="daily", State="ENABLED", ExecutionRoleArn=ROLE, PolicyDetails=details, Tags={"a": "b"}
        )["PolicyId"]

    def test_policy_has_a_life(self) -> None:
        policy_id = self.make_policy()
        self.dlm.update_lifecycle_policy(PolicyId=policy_id, State="DISABLED")
        policy = self.dlm.get_lifecycle_policy(PolicyId=policy_id)["Policy"]
        self.assertEqual(("daily", "DISABLED"), (policy["Description"], policy["State"]))
        self.assertEqual("EBS_SNAPSHOT_MANAGEMENT", policy["PolicyDetails"]["PolicyType"])
        self.assertEqual([policy_id], [each["PolicyId"] for each in self.dlm.get_lifecycle_policies()["Policies"]])
        self.dlm.delete_lifecycle_policy(PolicyId=policy_id)
        self.assert_refused("ResourceNotFoundException", self.dlm.get_lifecycle_policy, PolicyId=policy_id)

    def test_tags_can_change(self) -> None:
        policy_id = self.make_policy()
        arn = self.dlm.get_lifecycle_policy(PolicyId=policy_id)["Policy"]["PolicyArn"]
        self.dlm.tag_resource(ResourceArn=arn, Tags={"c": "d"})
        self.dlm.untag_resource(ResourceArn=arn, TagKeys=["a"])
        self.assertEqual({"c": "d"}, self.dlm.list_tags_for_resource(ResourceArn=arn)["Tags"])
        self.dlm.delete_lifecycle_policy(PolicyId=policy_id)

    def test_what_is_missing_is_refused_by_name(self) -> None:
        """For a service that moto does not have it would answer as S3, or crash."""
        self.assert_refused("ResourceNotFoundException", self.dlm.get_lifecycle_policy, PolicyId="policy-none")
