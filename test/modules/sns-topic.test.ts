import { App, TerraformStack } from "cdktf";
import { Topic, type TopicProps } from "../../modules/sns";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";

function topic(props: TopicProps = {}, use: (topic: Topic) => void = () => undefined): Synthesized["resources"] {
  return synthesized((stack) => use(new Topic(stack, "alarms", props))).resources;
}

function statements(resources: Synthesized["resources"], address: string): Json[] {
  const { policy } = resources[address] as { policy: string };
  return (JSON.parse(policy) as { Statement: Json[] }).Statement;
}

const KEY = "aws_kms_key.alarms_key";
const POLICY = "aws_sns_topic_policy.alarms_policy";
const OF_ACCOUNT = { StringEquals: { "aws:SourceAccount": "111111111111" } };

describe("a topic", () => {
  test("is encrypted with a key of its own that rotates, and that CloudWatch may use for this account", () => {
    const resources = topic();
    expect(resources["aws_sns_topic.alarms"]).toEqual({
      name: "acme-dev-alarms",
      kms_master_key_id: "${aws_kms_key.alarms_key.arn}",
      tags: { Name: "acme-dev-alarms" },
    });
    expect(resources[KEY]).toMatchObject({ enable_key_rotation: true });
    expect(resources["aws_kms_alias.alarms_key_alias"]).toMatchObject({ name: "alias/acme-dev-alarms" });
    expect(statements(resources, KEY)).toEqual([
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Publishcloudwatchamazonawscom",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: OF_ACCOUNT,
      },
    ]);
  });

  test("lets CloudWatch alarms of this account publish, and nobody without TLS", () => {
    expect(statements(topic(), POLICY)).toEqual([
      {
        Sid: "Publishcloudwatchamazonawscom",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: "${aws_sns_topic.alarms.arn}",
        Condition: OF_ACCOUNT,
      },
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: "${aws_sns_topic.alarms.arn}",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  test("lets another service publish and use the key, once however often it is asked", () => {
    const resources = topic({}, (alarms) => {
      alarms.allowPublish("budgets.amazonaws.com");
      alarms.allowPublish("budgets.amazonaws.com");
    });
    const budgets = { Sid: "Publishbudgetsamazonawscom", Condition: OF_ACCOUNT };
    expect(statements(resources, POLICY)[0]).toMatchObject(budgets);
    expect(statements(resources, POLICY)).toHaveLength(3);
    expect(statements(resources, KEY)[1]).toMatchObject(budgets);
    expect(statements(resources, KEY)).toHaveLength(3);
  });

  test("asks EventBridge for no account, because it tells none", () => {
    const resources = topic({ publishers: ["events.amazonaws.com"] });
    expect(statements(resources, POLICY)[0]).not.toHaveProperty("Condition");
    expect(statements(resources, KEY)[1]).not.toHaveProperty("Condition");
  });

  test("takes a key that is there, and then makes none", () => {
    const resources = topic(
      { kmsKeyArn: "arn:aws:kms:eu-west-1:111111111111:key/1", displayName: "Alarms" },
      (alarms) => alarms.allowPublish("budgets.amazonaws.com"),
    );
    expect(resources["aws_sns_topic.alarms"]).toMatchObject({
      kms_master_key_id: "arn:aws:kms:eu-west-1:111111111111:key/1",
      display_name: "Alarms",
    });
    expect(Object.keys(resources)).toEqual(["aws_sns_topic.alarms", POLICY]);
  });

  test("has a subscription by name for each address, and one more touches no other", () => {
    const one = topic({ emails: { ops: "ops@example.com" } });
    const two = topic({ emails: { boss: "boss@example.com", ops: "ops@example.com" } }, (alarms) =>
      alarms.subscribe("pager", { protocol: "https", endpoint: "https://pager.example.com/hook" }),
    );
    expect(one["aws_sns_topic_subscription.alarms_to_ops"]).toEqual({
      topic_arn: "${aws_sns_topic.alarms.arn}",
      protocol: "email",
      endpoint: "ops@example.com",
    });
    expect(two).toMatchObject(one);
    expect(two["aws_sns_topic_subscription.alarms_to_pager"]).toMatchObject({
      protocol: "https",
      endpoint: "https://pager.example.com/hook",
    });
  });

  test("refuses a stack whose account is not known", () => {
    expect(() => new Topic(new TerraformStack(new App(), "shop-prod"), "alarms")).toThrow(
      'Topic "shop-prod/alarms" is invalid:\n  - account must be known to say who may publish, got none: build it in an EnvironmentStack, or say where it is with provideContext',
    );
  });
});
