"""Security groups, subnets, routing, flow logs, DHCP and VPN."""

from __future__ import annotations

from typing import Any, Dict, List

from tests.support import PatchTest, make_subnet, make_vpc

HTTPS = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}


class SecurityGroupTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")
        self.vpc_id = make_vpc(self.ec2)
        self.group_id, self.peer_id = self.make_group("server"), self.make_group("client")

    def make_group(self, name: str) -> str:
        return self.ec2.create_security_group(GroupName=name, Description=name, VpcId=self.vpc_id)["GroupId"]

    def make_prefix_list(self) -> str:
        made = self.ec2.create_managed_prefix_list(PrefixListName="list", MaxEntries=1, AddressFamily="IPv4")
        return made["PrefixList"]["PrefixListId"]

    def allow(self, **peer: Any) -> str:
        permission = {**HTTPS, **peer}
        made = self.ec2.authorize_security_group_ingress(GroupId=self.group_id, IpPermissions=[permission])
        return made["SecurityGroupRules"][0]["SecurityGroupRuleId"]

    def describe(self, rule_id: str) -> Dict[str, Any]:
        return self.ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule_id])["SecurityGroupRules"][0]

    def change(self, rule_id: str, **rule: Any) -> None:
        change = {"SecurityGroupRuleId": rule_id, "SecurityGroupRule": rule}
        self.ec2.modify_security_group_rules(GroupId=self.group_id, SecurityGroupRules=[change])

    def test_description_of_a_rule_for_a_group(self) -> None:
        """moto drops it, and every plan would set it again."""
        rule_id = self.allow(UserIdGroupPairs=[{"GroupId": self.peer_id, "Description": "why"}])
        self.assertEqual("why", self.describe(rule_id).get("Description"))

    def test_description_of_a_rule_for_a_prefix_list(self) -> None:
        """moto drops it, and every plan would set it again."""
        rule_id = self.allow(PrefixListIds=[{"PrefixListId": self.make_prefix_list(), "Description": "why"}])
        self.assertEqual("why", self.describe(rule_id).get("Description"))

    def test_rule_for_all_traffic_can_change(self) -> None:
        """moto refuses a change without ports."""
        permission = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
        made = self.ec2.authorize_security_group_ingress(GroupId=self.group_id, IpPermissions=[permission])
        rule_id = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        self.change(rule_id, IpProtocol="-1", CidrIpv4="10.0.0.0/8", Description="new")
        self.assertEqual("new", self.describe(rule_id)["Description"])

    def test_rule_for_ipv6_can_change(self) -> None:
        """moto answers "done" and changes nothing."""
        rule_id = self.allow(Ipv6Ranges=[{"CidrIpv6": "fd00::/8"}])
        self.change(rule_id, **HTTPS, CidrIpv6="fd01::/16", Description="new")
        self.assertEqual("fd01::/16", self.describe(rule_id)["CidrIpv6"])

    def test_rule_for_a_group_can_change(self) -> None:
        """moto answers "done" and changes nothing."""
        rule_id, other_id = self.allow(UserIdGroupPairs=[{"GroupId": self.peer_id}]), self.make_group("other")
        self.change(rule_id, **HTTPS, ReferencedGroupId=other_id)
        self.assertEqual(other_id, self.describe(rule_id)["ReferencedGroupInfo"]["GroupId"])

    def tearDown(self) -> None:
        for name in ("server", "client", "other"):
            self.delete_groups(name)

    def delete_groups(self, name: str) -> None:
        filters: List[Any] = [{"Name": "group-name", "Values": [name]}]
        for group in self.ec2.describe_security_groups(Filters=filters)["SecurityGroups"]:
            self.ec2.delete_security_group(GroupId=group["GroupId"])


class NetworkTest(PatchTest):
    def setUp(self) -> None:
        self.ec2 = self.client("ec2")

    def describe_subnet(self, subnet_id: str) -> Dict[str, Any]:
        return self.ec2.describe_subnets(SubnetIds=[subnet_id])["Subnets"][0]

    def test_host_names_of_a_subnet(self) -> None:
        """moto forgets the kind of host names and their records: every plan would set them again."""
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2))
        for attribute in (
            {"PrivateDnsHostnameTypeOnLaunch": "resource-name"},
            {"EnableResourceNameDnsARecordOnLaunch": {"Value": True}},
        ):
            self.ec2.modify_subnet_attribute(SubnetId=subnet_id, **attribute)
        options = self.describe_subnet(subnet_id)["PrivateDnsNameOptionsOnLaunch"]
        self.assertEqual(("resource-name", True), (options["HostnameType"], options["EnableResourceNameDnsARecord"]))

    def test_dns64_of_a_subnet(self) -> None:
        subnet_id = make_subnet(self.ec2, make_vpc(self.ec2))
        self.ec2.modify_subnet_attribute(SubnetId=subnet_id, EnableDns64={"Value": True})
        self.assertTrue(self.describe_subnet(subnet_id).get("EnableDns64"))

    def make_ipv6_subnet(self) -> str:
        vpc = self.ec2.create_vpc(CidrBlock="10.0.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]
        block = vpc["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].replace("/56", "/64")
        return make_subnet(self.ec2, vpc["VpcId"], Ipv6CidrBlock=block)

    def test_state_of_an_ipv6_block_is_a_word(self) -> None:
        """moto writes ``{'State': 'associated'}`` where the provider waits for ``associated``."""
        association = self.describe_subnet(self.make_ipv6_subnet())["Ipv6CidrBlockAssociationSet"][0]
        self.assertEqual("associated", association["Ipv6CidrBlockState"]["State"])

    def test_subnet_is_found_by_its_ipv6_association(self) -> None:
        """The provider waits for a subnet's IPv6 block with this filter, which moto does not have."""
        subnet_id = self.make_ipv6_subnet()
        association = self.describe_subnet(subnet_id)["Ipv6CidrBlockAssociationSet"][0]["AssociationId"]
        filters = [{"Name": "ipv6-cidr-block-association.association-id", "Values": [association]}]
        found = self.ec2.describe_subnets(Filters=filters)["Subnets"]
        self.assertEqual([subnet_id], [subnet["SubnetId"] for subnet in found])

    def test_routes_can_come_from_a_vpn_gateway(self) -> None:
        """moto has no route propagation."""
        gateway_id = self.ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
        table_id = self.ec2.create_route_table(VpcId=make_vpc(self.ec2))["RouteTable"]["RouteTableId"]

        def propagating() -> list:
            table = self.ec2.describe_route_tables(RouteTableIds=[table_id])["RouteTables"][0]
            return [gateway["GatewayId"] for gateway in table["PropagatingVgws"]]

        self.ec2.enable_vgw_route_propagation(RouteTableId=table_id, GatewayId=gateway_id)
        self.assertEqual([gateway_id], propagating())
        self.ec2.disable_vgw_route_propagation(RouteTableId=table_id, GatewayId=gateway_id)
        self.assertEqual([], propagating())

    def test_format_of_a_flow_log_to_s3(self) -> None:
        """moto drops it, and its absence would replace the flow log."""
        self.client("s3").create_bucket(Bucket="flow-log-format")
        made = self.ec2.create_flow_logs(
            ResourceType="VPC",
            ResourceIds=[make_vpc(self.ec2)],
            TrafficType="ALL",
            LogDestinationType="s3",
            LogDestination="arn:aws:s3:::flow-log-format",
            DestinationOptions={"FileFormat": "parquet", "PerHourPartition": True},
        )
        flow_log = self.ec2.describe_flow_logs(FlowLogIds=made["FlowLogIds"])["FlowLogs"][0]
        self.assertEqual("parquet", flow_log.get("DestinationOptions", {}).get("FileFormat"))

    def test_dhcp_options_keep_their_tags(self) -> None:
        """moto drops the tags that they are made with."""
        tags = [{"Key": "a", "Value": "b"}]
        made = self.ec2.create_dhcp_options(
            DhcpConfigurations=[{"Key": "domain-name", "Values": ["example.internal"]}],
            TagSpecifications=[{"ResourceType": "dhcp-options", "Tags": tags}],
        )
        ids = [made["DhcpOptions"]["DhcpOptionsId"]]
        self.assertEqual(tags, self.ec2.describe_dhcp_options(DhcpOptionsIds=ids)["DhcpOptions"][0].get("Tags"))

    def test_vpn_connection_with_static_routes(self) -> None:
        """moto drops the option, and its absence would replace the connection."""
        customer = self.ec2.create_customer_gateway(Type="ipsec.1", PublicIp="192.0.2.1", BgpAsn=65000)
        gateway = self.ec2.create_vpn_gateway(Type="ipsec.1")
        made = self.ec2.create_vpn_connection(
            Type="ipsec.1",
            CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"],
            VpnGatewayId=gateway["VpnGateway"]["VpnGatewayId"],
            Options={"StaticRoutesOnly": True},
        )
        ids = [made["VpnConnection"]["VpnConnectionId"]]
        found = self.ec2.describe_vpn_connections(VpnConnectionIds=ids)["VpnConnections"][0]
        self.assertTrue(found.get("Options", {}).get("StaticRoutesOnly"))
