"""IAM, KMS and Secrets Manager."""

from __future__ import annotations

from botocore.client import BaseClient

from tests.support import PatchTest, make_client

ROTATE = "arn:aws:lambda:us-east-1:123456789012:function:rotate"


class IamTest(PatchTest):
    def setUp(self) -> None:
        self.iam = self.client("iam")

    def test_user_without_service_credentials_has_none(self) -> None:
        """Read when a user is destroyed with ``force_destroy``; moto does not know the list."""
        self.iam.create_user(UserName="user")
        found = self.iam.list_service_specific_credentials(UserName="user")
        self.assertEqual([], found["ServiceSpecificCredentials"])

    def test_tags_of_a_virtual_mfa_device(self) -> None:
        """The provider reads them with every device, also with one that has none."""
        tags = [{"Key": "a", "Value": "b"}]
        made = self.iam.create_virtual_mfa_device(VirtualMFADeviceName="device", Tags=tags)
        serial = made["VirtualMFADevice"]["SerialNumber"]
        self.iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "c", "Value": "d"}])
        self.iam.untag_mfa_device(SerialNumber=serial, TagKeys=["a"])
        self.assertEqual([{"Key": "c", "Value": "d"}], self.iam.list_mfa_device_tags(SerialNumber=serial)["Tags"])

    def test_saml_provider_keeps_its_tags(self) -> None:
        """moto drops them: with default tags every plan would set them again."""
        tags, document = [{"Key": "a", "Value": "b"}], "<EntityDescriptor>" + "x" * 1000 + "</EntityDescriptor>"
        arn = self.iam.create_saml_provider(Name="saml", SAMLMetadataDocument=document, Tags=tags)["SAMLProviderArn"]
        self.assertEqual(tags, self.iam.get_saml_provider(SAMLProviderArn=arn).get("Tags"))
        self.iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "c", "Value": "d"}])
        self.iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["a"])
        self.assertEqual([{"Key": "c", "Value": "d"}], self.iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"])

    def test_policies_of_aws_can_be_attached(self) -> None:
        """Without a setting that the server makes, moto knows no ``arn:aws:iam::aws:policy/...``."""
        trust = '{"Version": "2012-10-17", "Statement": []}'
        self.iam.create_role(RoleName="role", AssumeRolePolicyDocument=trust)
        policy = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
        self.iam.attach_role_policy(RoleName="role", PolicyArn=policy)
        attached = self.iam.list_attached_role_policies(RoleName="role")["AttachedPolicies"]
        self.assertEqual([policy], [each["PolicyArn"] for each in attached])


class KmsTest(PatchTest):
    def test_rotation_period_comes_back(self) -> None:
        """moto answers whether a key rotates, not how often: every plan would set the period again."""
        kms = self.client("kms")
        key_id = kms.create_key()["KeyMetadata"]["KeyId"]
        kms.enable_key_rotation(KeyId=key_id)
        self.assertEqual(365, kms.get_key_rotation_status(KeyId=key_id).get("RotationPeriodInDays"))
        kms.enable_key_rotation(KeyId=key_id, RotationPeriodInDays=180)
        self.assertEqual(180, kms.get_key_rotation_status(KeyId=key_id).get("RotationPeriodInDays"))


    def test_replica_has_its_own_description(self) -> None:
        """In moto it has the primary's, which a plan would want to take away."""
        kms, other = self.client("kms"), make_client("kms", self.account, "us-west-2")
        key_id = kms.create_key(MultiRegion=True, Description="primary")["KeyMetadata"]["KeyId"]
        kms.replicate_key(KeyId=key_id, ReplicaRegion="us-west-2")
        self.assertEqual("", other.describe_key(KeyId=key_id)["KeyMetadata"]["Description"])

    def test_primary_key_stays_primary(self) -> None:
        """In moto it becomes a replica when its replica is read, and the provider refuses to go on."""
        kms, other = self.client("kms"), make_client("kms", self.account, "us-west-2")
        key_id = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
        kms.replicate_key(KeyId=key_id, ReplicaRegion="us-west-2")

        def kind(client: BaseClient) -> str:
            metadata = client.describe_key(KeyId=key_id)["KeyMetadata"]
            return metadata["MultiRegionConfiguration"]["MultiRegionKeyType"]

        self.assertEqual(["REPLICA", "PRIMARY"], [kind(other), kind(kms)])


class SecretsManagerTest(PatchTest):
    def setUp(self) -> None:
        self.secrets = self.client("secretsmanager")

    def test_rotation_needs_no_function(self) -> None:
        """moto runs the Lambda function in a container; here the settings are kept, and nothing rotates."""
        self.secrets.create_secret(Name="rotated", SecretString="x")
        rules = {"AutomaticallyAfterDays": 30}
        self.secrets.rotate_secret(SecretId="rotated", RotationLambdaARN=ROTATE, RotationRules=rules)
        found = self.secrets.describe_secret(SecretId="rotated")
        self.assertEqual((True, rules), (found["RotationEnabled"], found["RotationRules"]))

    def test_rotation_can_be_cancelled(self) -> None:
        """The rules stay, as on AWS."""
        self.secrets.create_secret(Name="cancelled", SecretString="x")
        self.secrets.rotate_secret(SecretId="cancelled", RotationLambdaARN=ROTATE)
        self.secrets.cancel_rotate_secret(SecretId="cancelled")
        self.assertFalse(self.secrets.describe_secret(SecretId="cancelled")["RotationEnabled"])
