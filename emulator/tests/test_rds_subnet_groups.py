"""Subnet groups of RDS."""

from __future__ import annotations

from tests.support import PatchTest, make_subnet, make_vpc


class SubnetGroupTest(PatchTest):
    def test_change_keeps_the_group(self) -> None:
        """moto loses a group whose subnets change: the provider then finds nothing, and fails."""
        ec2, rds = self.client("ec2"), self.client("rds")
        vpc = make_vpc(ec2)
        subnets = [make_subnet(ec2, vpc, f"10.0.{n}.0/24", zone) for n, zone in enumerate("abc")]
        name = {"DBSubnetGroupName": "orders"}
        made = rds.create_db_subnet_group(**name, DBSubnetGroupDescription="isolated", SubnetIds=subnets[:2])
        rds.modify_db_subnet_group(**name, SubnetIds=subnets)
        found = rds.describe_db_subnet_groups(**name)["DBSubnetGroups"][0]
        self.assertEqual(made["DBSubnetGroup"]["DBSubnetGroupArn"], found["DBSubnetGroupArn"])
        self.assertEqual(subnets, [subnet["SubnetIdentifier"] for subnet in found["Subnets"]])
        self.assert_refused(
            "DBSubnetGroupNotFoundFault", rds.modify_db_subnet_group, DBSubnetGroupName="none", SubnetIds=subnets
        )
