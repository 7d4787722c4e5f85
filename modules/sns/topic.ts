import { Construct } from "constructs";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { awsName, contextOf, Problems } from "../core";
import { keyPolicy, topicPolicy } from "./topic-policies";

/** How messages get to an endpoint. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export type SubscriptionProtocol =
  "application" | "email" | "email-json" | "firehose" | "https" | "lambda" | "sms" | "sqs";

/** Who gets the messages. Changing any of it replaces the subscription. */
export interface SubscriptionOptions {
  readonly protocol: SubscriptionProtocol;
  /** Address, URL, phone number or ARN, as the protocol wants it. */
  readonly endpoint: string;
}

/** Who is told, and how messages are encrypted. */
export interface TopicProps {
  /**
   * E-mail addresses by a name of yours. Each gets a message and must confirm; until then AWS lets nobody delete the subscription.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
   * @default none
   */
  readonly emails?: Readonly<Record<string, string>>;
  /**
   * Name that SMS and e-mail show as the sender, at most 100 characters.
   * @default none
   */
  readonly displayName?: string;
  /**
   * ARN of the KMS key that encrypts messages at rest; its policy must let whoever publishes use it. `alias/aws/sns` will not do:
   * CloudWatch alarms cannot use it. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   * @default a key of its own, which every allowed publisher may use
   */
  readonly kmsKeyArn?: string;
  /**
   * AWS services that may publish for this account.
   * @default ["cloudwatch.amazonaws.com"]
   */
  readonly publishers?: readonly string[];
}

/**
 * An SNS topic for notifications, encrypted, that CloudWatch alarms of this account may publish to. The account's own roles may too, as
 * far as their policies say.
 *
 * Replaced by: nothing that can be said here. Costs: messages (https://aws.amazon.com/sns/pricing/), and the key by the month
 * (https://aws.amazon.com/kms/pricing/) unless `kmsKeyArn` is given.
 *
 * @example
 * const alarms = new Topic(this, "alarms", { emails: { on_call: "on-call@example.com" } });
 */
export class Topic extends Construct {
  readonly arn: string;
  readonly name: string;
  readonly resource: SnsTopic;
  /** Its key, unless `kmsKeyArn` was given. */
  readonly key: KmsKey | undefined;
  private readonly publishers = new Set<string>();
  private readonly policy: SnsTopicPolicy;

  /** @throws InvalidConstructError under a stack whose account is not known, for which no policy can be written */
  constructor(scope: Construct, id: string, props: TopicProps = {}) {
    super(scope, id);
    this.checkAccount();
    for (const service of props.publishers ?? ["cloudwatch.amazonaws.com"]) this.publishers.add(service);
    this.key = props.kmsKeyArn === undefined ? this.createKey() : undefined;
    this.resource = new SnsTopic(this, "Resource", {
      name: awsName(this, "snsTopic"),
      displayName: props.displayName,
      kmsMasterKeyId: props.kmsKeyArn ?? this.key?.arn,
    });
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.policy = new SnsTopicPolicy(this, "policy", { arn: this.arn, policy: this.policyDocument() });
    for (const [name, endpoint] of Object.entries(props.emails ?? {}))
      this.subscribe(name, { protocol: "email", endpoint });
  }

  /**
   * Sends messages to one more endpoint.
   * @param name becomes part of the address: `aws_sns_topic_subscription.alarms_to_<name>`
   */
  subscribe(name: string, { protocol, endpoint }: SubscriptionOptions): void {
    new SnsTopicSubscription(this, `to_${name}`, { topicArn: this.arn, protocol, endpoint });
  }

  /**
   * Lets another AWS service publish for this account, and use the topic's own key for it. Asking twice is asking once.
   * @param service `budgets.amazonaws.com`
   */
  allowPublish(service: string): void {
    this.publishers.add(service);
    this.policy.policy = this.policyDocument();
    if (this.key) this.key.policy = keyPolicy(contextOf(this), this.publishers);
  }

  private checkAccount(): void {
    const problems = new Problems(this, "Topic");
    problems.require(
      contextOf(this).account !== "",
      "account must be known to say who may publish, got none: build it in an EnvironmentStack, or say where it is with provideContext",
    );
    problems.throwIfAny();
  }

  private policyDocument(): string {
    return topicPolicy(this.arn, contextOf(this).account, this.publishers);
  }

  private createKey(): KmsKey {
    const key = new KmsKey(this, "key", {
      description: `${awsName(this, "snsTopic")}: messages at rest`,
      enableKeyRotation: true,
      policy: keyPolicy(contextOf(this), this.publishers),
    });
    new KmsAlias(this, "key_alias", { name: `alias/${awsName(this, "snsTopic")}`, targetKeyId: key.keyId });
    return key;
  }
}
