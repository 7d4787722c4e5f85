import { Construct } from "constructs";
import {
  DlmLifecyclePolicy,
  type DlmLifecyclePolicyPolicyDetailsSchedule,
} from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { awsName, contextOf, Problems, shown } from "../core";
import { Role } from "../iam";
import { backupTags } from "./backup-tag";
import { copyKeys, grantKeys } from "./snapshot-policy-keys";
import { schedule, type SnapshotSchedule } from "./snapshot-schedule";

export interface SnapshotPolicyProps {
  /** One to four schedules, by a name of your own: how often, and for how long. */
  readonly schedules: Readonly<Record<string, SnapshotSchedule>>;
  /**
   * ARNs of the KMS keys of the volumes, where these are not AWS's own: the policy's role must be allowed to use them. Keys of copies are allowed
   * without being named here.
   * @default none
   */
  readonly kmsKeyArns?: readonly string[];
  /**
   * Take snapshots. Switched off, those that there are stay.
   * @default true
   */
  readonly enabled?: boolean;
}

const MOST_SCHEDULES = 4;

/**
 * Regular snapshots of the volumes that name it: a Data Lifecycle Manager policy and its role. Volumes say `backup: "<id of the policy>"`, in
 * whatever stack of the environment they are.
 * https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html
 *
 * Replaced by: nothing. When it goes, snapshots stay and are not deleted any more. Costs: the snapshots, by the GiB that changed and month.
 *
 * @example
 * new SnapshotPolicy(this, "daily", {
 *   schedules: { nightly: { everyHours: 24, startTime: "03:00", keep: { count: 14 }, copyTo: { "eu-central-1": { days: 30 } } } },
 * });
 * new Volume(this, "archive", { availabilityZone: "eu-west-1a", sizeGib: 500, backup: "daily" });
 */
export class SnapshotPolicy extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly role: Role;
  readonly resource: DlmLifecyclePolicy;

  /** @throws InvalidConstructError for none or more than four schedules, and for fast restore without a region */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SnapshotPolicyProps,
  ) {
    super(scope, id);
    this.check();
    this.role = this.createRole();
    this.resource = this.createPolicy();
    this.id = this.resource.id;
    this.arn = this.resource.arn;
  }

  private check(): void {
    const problems = new Problems(this, "SnapshotPolicy");
    const names = Object.keys(this.props.schedules);
    problems.require(
      names.length >= 1 && names.length <= MOST_SCHEDULES,
      `schedules must be one to ${MOST_SCHEDULES}, got ${shown(names)}`,
    );
    const needsRegion = Object.values(this.props.schedules).some(({ fastRestore }) => fastRestore !== undefined);
    problems.require(
      !needsRegion || contextOf(this).region !== "",
      "fastRestore needs a region, got none: put the policy into an EnvironmentStack, or say where it is with provideContext",
    );
    problems.throwIfAny();
  }

  private createRole(): Role {
    const role = new Role(this, "role", {
      service: "dlm.amazonaws.com",
      managedPolicies: ["service-role/AWSDataLifecycleManagerServiceRole"],
    });
    grantKeys(role, [...(this.props.kmsKeyArns ?? []), ...copyKeys(Object.values(this.props.schedules))]);
    return role;
  }

  private createPolicy(): DlmLifecyclePolicy {
    return new DlmLifecyclePolicy(this, "Resource", {
      description: awsName(this, "lifecyclePolicy"),
      executionRoleArn: this.role.arn,
      state: (this.props.enabled ?? true) ? "ENABLED" : "DISABLED",
      policyDetails: {
        policyType: "EBS_SNAPSHOT_MANAGEMENT",
        resourceTypes: ["VOLUME"],
        targetTags: backupTags(this, this.node.id),
        schedule: this.schedules(),
      },
    });
  }

  private schedules(): DlmLifecyclePolicyPolicyDetailsSchedule[] {
    const { region } = contextOf(this);
    return Object.entries(this.props.schedules).map(([name, options]) => schedule(name, options, region));
  }
}
