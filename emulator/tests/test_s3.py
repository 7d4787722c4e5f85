"""S3."""

from __future__ import annotations

import json
from typing import Any, Dict

from tests.support import PatchTest


class BucketTest(PatchTest):
    def setUp(self) -> None:
        self.s3 = self.client("s3")
        # Bucket names are global, as on AWS: one for each test.
        self.bucket = f"emulator-{self._testMethodName[5:].replace('_', '-')}"[:60].rstrip("-")
        self.s3.create_bucket(Bucket=self.bucket)

    def test_lifecycle_comes_back_whole(self) -> None:
        """moto drops parts of rules; the provider waits for what it set until it gives up, minutes later."""
        rules = [
            {"ID": "empty", "Status": "Enabled", "Filter": {}, "Expiration": {"ExpiredObjectDeleteMarker": True}},
            {
                "ID": "noncurrent",
                "Status": "Enabled",
                "Filter": {"And": {"Prefix": "logs/", "ObjectSizeGreaterThan": 1000}},
                "NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 3},
            },
        ]
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": rules})
        found = self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)
        self.assertEqual(rules, found["Rules"])
        self.assertEqual("all_storage_classes_128K", found.get("TransitionDefaultMinimumObjectSize"))

    def test_lifecycle_can_be_deleted(self) -> None:
        expiration = {"NoncurrentDays": 1, "NewerNoncurrentVersions": 3}
        rule = {"ID": "r", "Status": "Enabled", "Filter": {}, "NoncurrentVersionExpiration": expiration}
        self.s3.put_bucket_lifecycle_configuration(Bucket=self.bucket, LifecycleConfiguration={"Rules": [rule]})
        self.assertEqual([rule], self.s3.get_bucket_lifecycle_configuration(Bucket=self.bucket)["Rules"])
        self.s3.delete_bucket_lifecycle(Bucket=self.bucket)
        code = "NoSuchLifecycleConfiguration"
        self.assert_refused(code, self.s3.get_bucket_lifecycle_configuration, Bucket=self.bucket)

    def test_replication_comes_back_whole(self) -> None:
        """moto drops the replication time and the metrics of a rule: every plan would set them again."""
        minutes = {"Minutes": 15}
        destination: Dict[str, Any] = {
            "Bucket": "arn:aws:s3:::target",
            "ReplicationTime": {"Status": "Enabled", "Time": minutes},
            "Metrics": {"Status": "Enabled", "EventThreshold": minutes},
        }
        rule = {"ID": "all", "Priority": 1, "Status": "Enabled", "Filter": {}, "Destination": destination}
        configuration = {"Role": "arn:aws:iam::123456789012:role/r", "Rules": [rule]}
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        self.s3.put_bucket_replication(Bucket=self.bucket, ReplicationConfiguration=configuration)
        found = self.s3.get_bucket_replication(Bucket=self.bucket)["ReplicationConfiguration"]
        self.assertEqual(configuration, found)

    def test_deleting_a_metrics_configuration_keeps_the_bucket(self) -> None:
        """moto takes the request for one to delete the bucket."""
        name = {"Bucket": self.bucket, "Id": "all"}
        self.s3.put_bucket_metrics_configuration(**name, MetricsConfiguration={"Id": "all"})
        self.assertEqual("all", self.s3.get_bucket_metrics_configuration(**name)["MetricsConfiguration"]["Id"])
        listed = self.s3.list_bucket_metrics_configurations(Bucket=self.bucket)
        self.assertEqual(["all"], [each["Id"] for each in listed["MetricsConfigurationList"]])
        self.s3.delete_bucket_metrics_configuration(**name)
        self.s3.head_bucket(Bucket=self.bucket)
        self.assert_refused("NoSuchConfiguration", self.s3.get_bucket_metrics_configuration, **name)

    def test_analytics_configuration_has_a_life(self) -> None:
        name = {"Bucket": self.bucket, "Id": "all"}
        configuration = {"Id": "all", "StorageClassAnalysis": {}}
        self.s3.put_bucket_analytics_configuration(**name, AnalyticsConfiguration=configuration)
        self.assertEqual("all", self.s3.get_bucket_analytics_configuration(**name)["AnalyticsConfiguration"]["Id"])
        self.s3.delete_bucket_analytics_configuration(**name)
        self.s3.head_bucket(Bucket=self.bucket)

    def test_intelligent_tiering_configuration_has_a_life(self) -> None:
        name = {"Bucket": self.bucket, "Id": "all"}
        tiering = [{"Days": 125, "AccessTier": "ARCHIVE_ACCESS"}]
        configuration = {"Id": "all", "Status": "Enabled", "Tierings": tiering}
        self.s3.put_bucket_intelligent_tiering_configuration(**name, IntelligentTieringConfiguration=configuration)
        found = self.s3.get_bucket_intelligent_tiering_configuration(**name)["IntelligentTieringConfiguration"]
        self.assertEqual(configuration, found)
        self.s3.delete_bucket_intelligent_tiering_configuration(**name)
        self.s3.head_bucket(Bucket=self.bucket)

    def test_notifications_to_event_bridge_come_back(self) -> None:
        """moto forgets to say so: every plan would switch EventBridge on again."""
        configuration = {"EventBridgeConfiguration": {}}
        self.s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration=configuration)
        found = self.s3.get_bucket_notification_configuration(Bucket=self.bucket)
        self.assertIn("EventBridgeConfiguration", found)
        self.s3.put_bucket_notification_configuration(Bucket=self.bucket, NotificationConfiguration={})
        found = self.s3.get_bucket_notification_configuration(Bucket=self.bucket)
        self.assertNotIn("EventBridgeConfiguration", found)

    def test_key_format_of_access_logs_comes_back(self) -> None:
        """moto drops it: every plan would set it again."""
        self.s3.put_bucket_acl(Bucket=self.bucket, ACL="log-delivery-write")
        key_format = {"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}
        target = {"TargetBucket": self.bucket, "TargetPrefix": "logs/", "TargetObjectKeyFormat": key_format}
        self.s3.put_bucket_logging(Bucket=self.bucket, BucketLoggingStatus={"LoggingEnabled": target})
        self.assertEqual(target, self.s3.get_bucket_logging(Bucket=self.bucket)["LoggingEnabled"])

    def test_requester_can_pay(self) -> None:
        """moto takes the request for one to make the bucket."""
        self.assertEqual("BucketOwner", self.s3.get_bucket_request_payment(Bucket=self.bucket).get("Payer"))
        self.s3.put_bucket_request_payment(Bucket=self.bucket, RequestPaymentConfiguration={"Payer": "Requester"})
        self.assertEqual("Requester", self.s3.get_bucket_request_payment(Bucket=self.bucket).get("Payer"))

    def test_new_bucket_of_the_same_name_starts_empty(self) -> None:
        self.s3.put_bucket_request_payment(Bucket=self.bucket, RequestPaymentConfiguration={"Payer": "Requester"})
        self.assertEqual("Requester", self.s3.get_bucket_request_payment(Bucket=self.bucket).get("Payer"))
        self.s3.delete_bucket(Bucket=self.bucket)
        self.s3.create_bucket(Bucket=self.bucket)
        self.assertEqual("BucketOwner", self.s3.get_bucket_request_payment(Bucket=self.bucket).get("Payer"))

    def test_conditional_denial_is_not_always(self) -> None:
        """The usual policy denies requests without TLS; moto ignores the condition, and locks the bucket for all."""
        resources = [f"arn:aws:s3:::{self.bucket}", f"arn:aws:s3:::{self.bucket}/*"]
        denial = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": resources}
        condition = {"Bool": {"aws:SecureTransport": "false"}}
        policy = {"Version": "2012-10-17", "Statement": [{**denial, "Condition": condition}]}
        self.s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(policy))
        self.s3.put_object(Bucket=self.bucket, Key="key", Body=b"x")
        self.assertEqual(b"x", self.s3.get_object(Bucket=self.bucket, Key="key")["Body"].read())
