"""EC2 Auto Scaling and Application Auto Scaling."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest

GROUP = "web"
TOPIC = "arn:aws:sns:us-east-1:123456789012:topic"


class AutoScalingTest(PatchTest):
    def setUp(self) -> None:
        self.autoscaling = self.client("autoscaling")
        groups = self.autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[GROUP])
        if not groups["AutoScalingGroups"]:
            data = {"ImageId": "ami-12c6146b", "InstanceType": "t3.micro"}
            self.client("ec2").create_launch_template(LaunchTemplateName=GROUP, LaunchTemplateData=data)
            self.autoscaling.create_auto_scaling_group(
                AutoScalingGroupName=GROUP,
                MinSize=0,
                MaxSize=1,
                LaunchTemplate={"LaunchTemplateName": GROUP},
                AvailabilityZones=["us-east-1a"],
            )

    def describe(self, name: str = GROUP) -> Dict[str, Any]:
        return self.autoscaling.describe_auto_scaling_groups(AutoScalingGroupNames=[name])["AutoScalingGroups"][0]

    def test_warm_up_lifetime_and_maintenance_come_back(self) -> None:
        """moto forgets them: every plan would set them again."""
        policy = {"MinHealthyPercentage": 90, "MaxHealthyPercentage": 120}
        wanted = {"DefaultInstanceWarmup": 60, "MaxInstanceLifetime": 604800, "InstanceMaintenancePolicy": policy}
        self.autoscaling.update_auto_scaling_group(AutoScalingGroupName=GROUP, **wanted)
        self.assertEqual(wanted, {field: self.describe().get(field) for field in wanted})
        self.autoscaling.update_auto_scaling_group(AutoScalingGroupName=GROUP, DefaultInstanceWarmup=-1)
        self.assertNotIn("DefaultInstanceWarmup", self.describe())

    def test_mixed_instances_survive_an_update(self) -> None:
        """moto drops the policy when anything else of the group changes."""
        specification = {"LaunchTemplateName": GROUP}
        template = {"LaunchTemplateSpecification": specification, "Overrides": [{"InstanceType": "t3.small"}]}
        self.autoscaling.create_auto_scaling_group(
            AutoScalingGroupName="mixed",
            MinSize=0,
            MaxSize=1,
            MixedInstancesPolicy={"LaunchTemplate": template},
            AvailabilityZones=["us-east-1a"],
        )
        self.autoscaling.update_auto_scaling_group(AutoScalingGroupName="mixed", MaxSize=2)
        overrides = self.describe("mixed").get("MixedInstancesPolicy", {}).get("LaunchTemplate", {}).get("Overrides")
        self.assertEqual([{"InstanceType": "t3.small"}], overrides)

    def test_instances_start_from_a_disk_without_a_size(self) -> None:
        """The image has one; moto refuses the group. The template must not come back with a size that nobody said."""
        disk = {"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": True, "VolumeType": "gp3"}}
        data = {"ImageId": "ami-12c6146b", "InstanceType": "t3.micro", "BlockDeviceMappings": [disk]}
        ec2 = self.client("ec2")
        ec2.create_launch_template(LaunchTemplateName="sizeless", LaunchTemplateData=data)
        self.autoscaling.create_auto_scaling_group(
            AutoScalingGroupName="sizeless",
            MinSize=1,
            MaxSize=1,
            LaunchTemplate={"LaunchTemplateName": "sizeless"},
            AvailabilityZones=["us-east-1a"],
        )
        self.assertEqual(1, len(self.describe("sizeless")["Instances"]))
        versions = ec2.describe_launch_template_versions(LaunchTemplateName="sizeless")["LaunchTemplateVersions"]
        self.assertEqual([disk], versions[0]["LaunchTemplateData"]["BlockDeviceMappings"])

    def test_traffic_sources_have_a_life(self) -> None:
        """moto has no traffic sources, with which newer configurations attach target groups."""
        source = {"Identifier": "arn:aws:elasticloadbalancing:::targetgroup/t/1", "Type": "elbv2"}
        self.autoscaling.attach_traffic_sources(AutoScalingGroupName=GROUP, TrafficSources=[source])
        self.assertEqual([source], self.describe()["TrafficSources"])
        found = self.autoscaling.describe_traffic_sources(AutoScalingGroupName=GROUP)["TrafficSources"]
        self.assertEqual(["InService"], [each["State"] for each in found])
        self.autoscaling.detach_traffic_sources(AutoScalingGroupName=GROUP, TrafficSources=[source])
        self.assertEqual([], self.describe().get("TrafficSources", []))

    def notifications(self) -> list:
        found = self.autoscaling.describe_notification_configurations(AutoScalingGroupNames=[GROUP])
        return [each["NotificationType"] for each in found["NotificationConfigurations"]]

    def test_notifications_have_a_life(self) -> None:
        """moto has no notifications; putting them replaces what the topic got before."""
        put = {"AutoScalingGroupName": GROUP, "TopicARN": TOPIC}
        self.autoscaling.put_notification_configuration(**put, NotificationTypes=["one", "two"])
        self.autoscaling.put_notification_configuration(**put, NotificationTypes=["two"])
        self.assertEqual(["two"], self.notifications())
        self.autoscaling.delete_notification_configuration(**put)
        self.assertEqual([], self.notifications())

    def policy(self, name: str) -> dict:
        return self.autoscaling.describe_policies(AutoScalingGroupName=GROUP, PolicyNames=[name])["ScalingPolicies"][0]

    def test_policy_can_be_off(self) -> None:
        """moto says of every policy that it is enabled: ``enabled = false`` would be set again by every plan."""
        self.autoscaling.put_scaling_policy(
            AutoScalingGroupName=GROUP,
            PolicyName="off",
            PolicyType="SimpleScaling",
            AdjustmentType="ChangeInCapacity",
            ScalingAdjustment=1,
            Enabled=False,
        )
        self.assertFalse(self.policy("off")["Enabled"])

    def test_predictive_scaling_comes_back(self) -> None:
        """moto has no place for it."""
        pair = {"PredefinedMetricType": "ASGCPUUtilization"}
        configuration = {"MetricSpecifications": [{"TargetValue": 40.0, "PredefinedMetricPairSpecification": pair}]}
        self.autoscaling.put_scaling_policy(
            AutoScalingGroupName=GROUP,
            PolicyName="predictive",
            PolicyType="PredictiveScaling",
            PredictiveScalingConfiguration=configuration,
        )
        found = self.policy("predictive")["PredictiveScalingConfiguration"]
        self.assertEqual(("ForecastOnly", 40.0), (found["Mode"], found["MetricSpecifications"][0]["TargetValue"]))

    def test_hook_without_a_target_has_none(self) -> None:
        """moto makes up a role and a target for every lifecycle hook, which a plan would want to take away."""
        transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
        names = {"AutoScalingGroupName": GROUP, "LifecycleHookName": "plain"}
        self.autoscaling.put_lifecycle_hook(**names, LifecycleTransition=transition)
        hooks = self.autoscaling.describe_lifecycle_hooks(AutoScalingGroupName=GROUP, LifecycleHookNames=["plain"])
        self.assertNotIn("RoleARN", hooks["LifecycleHooks"][0])

    def test_instance_refresh_has_succeeded(self) -> None:
        """The provider starts one when the launch template of a group with ``instance_refresh`` changes."""
        started = self.autoscaling.start_instance_refresh(AutoScalingGroupName=GROUP)
        ids = [started["InstanceRefreshId"]]
        found = self.autoscaling.describe_instance_refreshes(AutoScalingGroupName=GROUP, InstanceRefreshIds=ids)
        self.assertEqual("Successful", found["InstanceRefreshes"][0]["Status"])

    def test_no_instance_refresh_is_ever_in_progress(self) -> None:
        """The provider cancels before it starts one, and takes this error for "nothing to cancel"."""
        code = "ActiveInstanceRefreshNotFound"
        self.assert_refused(code, self.autoscaling.cancel_instance_refresh, AutoScalingGroupName=GROUP)


class ApplicationAutoScalingTest(PatchTest):
    def test_tags_of_a_target(self) -> None:
        """The provider reads them with every target; moto has none of the three operations."""
        client = self.client("application-autoscaling")
        arn = client.register_scalable_target(
            ServiceNamespace="dynamodb",
            ResourceId="table/orders",
            ScalableDimension="dynamodb:table:ReadCapacityUnits",
            MinCapacity=1,
            MaxCapacity=2,
            Tags={"a": "b"},
        )["ScalableTargetARN"]
        client.tag_resource(ResourceARN=arn, Tags={"c": "d"})
        client.untag_resource(ResourceARN=arn, TagKeys=["a"])
        self.assertEqual({"c": "d"}, client.list_tags_for_resource(ResourceARN=arn)["Tags"])
