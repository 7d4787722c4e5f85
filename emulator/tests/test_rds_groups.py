"""RDS: option groups, groups in use, event subscriptions, and what there is to choose from."""

from __future__ import annotations

from typing import Any

from tests.support import PatchTest


class GroupTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")

    def make(self, name: str, **arguments: Any) -> None:
        wanted = {"Engine": "postgres", "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": 20, **arguments}
        self.rds.create_db_instance(
            DBInstanceIdentifier=name, MasterUsername="app", MasterUserPassword="verysecret", **wanted
        )

    def make_option_group(self, name: str, engine: str, major: str) -> None:
        self.rds.create_option_group(
            OptionGroupName=name, EngineName=engine, MajorEngineVersion=major, OptionGroupDescription="d"
        )

    def make_cluster_instance(self, name: str) -> None:
        """An instance without an option group of its own."""
        aurora = {"DBClusterIdentifier": name, "Engine": "aurora-mysql"}
        self.rds.create_db_cluster(**aurora, MasterUsername="app", MasterUserPassword="verysecret")
        self.rds.create_db_instance(**aurora, DBInstanceIdentifier=f"{name}-a", DBInstanceClass="db.t4g.medium")

    def test_option_groups_are_of_any_version(self) -> None:
        """moto's list ends in 2022."""
        wanted = {"modern": ("mariadb", "10.11"), "big": ("sqlserver-se", "16.00"), "blue": ("db2-se", "11.5")}
        for name, (engine, major) in wanted.items():
            self.make_option_group(name, engine, major)
            (found,) = self.rds.describe_option_groups(OptionGroupName=name)["OptionGroupsList"]
            self.assertEqual((engine, major), (found["EngineName"], found["MajorEngineVersion"]))

    def test_options_keep_port_and_groups(self) -> None:
        """moto forgets them: every plan would set them again."""
        self.make_option_group("ports", "oracle-se2", "19")
        option = {"OptionName": "SSL", "Port": 2484, "VpcSecurityGroupMemberships": ["sg-1"]}
        self.rds.modify_option_group(OptionGroupName="ports", OptionsToInclude=[option])
        (found,) = self.rds.describe_option_groups(OptionGroupName="ports")["OptionGroupsList"][0]["Options"]
        groups = [each["VpcSecurityGroupId"] for each in found["VpcSecurityGroupMemberships"]]
        self.assertEqual((2484, ["sg-1"]), (found.get("Port"), groups))

    def test_groups_in_use_stay(self) -> None:
        """moto deletes them, and can no longer describe the instance."""
        subnets = [subnet["SubnetId"] for subnet in self.client("ec2").describe_subnets()["Subnets"][:2]]
        self.rds.create_db_subnet_group(DBSubnetGroupName="s", DBSubnetGroupDescription="d", SubnetIds=subnets)
        self.rds.create_db_parameter_group(
            DBParameterGroupName="p", DBParameterGroupFamily="postgres16", Description="d"
        )
        self.make("user", DBSubnetGroupName="s", DBParameterGroupName="p")
        delete_group = self.rds.delete_db_parameter_group
        self.assert_refused("InvalidDBParameterGroupState", delete_group, DBParameterGroupName="p")
        self.assert_refused(
            "InvalidDBSubnetGroupStateFault", self.rds.delete_db_subnet_group, DBSubnetGroupName="s"
        )

    def test_option_group_stays_while_a_snapshot_needs_it(self) -> None:
        """moto deletes it; on AWS a final snapshot keeps it."""
        self.make_option_group("needed", "mariadb", "10.6")
        self.make_cluster_instance("beside")
        self.make("gone", Engine="mariadb", EngineVersion="10.6.21", OptionGroupName="needed")
        self.rds.delete_db_instance(DBInstanceIdentifier="gone", FinalDBSnapshotIdentifier="of-gone")
        delete, group = self.rds.delete_option_group, {"OptionGroupName": "needed"}
        self.assert_refused("InvalidOptionGroupStateFault", delete, **group)
        self.rds.delete_db_snapshot(DBSnapshotIdentifier="of-gone")
        delete(**group)

    def test_db2_is_an_engine(self) -> None:
        """moto does not know it."""
        self.make("db2", Engine="db2-se", EngineVersion="11.5.9.0.sb00043565.r1")
        found = self.rds.describe_db_instances(DBInstanceIdentifier="db2")["DBInstances"][0]
        self.assertEqual(("db2-se", 50000), (found["Engine"], found["Endpoint"]["Port"]))

    def test_subscription_can_change(self) -> None:
        """moto cannot change one."""
        name = {"SubscriptionName": "events"}
        self.rds.create_event_subscription(**name, SnsTopicArn="arn", SourceType="db-instance", SourceIds=["a"])
        self.rds.modify_event_subscription(**name, EventCategories=["failure"], Enabled=False)
        self.rds.add_source_identifier_to_subscription(**name, SourceIdentifier="b")
        self.rds.remove_source_identifier_from_subscription(**name, SourceIdentifier="a")
        (found,) = self.rds.describe_event_subscriptions(**name)["EventSubscriptionsList"]
        kept = (found["EventCategoriesList"], found["SourceIdsList"], found["Enabled"])
        self.assertEqual((["failure"], ["b"], False), kept)


class CatalogueTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")

    def test_engine_versions_of_a_major_one(self) -> None:
        """moto lists none."""
        found = self.rds.describe_db_engine_versions(Engine="sqlserver-se", EngineVersion="16.00")["DBEngineVersions"]
        self.assertEqual(["sqlserver-se-16.0"], [each["DBParameterGroupFamily"] for each in found])

    def test_any_class_can_be_ordered(self) -> None:
        """moto knows classes for Aurora PostgreSQL alone."""
        wanted = {"Engine": "mysql", "EngineVersion": "8.0.41", "DBInstanceClass": "db.r7g.large"}
        found = self.rds.describe_orderable_db_instance_options(**wanted)["OrderableDBInstanceOptions"]
        self.assertEqual({"gp2", "gp3", "io1", "io2"}, {each["StorageType"] for each in found})
        self.assertEqual({"db.r7g.large"}, {each["DBInstanceClass"] for each in found})

    def test_instance_can_be_reserved(self) -> None:
        """moto has no reservations."""
        wanted = {"DBInstanceClass": "db.t4g.medium", "OfferingType": "No Upfront", "MultiAZ": True}
        offering = self.rds.describe_reserved_db_instances_offerings(**wanted)["ReservedDBInstancesOfferings"][0]
        self.rds.purchase_reserved_db_instances_offering(
            ReservedDBInstancesOfferingId=offering["ReservedDBInstancesOfferingId"], ReservedDBInstanceId="mine"
        )
        (found,) = self.rds.describe_reserved_db_instances(ReservedDBInstanceId="mine")["ReservedDBInstances"]
        kept = (found["State"], found["DBInstanceClass"], found["MultiAZ"])
        self.assertEqual(("active", "db.t4g.medium", True), kept)
