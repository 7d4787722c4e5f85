"""Route 53."""

from __future__ import annotations

from typing import Any, Dict

from tests.support import PatchTest, make_client, make_vpc


class ZoneTest(PatchTest):
    def setUp(self) -> None:
        self.route53 = self.client("route53")

    def make_zone(self, name: str, **arguments: Any) -> str:
        made = self.route53.create_hosted_zone(Name=name, CallerReference=name, **arguments)
        return made["HostedZone"]["Id"].rpartition("/")[2]

    def test_zone_with_a_vpc_is_private(self) -> None:
        """The provider sends the VPC and nothing else; moto makes a public zone without it."""
        vpc = {"VPCRegion": "us-east-1", "VPCId": make_vpc(self.client("ec2"))}
        zone = self.route53.get_hosted_zone(Id=self.make_zone("private.example", VPC=vpc))
        self.assertEqual((True, [vpc]), (zone["HostedZone"]["Config"]["PrivateZone"], zone["VPCs"]))

    def test_query_log_takes_the_arn_that_the_provider_sends(self) -> None:
        """moto wants the log group's ARN with ``:*`` at the end; what comes back must be what was sent."""
        logs = self.client("logs")
        logs.create_log_group(logGroupName="queries")
        arn = logs.describe_log_groups()["logGroups"][0]["logGroupArn"]
        config = self.route53.create_query_logging_config(
            HostedZoneId=self.make_zone("logged.example"), CloudWatchLogsLogGroupArn=arn
        )["QueryLoggingConfig"]
        found = self.route53.get_query_logging_config(Id=config["Id"])["QueryLoggingConfig"]
        self.assertEqual([arn, arn], [each["CloudWatchLogsLogGroupArn"] for each in (config, found)])

    def test_zone_can_be_signed(self) -> None:
        """moto knows no key-signing keys, and says of every zone that it is not signed."""
        zone_id = self.make_zone("signed.example")
        key = {"HostedZoneId": zone_id, "Name": "key"}
        kms_arn = "arn:aws:kms:us-east-1:123456789012:key/signing"
        self.route53.create_key_signing_key(
            **key, CallerReference="key", KeyManagementServiceArn=kms_arn, Status="INACTIVE"
        )
        self.route53.activate_key_signing_key(**key)
        self.route53.enable_hosted_zone_dnssec(HostedZoneId=zone_id)
        found = self.route53.get_dnssec(HostedZoneId=zone_id)
        self.assertEqual("SIGNING", found["Status"]["ServeSignature"])
        self.assertEqual([("key", "ACTIVE")], [(each["Name"], each["Status"]) for each in found["KeySigningKeys"]])

    def test_signing_can_be_undone(self) -> None:
        """In the order in which the provider destroys: signing off, key inactive, key gone."""
        zone_id = self.make_zone("unsigned.example")
        key = {"HostedZoneId": zone_id, "Name": "key"}
        kms_arn = "arn:aws:kms:us-east-1:123456789012:key/signing"
        self.route53.create_key_signing_key(
            **key, CallerReference="key", KeyManagementServiceArn=kms_arn, Status="ACTIVE"
        )
        self.route53.disable_hosted_zone_dnssec(HostedZoneId=zone_id)
        self.assert_refused("InvalidKeySigningKeyStatus", self.route53.delete_key_signing_key, **key)
        self.route53.deactivate_key_signing_key(**key)
        self.route53.delete_key_signing_key(**key)
        self.assertEqual([], self.route53.get_dnssec(HostedZoneId=zone_id)["KeySigningKeys"])


    def test_vpc_can_be_authorized(self) -> None:
        """moto does not know leave for another account's VPC."""
        vpc = {"VPCRegion": "us-east-1", "VPCId": make_vpc(self.client("ec2"))}
        zone = {"HostedZoneId": self.make_zone("shared.example", VPC=vpc)}
        other = {"VPCRegion": "us-east-1", "VPCId": "vpc-of-another"}
        self.route53.create_vpc_association_authorization(**zone, VPC=other)
        self.assertEqual([other], self.route53.list_vpc_association_authorizations(**zone)["VPCs"])
        self.route53.delete_vpc_association_authorization(**zone, VPC=other)
        self.assertEqual([], self.route53.list_vpc_association_authorizations(**zone)["VPCs"])

    def test_vpc_of_another_account_joins_a_zone_that_authorized_it(self) -> None:
        """moto looks for the zone among those of the VPC's account."""
        own = {"VPCRegion": "us-east-1", "VPCId": make_vpc(self.client("ec2"))}
        zone = {"HostedZoneId": self.make_zone("joined.example", VPC=own)}
        theirs = {"VPCRegion": "us-east-1", "VPCId": "vpc-theirs"}
        other = make_client("route53", "999999999999")
        self.assert_refused("NotAuthorizedException", other.associate_vpc_with_hosted_zone, **zone, VPC=theirs)
        self.route53.create_vpc_association_authorization(**zone, VPC=theirs)
        other.associate_vpc_with_hosted_zone(**zone, VPC=theirs)
        found = other.list_hosted_zones_by_vpc(VPCId="vpc-theirs", VPCRegion="us-east-1")["HostedZoneSummaries"]
        self.assertEqual([zone["HostedZoneId"]], [summary["HostedZoneId"] for summary in found])
        self.assertEqual({"OwningAccount": self.account}, found[0]["Owner"])
        other.disassociate_vpc_from_hosted_zone(**zone, VPC=theirs)
        self.assertEqual([own], self.route53.get_hosted_zone(Id=zone["HostedZoneId"])["VPCs"])

    def test_cidr_collection_has_a_life(self) -> None:
        """moto has none, and IP-based routing needs one."""
        made = self.route53.create_cidr_collection(Name="collection", CallerReference="c")["Collection"]

        def change(action: str) -> None:
            changes = [{"LocationName": "office", "Action": action, "CidrList": ["192.0.2.0/24"]}]
            self.route53.change_cidr_collection(Id=made["Id"], Changes=changes)

        change("PUT")
        blocks = self.route53.list_cidr_blocks(CollectionId=made["Id"])["CidrBlocks"]
        self.assertEqual([{"CidrBlock": "192.0.2.0/24", "LocationName": "office"}], blocks)
        locations = self.route53.list_cidr_locations(CollectionId=made["Id"])["CidrLocations"]
        self.assertEqual(["office"], [each["LocationName"] for each in locations])
        change("DELETE_IF_EXISTS")
        self.route53.delete_cidr_collection(Id=made["Id"])
        self.assertEqual([], self.route53.list_cidr_collections()["CidrCollections"])


class HealthCheckTest(PatchTest):
    def make_check(self, **config: Any) -> Dict[str, Any]:
        route53 = self.client("route53")
        made = route53.create_health_check(CallerReference=config["Type"], HealthCheckConfig=config)["HealthCheck"]
        return route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"]["HealthCheckConfig"]

    def test_check_of_an_alarm_names_the_alarm(self) -> None:
        """moto forgets the alarm, and its absence would replace the health check."""
        alarm = {"Region": "us-east-1", "Name": "alarm"}
        config = self.make_check(
            Type="CLOUDWATCH_METRIC", AlarmIdentifier=alarm, InsufficientDataHealthStatus="Healthy"
        )
        self.assertEqual((alarm, "Healthy"), (config["AlarmIdentifier"], config["InsufficientDataHealthStatus"]))

    def test_check_without_an_endpoint_has_no_port(self) -> None:
        """moto gives every check port 80 and an interval, which a plan would want to take away."""
        alarm = {"Region": "us-east-1", "Name": "alarm"}
        config = self.make_check(Type="CLOUDWATCH_METRIC", AlarmIdentifier=alarm)
        self.assertNotIn("Port", config)
        self.assertNotIn("RequestInterval", config)

    def test_regions_survive_a_change(self) -> None:
        """moto takes the regions from a check in every update that does not repeat them."""
        route53, regions = self.client("route53"), ["us-east-1", "us-west-1", "eu-west-1"]
        config = {"Type": "HTTPS", "FullyQualifiedDomainName": "www.example.org", "Regions": regions}
        made = route53.create_health_check(CallerReference="regions", HealthCheckConfig=config)["HealthCheck"]
        route53.update_health_check(HealthCheckId=made["Id"], ResourcePath="/new")
        found = route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"]["HealthCheckConfig"]
        self.assertEqual(("/new", regions), (found["ResourcePath"], found.get("Regions")))
