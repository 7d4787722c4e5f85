"""CloudWatch alarms and metric streams, and CloudWatch Logs."""

from __future__ import annotations

from tests.support import PatchTest


class CloudWatchTest(PatchTest):
    def setUp(self) -> None:
        self.cloudwatch = self.client("cloudwatch")

    def test_composite_alarm_has_a_life(self) -> None:
        """moto does not have the operation that makes one."""
        self.cloudwatch.put_composite_alarm(AlarmName="both", AlarmRule="ALARM(a) OR ALARM(b)")
        query = {"AlarmNames": ["both"], "AlarmTypes": ["CompositeAlarm"]}
        alarm = self.cloudwatch.describe_alarms(**query)["CompositeAlarms"][0]
        self.assertEqual(("ALARM(a) OR ALARM(b)", True), (alarm["AlarmRule"], alarm["ActionsEnabled"]))
        self.cloudwatch.delete_alarms(AlarmNames=["both"])
        self.assertEqual([], self.cloudwatch.describe_alarms(**query)["CompositeAlarms"])

    def test_tags_of_a_composite_alarm_can_change(self) -> None:
        tags = [{"Key": "a", "Value": "b"}]
        self.cloudwatch.put_composite_alarm(AlarmName="tagged", AlarmRule="FALSE", Tags=tags)
        query = {"AlarmNames": ["tagged"], "AlarmTypes": ["CompositeAlarm"]}
        arn = self.cloudwatch.describe_alarms(**query)["CompositeAlarms"][0]["AlarmArn"]
        self.cloudwatch.tag_resource(ResourceARN=arn, Tags=[{"Key": "c", "Value": "d"}])
        self.cloudwatch.untag_resource(ResourceARN=arn, TagKeys=["a"])
        found = self.cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"]
        self.assertEqual([{"Key": "c", "Value": "d"}], found)

    def test_metric_stream_has_a_life(self) -> None:
        """moto has no metric streams."""
        stream = {"RoleArn": "arn:aws:iam::123456789012:role/r", "FirehoseArn": "arn:aws:firehose:::f"}
        tags = [{"Key": "a", "Value": "b"}]
        arn = self.cloudwatch.put_metric_stream(Name="stream", OutputFormat="json", Tags=tags, **stream)["Arn"]
        found = self.cloudwatch.get_metric_stream(Name="stream")
        self.assertEqual(("running", "json"), (found["State"], found["OutputFormat"]))
        self.assertEqual(tags, self.cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"])
        self.cloudwatch.delete_metric_stream(Name="stream")
        self.assert_refused("ResourceNotFoundException", self.cloudwatch.get_metric_stream, Name="stream")


class LogsTest(PatchTest):
    def setUp(self) -> None:
        self.logs = self.client("logs")

    def test_metric_filter_can_change(self) -> None:
        """moto adds a second filter of the same name, and the provider reads the first."""
        self.logs.create_log_group(logGroupName="filtered")
        for pattern in ("ERROR", "WARN"):
            self.logs.put_metric_filter(
                logGroupName="filtered",
                filterName="errors",
                filterPattern=pattern,
                metricTransformations=[{"metricName": "m", "metricNamespace": "n", "metricValue": "1"}],
            )
        filters = self.logs.describe_metric_filters(logGroupName="filtered")["metricFilters"]
        self.assertEqual(["WARN"], [each["filterPattern"] for each in filters])

    def test_query_definition_has_a_life(self) -> None:
        """moto has no query definitions."""
        query_id = self.logs.put_query_definition(name="q", queryString="fields @message")["queryDefinitionId"]
        self.logs.put_query_definition(queryDefinitionId=query_id, name="q", queryString="fields @timestamp")
        found = self.logs.describe_query_definitions(queryDefinitionNamePrefix="q")["queryDefinitions"]
        self.assertEqual(["fields @timestamp"], [each["queryString"] for each in found])
        self.logs.delete_query_definition(queryDefinitionId=query_id)
        self.assertEqual([], self.logs.describe_query_definitions()["queryDefinitions"])

    def test_data_protection_policy_has_a_life(self) -> None:
        """moto has no data protection policies."""
        self.logs.create_log_group(logGroupName="protected")
        group = {"logGroupIdentifier": "protected"}
        self.logs.put_data_protection_policy(**group, policyDocument="{}")
        self.assertEqual("{}", self.logs.get_data_protection_policy(**group)["policyDocument"])
        self.logs.delete_data_protection_policy(**group)
        self.assertNotIn("policyDocument", self.logs.get_data_protection_policy(**group))
