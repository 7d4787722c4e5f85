/** How an instance is run from day to day. */
export interface InstanceOperationOptions {
  /**
   * Keep it running, or stopped. Left out, nobody minds, and neither adding nor dropping it touches the instance. A change of its type or
   * its user data starts a stopped instance; the next apply stops it again.
   * @default whatever it is: it starts running
   */
  readonly state?: "running" | "stopped";
  /**
   * What a shutdown from inside does: `terminate` ends the instance for good. Changed in place; left out, it stays as it is.
   * @default "stop"
   */
  readonly shutdownBehavior?: "stop" | "terminate";
  /**
   * Refuse to terminate it through the API. Terraform lifts it where it destroys the instance itself.
   * @default true in tier production, except for spot instances, which cannot have it
   */
  readonly terminationProtection?: boolean;
  /**
   * Refuse to stop it through the API. Spot instances cannot have it. Changed in place; left out, it stays as it is. It must be lifted (false)
   * before the type or the user data change and before a data volume goes: these stop the instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html
   * @default false
   */
  readonly stopProtection?: boolean;
  /**
   * Be able to hibernate: memory goes to the root volume, which must be larger than it (rules of `ec2-hibernation-*`). Changing it replaces the
   * instance.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/hibernating-prerequisites.html
   * @default false
   */
  readonly hibernation?: boolean;
  /**
   * Move to other hardware when its own fails, where the type can. Changed in place; left out, it stays as it is.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-recover.html
   * @default true
   */
  readonly autoRecovery?: boolean;
  /**
   * Metrics each minute instead of every five. Costs by the metric.
   * @default false
   */
  readonly detailedMonitoring?: boolean;
}
