"""RDS: clusters, global clusters and proxies."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest, make_client

ROLE = "arn:aws:iam::123456789012:role/import"
AURORA = {"Engine": "aurora-postgresql", "MasterUsername": "app"}
PASSWORD = {"MasterUserPassword": "verysecret"}


class ClusterTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")

    def make(self, name: str, **arguments: Any) -> Dict[str, Any]:
        wanted = {**AURORA, **({} if "ManageMasterUserPassword" in arguments else PASSWORD), **arguments}
        return self.rds.create_db_cluster(DBClusterIdentifier=name, **wanted)["DBCluster"]

    def describe(self, name: str) -> Dict[str, Any]:
        return self.rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"][0]

    def test_cluster_is_not_of_the_first_serverless_generation(self) -> None:
        """moto describes every cluster so, and ``scaling_configuration`` would be taken away by every plan."""
        self.make("provisioned")
        self.assertNotIn("ScalingConfigurationInfo", self.describe("provisioned"))

    def test_monitoring_and_insights_come_back(self) -> None:
        """moto forgets them: every plan would set them again."""
        wanted = {"MonitoringInterval": 60, "MonitoringRoleArn": ROLE, "DatabaseInsightsMode": "standard"}
        self.make("watched", EnablePerformanceInsights=True, CACertificateIdentifier="rds-ca-rsa2048-g1", **wanted)
        found = self.describe("watched")
        self.assertEqual(wanted, {field: found.get(field) for field in wanted})
        self.assertEqual((True, 7), (found["PerformanceInsightsEnabled"], found["PerformanceInsightsRetentionPeriod"]))
        self.assertEqual("rds-ca-rsa2048-g1", found["CertificateDetails"]["CAIdentifier"])

    def test_standard_storage_of_aurora_has_no_type(self) -> None:
        """moto names a type of EBS; the other type that Aurora has is named."""
        self.make("plain")
        self.make("optimized", StorageType="aurora-iopt1")
        self.assertNotIn("StorageType", self.describe("plain"))
        self.assertEqual("aurora-iopt1", self.describe("optimized")["StorageType"])

    def test_data_api_can_be_switched(self) -> None:
        """moto has it for the first serverless generation alone."""
        arn = self.make("api", EnableHttpEndpoint=True)["DBClusterArn"]
        self.assertTrue(self.describe("api").get("HttpEndpointEnabled"))
        self.rds.disable_http_endpoint(ResourceArn=arn)
        self.assertFalse(self.describe("api")["HttpEndpointEnabled"])
        self.rds.enable_http_endpoint(ResourceArn=arn)
        self.assertTrue(self.describe("api")["HttpEndpointEnabled"])

    def test_snapshot_of_a_cluster_with_a_managed_password_can_be_restored(self) -> None:
        """moto asks the snapshot for the password."""
        scaling = {"MinCapacity": 0.5, "MaxCapacity": 4}
        self.make(
            "managed", ManageMasterUserPassword=True, DeletionProtection=True, ServerlessV2ScalingConfiguration=scaling
        )
        self.rds.create_db_cluster_snapshot(DBClusterIdentifier="managed", DBClusterSnapshotIdentifier="snapshot")
        self.rds.restore_db_cluster_from_snapshot(
            DBClusterIdentifier="restored", SnapshotIdentifier="snapshot", Engine="aurora-postgresql"
        )
        restored = self.describe("restored")
        self.assertNotIn("MasterUserSecret", restored)
        self.assertNotIn("ServerlessV2ScalingConfiguration", restored)
        self.assertFalse(restored["DeletionProtection"])

    def test_cluster_of_a_point_in_time_has_settings_of_its_own(self) -> None:
        """moto copies tags, logs and protection of the source, and forgets what it forgets of every cluster."""
        self.make("past", DeletionProtection=True, Tags=[{"Key": "a", "Value": "b"}], MonitoringInterval=60)
        self.rds.restore_db_cluster_to_point_in_time(
            DBClusterIdentifier="present",
            SourceDBClusterIdentifier="past",
            UseLatestRestorableTime=True,
            MonitoringInterval=30,
        )
        restored = self.describe("present")
        found = (restored["DeletionProtection"], restored.get("TagList", []), restored.get("MonitoringInterval"))
        self.assertEqual((False, [], 30), found)

    def test_group_in_use_stays(self) -> None:
        """moto deletes it, and with it what a plan needs to see."""
        group = {"DBClusterParameterGroupName": "cluster-group"}
        self.rds.create_db_cluster_parameter_group(
            **group, DBParameterGroupFamily="aurora-postgresql16", Description="d"
        )
        self.make("grouped", **group)
        self.assert_refused("InvalidDBParameterGroupState", self.rds.delete_db_cluster_parameter_group, **group)

    def test_role_can_be_taken_away(self) -> None:
        """moto can associate a role, and not take it away."""
        self.make("role")
        role = {"DBClusterIdentifier": "role", "RoleArn": ROLE, "FeatureName": "s3Import"}
        self.rds.add_role_to_db_cluster(**role)
        self.rds.remove_role_from_db_cluster(**role)
        self.assertEqual([], self.describe("role").get("AssociatedRoles", []))

    def test_custom_endpoint_has_a_life(self) -> None:
        """moto has no custom endpoints."""
        self.make("endpoints")
        name, tags = {"DBClusterEndpointIdentifier": "readers"}, [{"Key": "a", "Value": "b"}]
        made = self.rds.create_db_cluster_endpoint(
            **name, DBClusterIdentifier="endpoints", EndpointType="READER", Tags=tags
        )
        arn = made["DBClusterEndpointArn"]
        self.assertEqual(tags, self.rds.list_tags_for_resource(ResourceName=arn)["TagList"])
        self.rds.modify_db_cluster_endpoint(**name, StaticMembers=["one"])
        found = self.rds.describe_db_cluster_endpoints(**name)["DBClusterEndpoints"][0]
        self.assertEqual(("READER", ["one"]), (found["CustomEndpointType"], found["StaticMembers"]))
        self.rds.delete_db_cluster_endpoint(**name)
        self.assertEqual([], self.rds.describe_db_cluster_endpoints(**name)["DBClusterEndpoints"])

    def test_global_cluster_keeps_database_name_and_tags(self) -> None:
        """Without its name the global cluster would be replaced."""
        name, tags = {"GlobalClusterIdentifier": "global"}, [{"Key": "a", "Value": "b"}]
        self.rds.create_global_cluster(**name, Engine="aurora-postgresql", DatabaseName="orders", Tags=tags)
        found = self.rds.describe_global_clusters(**name)["GlobalClusters"][0]
        self.assertEqual(("orders", tags), (found.get("DatabaseName"), found.get("TagList")))
        self.assertEqual(tags, self.rds.list_tags_for_resource(ResourceName=found["GlobalClusterArn"])["TagList"])


class GlobalClusterTest(PatchTest):
    def test_global_cluster_can_change(self) -> None:
        """moto cannot change one."""
        rds, name = self.client("rds"), {"GlobalClusterIdentifier": "changing"}
        rds.create_global_cluster(**name, Engine="aurora-postgresql", EngineVersion="16.4")
        rds.modify_global_cluster(**name, EngineVersion="16.6", DeletionProtection=True)
        found = rds.describe_global_clusters(**name)["GlobalClusters"][0]
        self.assertEqual(("16.6", True), (found["EngineVersion"], found["DeletionProtection"]))

    def test_cluster_of_another_region_leaves_before_it_goes(self) -> None:
        """In moto it goes, stays a member, and the global cluster can never be deleted."""
        rds, name = make_client("rds", self.account, "eu-west-1"), {"GlobalClusterIdentifier": "leaving"}
        rds.create_global_cluster(**name, Engine="aurora-postgresql")
        member = rds.create_db_cluster(DBClusterIdentifier="member", **AURORA, **PASSWORD, **name)["DBCluster"]
        cluster = {"DBClusterIdentifier": "member", "SkipFinalSnapshot": True}
        self.assert_refused("InvalidDBClusterStateFault", rds.delete_db_cluster, **cluster)
        rds.remove_from_global_cluster(**name, DbClusterIdentifier=member["DBClusterArn"])
        rds.delete_db_cluster(**cluster)
        rds.delete_global_cluster(**name)


class ProxyTest(PatchTest):
    def test_proxy_endpoint_has_a_life(self) -> None:
        """moto has no endpoints of proxies."""
        rds, ec2 = self.client("rds"), self.client("ec2")
        subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        rds.create_db_proxy(DBProxyName="proxy", EngineFamily="POSTGRESQL", RoleArn=ROLE, VpcSubnetIds=subnets, Auth=[])
        name = {"DBProxyEndpointName": "readers"}
        rds.create_db_proxy_endpoint(**name, DBProxyName="proxy", VpcSubnetIds=subnets, TargetRole="READ_ONLY")
        rds.modify_db_proxy_endpoint(**name, VpcSecurityGroupIds=["sg-1"])
        found = rds.describe_db_proxy_endpoints(**name)["DBProxyEndpoints"][0]
        self.assertEqual(("READ_ONLY", ["sg-1"]), (found["TargetRole"], found["VpcSecurityGroupIds"]))
        rds.delete_db_proxy_endpoint(**name)
        self.assert_refused("DBProxyEndpointNotFoundFault", rds.describe_db_proxy_endpoints, **name)

    def test_proxy_can_change(self) -> None:
        """moto cannot change one."""
        rds, ec2 = self.client("rds"), self.client("ec2")
        subnets = [subnet["SubnetId"] for subnet in ec2.describe_subnets()["Subnets"][:2]]
        name, auth = {"DBProxyName": "changing"}, [{"AuthScheme": "SECRETS", "SecretArn": ROLE, "IAMAuth": "REQUIRED"}]
        rds.create_db_proxy(**name, EngineFamily="POSTGRESQL", RoleArn=ROLE, VpcSubnetIds=subnets, Auth=[])
        rds.modify_db_proxy(**name, Auth=auth, IdleClientTimeout=900)
        found = rds.describe_db_proxies(**name)["DBProxies"][0]
        self.assertEqual((900, "REQUIRED"), (found["IdleClientTimeout"], found["Auth"][0]["IAMAuth"]))
