"""Managed prefix lists."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest

OFFICE = {"Cidr": "203.0.113.0/24", "Description": "office"}


class PrefixListTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")
        made = self.ec2.create_managed_prefix_list(PrefixListName="offices", MaxEntries=1, AddressFamily="IPv4")
        self.list_id = made["PrefixList"]["PrefixListId"]

    def describe(self) -> Dict[str, Any]:
        return self.ec2.describe_managed_prefix_lists(PrefixListIds=[self.list_id])["PrefixLists"][0]

    def test_an_entry_leaves_the_name(self) -> None:
        """An aws_ec2_managed_prefix_list_entry made its list nameless, and the next plan named it again."""
        self.ec2.modify_managed_prefix_list(PrefixListId=self.list_id, CurrentVersion=1, AddEntries=[OFFICE])
        self.assertEqual("offices", self.describe().get("PrefixListName"))
        self.ec2.modify_managed_prefix_list(PrefixListId=self.list_id, PrefixListName="sites")
        self.assertEqual("sites", self.describe()["PrefixListName"])

    def test_it_can_be_made_larger(self) -> None:
        answer = self.ec2.modify_managed_prefix_list(PrefixListId=self.list_id, MaxEntries=5)
        self.assertEqual((5, 5), (answer["PrefixList"]["MaxEntries"], self.describe()["MaxEntries"]))
