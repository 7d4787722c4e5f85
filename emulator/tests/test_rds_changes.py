"""RDS: changes that AWS refuses."""

from __future__ import annotations

from typing import Any

from tests.support import PatchTest

REFUSED = "InvalidParameterCombination"
LOGIN = {"MasterUsername": "app", "MasterUserPassword": "verysecret"}


class ChangeTest(PatchTest):
    def setUp(self) -> None:
        self.rds = self.client("rds")

    def make(self, name: str, **arguments: Any) -> None:
        wanted = {"Engine": "postgres", "EngineVersion": "16.4", "DBInstanceClass": "db.t4g.micro", **arguments}
        self.rds.create_db_instance(DBInstanceIdentifier=name, AllocatedStorage=50, **LOGIN, **wanted)

    def make_group(self, name: str, family: str) -> None:
        self.rds.create_db_parameter_group(
            DBParameterGroupName=name, DBParameterGroupFamily=family, Description="d"
        )

    def test_storage_does_not_shrink(self) -> None:
        """In moto it does."""
        self.make("large")
        change = {"DBInstanceIdentifier": "large", "AllocatedStorage": 20}
        self.assert_refused(REFUSED, self.rds.modify_db_instance, **change)

    def test_major_upgrade_must_be_allowed(self) -> None:
        """moto makes any change of a version."""
        self.make("old")
        change = {"DBInstanceIdentifier": "old", "EngineVersion": "17.4"}
        self.assert_refused(REFUSED, self.rds.modify_db_instance, **change)
        self.rds.modify_db_instance(**change, AllowMajorVersionUpgrade=True)
        self.assert_refused(
            REFUSED,
            self.rds.modify_db_instance,
            DBInstanceIdentifier="old",
            EngineVersion="16.4",
            AllowMajorVersionUpgrade=True,
        )

    def test_group_is_of_the_family(self) -> None:
        """moto takes a group of any."""
        self.make_group("fifteen", "postgres15")
        self.make_group("seventeen", "postgres17")
        self.assert_refused(REFUSED, self.make, name="wrong", DBParameterGroupName="fifteen")
        self.make("right")
        change = {"DBInstanceIdentifier": "right", "DBParameterGroupName": "seventeen"}
        self.assert_refused(REFUSED, self.rds.modify_db_instance, **change)
        self.rds.modify_db_instance(**change, EngineVersion="17.4", AllowMajorVersionUpgrade=True)

    def test_cluster_is_held_to_the_same(self) -> None:
        """moto takes any version and any group."""
        group = {"DBClusterParameterGroupName": "strange", "DBParameterGroupFamily": "aurora-mysql8.0"}
        self.rds.create_db_cluster_parameter_group(**group, Description="d")
        wanted = {"DBClusterIdentifier": "c", "Engine": "aurora-postgresql", "EngineVersion": "16.4", **LOGIN}
        strange = {"DBClusterParameterGroupName": "strange"}
        self.assert_refused(REFUSED, self.rds.create_db_cluster, **wanted, **strange)
        self.rds.create_db_cluster(**wanted)
        self.assert_refused(REFUSED, self.rds.modify_db_cluster, DBClusterIdentifier="c", **strange)
        self.assert_refused(REFUSED, self.rds.modify_db_cluster, DBClusterIdentifier="c", EngineVersion="17.4")
