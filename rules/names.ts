import { UnknownValueError } from "./values/block";
import { mayExclude } from "./values/certain";
import type { Estate } from "./estate";
import { placeKey, writtenKey } from "./place";
import type { Resource } from "./resource";
import { each, fault, rule } from "./rule";

const IAM_NAMES = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

interface NamedType {
  readonly argument: string;
  /** Where the name may be there once: IAM knows no regions, and a security group's name is its VPC's. */
  readonly within: "account" | "region" | "vpc";
}

/** What AWS names, and takes each name of only once. Lower and upper case count as the same: of IAM they are, and in the rest it is a trap. */
const NAMED: Readonly<Record<string, NamedType>> = {
  aws_autoscaling_group: { argument: "name", within: "region" },
  aws_cloudwatch_dashboard: { argument: "dashboard_name", within: "region" },
  aws_cloudwatch_log_group: { argument: "name", within: "region" },
  aws_cloudwatch_metric_alarm: { argument: "alarm_name", within: "region" },
  aws_db_instance: { argument: "identifier", within: "region" },
  aws_db_parameter_group: { argument: "name", within: "region" },
  aws_db_subnet_group: { argument: "name", within: "region" },
  aws_iam_instance_profile: { argument: "name", within: "account" },
  aws_iam_policy: { argument: "name", within: "account" },
  aws_iam_role: { argument: "name", within: "account" },
  aws_iam_user: { argument: "name", within: "account" },
  aws_key_pair: { argument: "key_name", within: "region" },
  aws_launch_template: { argument: "name", within: "region" },
  aws_lb: { argument: "name", within: "region" },
  aws_lb_target_group: { argument: "name", within: "region" },
  aws_db_option_group: { argument: "name", within: "region" },
  aws_db_proxy: { argument: "name", within: "region" },
  aws_rds_cluster: { argument: "cluster_identifier", within: "region" },
  aws_rds_cluster_parameter_group: { argument: "name", within: "region" },
  aws_secretsmanager_secret: { argument: "name", within: "region" },
  aws_security_group: { argument: "name", within: "vpc" },
  aws_sns_topic: { argument: "name", within: "region" },
};

/** The older spelling of some types, and what shares the names of others. */
const ALIASES: Readonly<Record<string, string>> = {
  aws_alb: "aws_lb",
  aws_alb_target_group: "aws_lb_target_group",
  aws_rds_cluster_instance: "aws_db_instance",
};

export const nameRules = [
  rule({
    id: "names-unique",
    types: [...Object.keys(NAMED), ...Object.keys(ALIASES)],
    title: "A name that AWS takes once is given once in an environment",
    why: "AWS refuses the second at apply; some services take it and then two states fight over one resource.",
    fix: "Give one of the two another construct id, or a name of its own.",
    source: IAM_NAMES,
    severity: "error",
    checkEnvironment: (resources, _environment, estate) => {
      const first = new Map<string, Resource>();
      return each(resources, (resource) => {
        const { body, stack } = resource;
        const type = ALIASES[resource.type] ?? resource.type;
        const named = NAMED[type];
        const name = named && body.string(named.argument);
        if (!named || name === undefined || name === "") return undefined;
        const key = [type, ...placeOf(resource, named, estate), name.toLowerCase()].join(" ");
        const other = first.get(key);
        if (!other) {
          first.set(key, resource);
          return undefined;
        }
        if (mayExclude(resource, other)) throw new UnknownValueError("count");
        const where = other.stack.id === stack.id ? "" : ` of stack ${other.stack.id}`;
        return { resource, ...fault(body, named.argument, `${other.address}${where} has the same name`) };
      });
    },
  }),
] as const;

/** What the name must be unique in. A VPC that is made elsewhere is told by its reference as it is written, within a stack. */
function placeOf(resource: Resource, { within }: NamedType, estate: Estate): string[] {
  const { body, stack } = resource;
  const place = placeKey(resource, within === "account" ? "account" : "region");
  if (within === "vpc") {
    const vpc = estate.target(stack, body.raw("vpc_id"));
    place.push(...(vpc ? [vpc.address, vpc.stack.id] : [writtenKey(resource, body, "vpc_id")]));
  }
  return place;
}
