"""RDS: instances, their groups and snapshots."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest

ROLE = "arn:aws:iam::123456789012:role/import"


class DatabaseTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")

    def make(self, name: str, **arguments: Any) -> Dict[str, Any]:
        wanted = {"Engine": "postgres", "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": 20, **arguments}
        return self.rds.create_db_instance(
            DBInstanceIdentifier=name, MasterUsername="app", MasterUserPassword="verysecret", **wanted
        )["DBInstance"]

    def describe(self, name: str) -> Dict[str, Any]:
        return self.rds.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]

    def test_monitoring_and_insights_come_back(self) -> None:
        """moto forgets them: every plan would set them again."""
        wanted = {"MonitoringInterval": 60, "MonitoringRoleArn": ROLE, "CACertificateIdentifier": "rds-ca-rsa2048-g1"}
        self.make("watched", EnablePerformanceInsights=True, NetworkType="IPV4", **wanted)
        found = self.describe("watched")
        self.assertEqual(wanted, {field: found.get(field) for field in wanted})
        self.assertEqual((True, 7), (found["PerformanceInsightsEnabled"], found["PerformanceInsightsRetentionPeriod"]))
        self.assertEqual("IPV4", found["NetworkType"])

    def test_insights_can_change(self) -> None:
        self.make("changed")
        self.rds.modify_db_instance(DBInstanceIdentifier="changed", EnablePerformanceInsights=True)
        self.assertEqual(7, self.describe("changed").get("PerformanceInsightsRetentionPeriod"))

    def test_every_instance_has_its_own_resource_id(self) -> None:
        """moto gives all the same one, by which the provider then finds the wrong instance."""
        made = [self.make(name)["DbiResourceId"] for name in ("first", "second")]
        self.assertEqual(2, len(set(made)))
        self.assertEqual(made, [self.describe(name)["DbiResourceId"] for name in ("first", "second")])

    def test_replica_is_not_a_copy(self) -> None:
        """In moto it has the source's tags and secret, and is not encrypted although the source is."""
        tags = [{"Key": "role", "Value": "source"}]
        growing = {"MaxAllocatedStorage": 100, "StorageEncrypted": True}
        self.make("source", Tags=tags, MonitoringInterval=60, MonitoringRoleArn=ROLE, **growing)
        self.rds.create_db_instance_read_replica(DBInstanceIdentifier="replica", SourceDBInstanceIdentifier="source")
        replica, source = self.describe("replica"), self.describe("source")
        self.assertNotEqual(source["DbiResourceId"], replica["DbiResourceId"])
        self.assertEqual((True, 100), (replica["StorageEncrypted"], replica["MaxAllocatedStorage"]))
        self.assertEqual([], replica["TagList"])
        self.assertNotIn("MonitoringInterval", replica)

    def test_windows_may_touch(self) -> None:
        """moto refuses a maintenance window that begins when the backup window ends."""
        windows = {"PreferredBackupWindow": "02:00-03:00", "PreferredMaintenanceWindow": "sun:03:00-sun:04:00"}
        self.make("windows", **windows)
        self.assertEqual(windows, {field: self.describe("windows")[field] for field in windows})

    def test_role_can_be_taken_away(self) -> None:
        """moto can associate a role, and not take it away."""
        self.make("role")
        role = {"DBInstanceIdentifier": "role", "RoleArn": ROLE, "FeatureName": "s3Import"}
        self.rds.add_role_to_db_instance(**role)
        self.rds.remove_role_from_db_instance(**role)
        self.assertEqual([], self.describe("role").get("AssociatedRoles", []))

    def test_copy_of_a_snapshot_names_its_source(self) -> None:
        """moto forgets it, and its absence would replace the copy."""
        self.make("copied")
        self.rds.create_db_snapshot(DBInstanceIdentifier="copied", DBSnapshotIdentifier="snapshot")
        self.rds.copy_db_snapshot(SourceDBSnapshotIdentifier="snapshot", TargetDBSnapshotIdentifier="copy")
        copy = self.rds.describe_db_snapshots(DBSnapshotIdentifier="copy")["DBSnapshots"][0]
        self.assertEqual("snapshot", copy.get("SourceDBSnapshotIdentifier"))

    def test_parameters_say_who_set_them(self) -> None:
        """The provider reads parameters whose source is ``user``; moto leaves the source out."""
        group = {"DBParameterGroupName": "group"}
        self.rds.create_db_parameter_group(**group, DBParameterGroupFamily="postgres16", Description="d")
        parameter = {"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}
        self.rds.modify_db_parameter_group(**group, Parameters=[parameter])
        found = self.rds.describe_db_parameters(**group)["Parameters"]
        self.assertEqual([("rds.force_ssl", "user")], [(each["ParameterName"], each.get("Source")) for each in found])
