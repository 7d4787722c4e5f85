"""Application, network and gateway load balancers."""

from __future__ import annotations

from typing import Any, Dict, List

from tests.support import PatchTest, make_subnet, make_vpc


class LoadBalancerTest(PatchTest):
    def setUp(self) -> None:
        self.elb, self.ec2 = self.client("elbv2"), self.client("ec2")
        vpc_id = make_vpc(self.ec2)
        self.subnets: List[str] = [
            make_subnet(self.ec2, vpc_id, "10.0.0.0/24", "a"),
            make_subnet(self.ec2, vpc_id, "10.0.1.0/24", "b"),
        ]

    def make(self, name: str, **arguments: Any) -> Dict[str, Any]:
        return self.elb.create_load_balancer(Name=name, **arguments)["LoadBalancers"][0]

    def describe(self, arn: str) -> Dict[str, Any]:
        return self.elb.describe_load_balancers(LoadBalancerArns=[arn])["LoadBalancers"][0]

    def test_arn_says_which_type_it_is(self) -> None:
        """Alarms and scaling policies are built on ``arn_suffix``; moto writes ``app`` for every type."""
        network = self.make("network", Type="network", Subnets=self.subnets)
        gateway = self.make("gateway", Type="gateway", Subnets=self.subnets[:1])
        self.assertIn(":loadbalancer/net/network/", self.describe(network["LoadBalancerArn"])["LoadBalancerArn"])
        self.assertIn(":loadbalancer/gwy/gateway/", self.describe(gateway["LoadBalancerArn"])["LoadBalancerArn"])

    def test_tags_go_with_the_arn(self) -> None:
        tags = [{"Key": "a", "Value": "b"}]
        arn = self.make("tagged", Type="network", Subnets=self.subnets, Tags=tags)["LoadBalancerArn"]
        self.assertIn("/net/", arn)
        self.assertEqual(tags, self.elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"])

    def test_addresses_of_subnet_mappings(self) -> None:
        """moto drops the Elastic IP: ``subnet_mapping`` would replace the load balancer."""
        address = self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        mapping = {"SubnetId": self.subnets[0], "AllocationId": address}
        arn = self.make("mapped", Type="network", SubnetMappings=[mapping])["LoadBalancerArn"]
        zone = self.describe(arn)["AvailabilityZones"][0]
        self.assertEqual([{"AllocationId": address}], zone.get("LoadBalancerAddresses"))

    def test_network_load_balancer_in_one_zone(self) -> None:
        """moto refuses to set a single subnet, which is allowed for network load balancers."""
        arn = self.make("single", Type="network", Subnets=self.subnets)["LoadBalancerArn"]
        self.elb.set_subnets(LoadBalancerArn=arn, Subnets=self.subnets[:1])
        zones = self.describe(arn)["AvailabilityZones"]
        self.assertEqual(self.subnets[:1], [zone["SubnetId"] for zone in zones])


class ListenerTest(PatchTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.listener = ""

    def setUp(self) -> None:
        self.elb, ec2 = self.client("elbv2"), self.client("ec2")
        if not self.listener:
            vpc_id = make_vpc(ec2)
            subnets = [make_subnet(ec2, vpc_id, f"10.0.{index}.0/24", zone) for index, zone in enumerate("ab")]
            balancer = self.elb.create_load_balancer(Name="listeners", Subnets=subnets)["LoadBalancers"][0]
            type(self).certificates = [self.make_certificate(name) for name in ("a.example", "b.example")]
            action = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
            made = self.elb.create_listener(
                LoadBalancerArn=balancer["LoadBalancerArn"],
                Port=443,
                Protocol="HTTPS",
                Certificates=[{"CertificateArn": self.certificates[0]}],
                DefaultActions=[action],
                MutualAuthentication={"Mode": "passthrough"},
            )
            type(self).listener = made["Listeners"][0]["ListenerArn"]

    def make_certificate(self, name: str) -> str:
        return self.client("acm").request_certificate(DomainName=name)["CertificateArn"]

    def test_mutual_authentication_comes_back(self) -> None:
        """moto drops it: every plan would set it again."""
        listener = self.elb.describe_listeners(ListenerArns=[self.listener])["Listeners"][0]
        self.assertEqual({"Mode": "passthrough"}, listener.get("MutualAuthentication"))

    def test_trust_store_knows_its_listeners(self) -> None:
        """The provider waits until there are none before it deletes a trust store."""
        bundle = {"CaCertificatesBundleS3Bucket": "bucket", "CaCertificatesBundleS3Key": "key"}
        arn = self.elb.create_trust_store(Name="used", **bundle)["TrustStores"][0]["TrustStoreArn"]
        verify = {"Mode": "verify", "TrustStoreArn": arn}
        self.elb.modify_listener(ListenerArn=self.listener, MutualAuthentication=verify)
        found = self.elb.describe_trust_store_associations(TrustStoreArn=arn)["TrustStoreAssociations"]
        self.assertEqual([self.listener], [each["ResourceArn"] for each in found])
        self.elb.modify_listener(ListenerArn=self.listener, MutualAuthentication={"Mode": "passthrough"})

    def test_further_certificates_survive_a_change(self) -> None:
        """moto takes all from a listener that changes: aws_lb_listener_certificate would be made again."""
        further = {"CertificateArn": self.certificates[1]}
        self.elb.add_listener_certificates(ListenerArn=self.listener, Certificates=[further])
        self.elb.modify_listener(ListenerArn=self.listener, Certificates=[{"CertificateArn": self.certificates[0]}])
        found = self.elb.describe_listener_certificates(ListenerArn=self.listener)["Certificates"]
        self.assertEqual(self.certificates, [each["CertificateArn"] for each in found])


class TrustStoreTest(PatchTest):
    def test_trust_store_has_a_life(self) -> None:
        """moto has no trust stores."""
        elb = self.client("elbv2")
        bundle = {"CaCertificatesBundleS3Bucket": "bucket", "CaCertificatesBundleS3Key": "key"}
        arn = elb.create_trust_store(Name="store", **bundle)["TrustStores"][0]["TrustStoreArn"]
        elb.modify_trust_store(TrustStoreArn=arn, **bundle)
        self.assertEqual("ACTIVE", elb.describe_trust_stores(TrustStoreArns=[arn])["TrustStores"][0]["Status"])
        self.assertEqual([], elb.describe_trust_store_associations(TrustStoreArn=arn)["TrustStoreAssociations"])
        elb.delete_trust_store(TrustStoreArn=arn)
        self.assert_refused("TrustStoreNotFound", elb.describe_trust_stores, TrustStoreArns=[arn])
