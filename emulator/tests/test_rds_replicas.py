"""RDS: read replicas, restored instances, and backups in another region."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest, make_client

OTHER_REGION = "eu-west-1"


class ReplicaTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")
        self.elsewhere = make_client("rds", self.account, OTHER_REGION)

    def make(self, name: str, **arguments: Any) -> Dict[str, Any]:
        wanted = {"Engine": "postgres", "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": 20, **arguments}
        password = {} if "ManageMasterUserPassword" in arguments else {"MasterUserPassword": "verysecret"}
        return self.rds.create_db_instance(
            DBInstanceIdentifier=name, MasterUsername="app", BackupRetentionPeriod=7, **{**password, **wanted}
        )["DBInstance"]

    def describe(self, name: str, client: Any = None) -> Dict[str, Any]:
        return (client or self.rds).describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]

    def test_source_needs_backups(self) -> None:
        """AWS refuses a replica of a source without automated backups; moto makes it."""
        self.make("bare")
        self.rds.modify_db_instance(DBInstanceIdentifier="bare", BackupRetentionPeriod=0)
        replica = {"DBInstanceIdentifier": "bare-a", "SourceDBInstanceIdentifier": "bare"}
        self.assert_refused("InvalidDBInstanceState", self.rds.create_db_instance_read_replica, **replica)

    def test_source_keeps_its_own_password(self) -> None:
        """AWS refuses a replica of a source whose password it manages, but for SQL Server."""
        self.make("managed", ManageMasterUserPassword=True)
        replica = {"DBInstanceIdentifier": "managed-a", "SourceDBInstanceIdentifier": "managed"}
        self.assert_refused("InvalidParameterValue", self.rds.create_db_instance_read_replica, **replica)

    def test_replica_in_another_region_lives_there(self) -> None:
        """moto looks for its groups in the source's region, and cannot delete it."""
        ec2 = make_client("ec2", self.account, OTHER_REGION)
        subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        group = {"DBSubnetGroupName": "there"}
        self.elsewhere.create_db_subnet_group(**group, DBSubnetGroupDescription="d", SubnetIds=subnets)
        arn = self.make("far")["DBInstanceArn"]
        self.elsewhere.create_db_instance_read_replica(
            DBInstanceIdentifier="far-a", SourceDBInstanceIdentifier=arn, **group
        )
        replica = self.describe("far-a", self.elsewhere)
        self.assertEqual(arn, replica["ReadReplicaSourceDBInstanceIdentifier"])
        self.assertEqual(f"{OTHER_REGION}a", replica["AvailabilityZone"])
        self.assertEqual([replica["DBInstanceArn"]], self.describe("far")["ReadReplicaDBInstanceIdentifiers"])
        self.elsewhere.delete_db_instance(DBInstanceIdentifier="far-a", SkipFinalSnapshot=True)
        self.assertEqual([], self.describe("far")["ReadReplicaDBInstanceIdentifiers"])

    def test_encrypted_replica_in_another_region_needs_a_key_of_that_region(self) -> None:
        """moto takes the source's."""
        arn = self.make("sealed", StorageEncrypted=True)["DBInstanceArn"]
        replica = {"DBInstanceIdentifier": "sealed-a", "SourceDBInstanceIdentifier": arn}
        self.assert_refused("InvalidParameterCombination", self.elsewhere.create_db_instance_read_replica, **replica)

    def test_promoted_replica_has_no_source(self) -> None:
        """moto goes on to name it."""
        self.make("promoting")
        self.rds.create_db_instance_read_replica(
            DBInstanceIdentifier="promoted", SourceDBInstanceIdentifier="promoting"
        )
        self.rds.promote_read_replica(DBInstanceIdentifier="promoted")
        self.assertNotIn("ReadReplicaSourceDBInstanceIdentifier", self.describe("promoted"))
        self.assertEqual([], self.describe("promoting")["ReadReplicaDBInstanceIdentifiers"])

    def test_replica_outlives_its_source(self) -> None:
        """On AWS it then stands alone; in moto it can never be deleted."""
        self.make("leaving")
        self.rds.create_db_instance_read_replica(DBInstanceIdentifier="orphan", SourceDBInstanceIdentifier="leaving")
        self.rds.delete_db_instance(DBInstanceIdentifier="leaving", SkipFinalSnapshot=True)
        self.assertNotIn("ReadReplicaSourceDBInstanceIdentifier", self.describe("orphan"))
        self.rds.delete_db_instance(DBInstanceIdentifier="orphan", SkipFinalSnapshot=True)

    def test_restored_instance_has_settings_of_its_own(self) -> None:
        """In moto it is protected as its source is, and has its tags and a secret."""
        tags = [{"Key": "role", "Value": "source"}]
        self.make("original", ManageMasterUserPassword=True, DeletionProtection=True, MultiAZ=True, Tags=tags)
        self.rds.create_db_snapshot(DBInstanceIdentifier="original", DBSnapshotIdentifier="of-original")
        self.rds.restore_db_instance_from_db_snapshot(
            DBInstanceIdentifier="restored", DBSnapshotIdentifier="of-original"
        )
        restored = self.describe("restored")
        self.assertEqual((False, False, []), (restored["DeletionProtection"], restored["MultiAZ"], restored["TagList"]))
        self.assertNotIn("MasterUserSecret", restored)

    def test_restored_instance_keeps_its_time_zone(self) -> None:
        """moto forgets it, and its absence would replace the instance."""
        self.make("zoned", Engine="sqlserver-se", Timezone="UTC")
        self.rds.create_db_snapshot(DBInstanceIdentifier="zoned", DBSnapshotIdentifier="of-zoned")
        self.rds.restore_db_instance_from_db_snapshot(DBInstanceIdentifier="again", DBSnapshotIdentifier="of-zoned")
        self.rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier="zoned", TargetDBInstanceIdentifier="as-it-was", UseLatestRestorableTime=True
        )
        self.assertEqual("UTC", self.describe("again").get("Timezone"))
        self.assertEqual("UTC", self.describe("as-it-was").get("Timezone"))

    def test_point_in_time_of_an_instance_with_a_managed_password_can_be_restored(self) -> None:
        """moto copies all that hangs on the source, and then itself."""
        self.make("moment", ManageMasterUserPassword=True, MultiAZ=True)
        self.rds.restore_db_instance_to_point_in_time(
            SourceDBInstanceIdentifier="moment", TargetDBInstanceIdentifier="then", UseLatestRestorableTime=True
        )
        self.assertEqual((20, False), (self.describe("then")["AllocatedStorage"], self.describe("then")["MultiAZ"]))
        snapshots = self.rds.describe_db_snapshots(DBInstanceIdentifier="moment", SnapshotType="manual")
        self.assertEqual([], snapshots["DBSnapshots"])

    def test_green_instance_is_as_the_blue_one(self) -> None:
        """In moto it has lost what moto forgets."""
        arn = self.make("blue", MonitoringInterval=60, EnableIAMDatabaseAuthentication=True)["DBInstanceArn"]
        deployment = self.rds.create_blue_green_deployment(BlueGreenDeploymentName="bg", Source=arn)
        name = deployment["BlueGreenDeployment"]["Target"].rpartition(":")[2]
        green = self.describe(name)
        self.assertEqual((60, True), (green.get("MonitoringInterval"), green["IAMDatabaseAuthenticationEnabled"]))

    def test_backups_can_be_replicated(self) -> None:
        """moto cannot replicate them."""
        arn = self.make("kept")["DBInstanceArn"]
        made = self.elsewhere.start_db_instance_automated_backups_replication(
            SourceDBInstanceArn=arn, BackupRetentionPeriod=14
        )["DBInstanceAutomatedBackup"]
        which = {"DBInstanceAutomatedBackupsArn": made["DBInstanceAutomatedBackupsArn"]}
        found = self.elsewhere.describe_db_instance_automated_backups(**which)["DBInstanceAutomatedBackups"][0]
        kept = (found["Status"], found["BackupRetentionPeriod"], found["DBInstanceArn"])
        self.assertEqual(("replicating", 14, arn), kept)
        self.elsewhere.stop_db_instance_automated_backups_replication(SourceDBInstanceArn=arn)
        describe = self.elsewhere.describe_db_instance_automated_backups
        self.assert_refused("DBInstanceAutomatedBackupNotFound", describe, **which)
