import { Construct } from "constructs";
import { DbEventSubscription } from "@cdktf/provider-aws/lib/db-event-subscription";
import { awsName } from "../core";

/** Kinds of events of an instance. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html */
export type DatabaseEventCategory =
  | "availability"
  | "backup"
  | "configuration change"
  | "creation"
  | "deletion"
  | "failover"
  | "failure"
  | "low storage"
  | "maintenance"
  | "notification"
  | "read replica"
  | "recovery"
  | "restoration"
  | "security"
  | "security patching";

export interface DatabaseEventsProps {
  /** Who is told: a topic that `events.rds.amazonaws.com` may publish to (`topic.allowPublish`). */
  readonly topic: { readonly arn: string };
  /**
   * Whose events. Changing them is an update.
   * @default every database of the account in the region, now and later
   */
  readonly databases?: readonly { readonly identifier: string }[];
  /**
   * Which events.
   * @default all
   */
  readonly categories?: readonly DatabaseEventCategory[];
  /**
   * Whether anything is sent.
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Tells a topic what happens to databases: a failover, storage that is nearly full, maintenance that waits.
 *
 * Replaced by: nothing that can be said here. Costs: nothing but the topic's messages.
 *
 * @example
 * onCall.allowPublish("events.rds.amazonaws.com");
 * new DatabaseEvents(this, "database_events", { topic: onCall, databases: [orders], categories: ["failover", "failure", "low storage"] });
 */
export class DatabaseEvents extends Construct {
  readonly arn: string;
  readonly resource: DbEventSubscription;

  constructor(scope: Construct, id: string, props: DatabaseEventsProps) {
    super(scope, id);
    const { topic, databases, categories, enabled = true } = props;
    this.resource = new DbEventSubscription(this, "Resource", {
      name: awsName(this, "eventSubscription"),
      snsTopic: topic.arn,
      sourceType: "db-instance",
      sourceIds: databases?.map(({ identifier }) => identifier),
      eventCategories: categories && [...categories].sort(),
      enabled,
    });
    this.arn = this.resource.arn;
  }
}
