"""SNS."""

from __future__ import annotations

from tests.support import PatchTest


class TopicTest(PatchTest):
    def test_attributes_come_back(self) -> None:
        """moto drops those that it does not use: every plan would set them again."""
        sns = self.client("sns")
        wanted = {"TracingConfig": "Active", "HTTPSuccessFeedbackSampleRate": "100"}
        arn = sns.create_topic(Name="topic", Attributes=wanted)["TopicArn"]
        found = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
        self.assertEqual(wanted, {name: found.get(name) for name in wanted})
        sns.set_topic_attributes(TopicArn=arn, AttributeName="TracingConfig", AttributeValue="PassThrough")
        self.assertEqual("PassThrough", sns.get_topic_attributes(TopicArn=arn)["Attributes"]["TracingConfig"])
