import { range } from "../kinds";
import { CLUSTER, clusterOf, engineOf, isAurora, isNew, MEMBER, membersOf } from "./engines";
import { UnknownValueError } from "../values/block";
import { each, fault, rule } from "../rule";

const API = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const CREATE = `${API}/API_CreateDBCluster.html`;
const SERVERLESS = `${API}/API_ServerlessV2ScalingConfiguration.html`;
const SERVERLESS_GUIDE =
  "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.requirements.html";
const BACKTRACK = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html";
const REPLICATION = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html";

/** A writer and 15 readers. */
const MOST_INSTANCES = 16;
const MOST_UNITS = 256;
const CAPACITIES = ["min_capacity", "max_capacity"] as const;
const AURORA_STORAGE = ["", "aurora", "aurora-iopt1"];
const MULTI_AZ_STORAGE = ["io1", "io2", "gp3"];
/** What only a Multi-AZ DB cluster has. */
const MULTI_AZ_ONLY = ["allocated_storage", "iops", "db_cluster_instance_class"] as const;
/** What a Multi-AZ DB cluster cannot do without. */
const MULTI_AZ_REQUIRED = ["allocated_storage", "db_cluster_instance_class", "storage_type"] as const;

export const auroraRules = [
  range({
    id: "aurora-backup-retention",
    types: [CLUSTER],
    argument: "backup_retention_period",
    what: "the time that a cluster keeps backups",
    min: 1,
    max: 35,
    unit: "days",
    source: CREATE,
  }),

  rule({
    id: "aurora-serverless-capacity",
    types: [CLUSTER],
    title: `The capacity of a serverless cluster is 0 to ${MOST_UNITS} Aurora capacity units, in steps of 0.5; the maximum is 1 or more`,
    why: "AWS refuses it at apply.",
    fix: "Set it to a multiple of 0.5 within the range.",
    source: SERVERLESS,
    severity: "error",
    check: ({ body }) =>
      each(
        body
          .blocks("serverlessv2_scaling_configuration")
          .flatMap((block) => CAPACITIES.map((name) => ({ block, name }))),
        ({ block, name }) => {
          const units = block.number(name);
          const least = name === "max_capacity" ? 1 : 0;
          if (units === undefined || (units >= least && units <= MOST_UNITS && Number.isInteger(units * 2)))
            return undefined;
          return fault(block, name, `it is ${least} to ${MOST_UNITS} capacity units, in steps of 0.5`);
        },
      ),
  }),

  rule({
    id: "aurora-serverless-min-max",
    types: [CLUSTER],
    title: "The minimum capacity of a serverless cluster is not above its maximum",
    why: "AWS refuses it at apply.",
    fix: "Lower min_capacity, or raise max_capacity.",
    source: SERVERLESS,
    severity: "error",
    check: ({ body }) =>
      each(body.blocks("serverlessv2_scaling_configuration"), (block) => {
        const [min, max] = [block.number("min_capacity"), block.number("max_capacity")];
        if (min === undefined || max === undefined || min <= max) return undefined;
        return fault(block, "min_capacity", `the minimum is at most the maximum, ${max}`);
      }),
  }),

  rule({
    id: "aurora-serverless-auto-pause",
    types: [CLUSTER],
    title: "A serverless cluster pauses after 300 to 86,400 seconds, and only with a minimum capacity of 0",
    why: "AWS refuses it at apply.",
    fix: "Set min_capacity to 0 and seconds_until_auto_pause to 300 to 86400, or drop it.",
    source: SERVERLESS,
    severity: "error",
    check: ({ body }) =>
      each(body.blocks("serverlessv2_scaling_configuration"), (block) => {
        const seconds = block.number("seconds_until_auto_pause");
        if (seconds === undefined || seconds === 0) return undefined;
        const name = "seconds_until_auto_pause";
        if (seconds < 300 || seconds > 86_400) return fault(block, name, "it is 300 to 86,400 seconds");
        const min = block.number("min_capacity");
        if (min === undefined || min === 0) return undefined;
        return fault(block, name, `a cluster with a minimum of ${min} capacity units does not pause`);
      }),
  }),

  rule({
    id: "aurora-serverless-scaling",
    types: [MEMBER],
    title: 'The cluster of an instance of class "db.serverless" says between which capacities it scales',
    why: "AWS refuses the instance at apply, when the cluster has been made.",
    fix: "Give the cluster a block serverlessv2_scaling_configuration with min_capacity and max_capacity.",
    source: SERVERLESS_GUIDE,
    severity: "error",
    check: (member, estate) => {
      if (member.body.string("instance_class") !== "db.serverless") return undefined;
      const cluster = clusterOf(member, estate);
      if (!cluster || cluster.body.blocks("serverlessv2_scaling_configuration").length > 0) return undefined;
      return fault(member.body, "instance_class", `${cluster.address} has no serverlessv2_scaling_configuration`);
    },
  }),

  rule({
    id: "aurora-backtrack-engine",
    types: [CLUSTER],
    title: "Only clusters of Aurora MySQL backtrack",
    why: "AWS refuses it for others at apply.",
    fix: "Drop backtrack_window: restore to a point in time instead.",
    source: BACKTRACK,
    severity: "error",
    check: (cluster, estate) => {
      const seconds = cluster.body.number("backtrack_window");
      if (seconds === undefined || seconds === 0 || engineOf(cluster, estate) === "aurora-mysql") return undefined;
      return fault(cluster.body, "backtrack_window", `${engineOf(cluster, estate)} does not backtrack`);
    },
  }),

  range({
    id: "aurora-backtrack-window",
    types: [CLUSTER],
    argument: "backtrack_window",
    what: "the time that a cluster backtracks",
    min: 0,
    max: 259_200,
    unit: "seconds",
    source: CREATE,
  }),

  rule({
    id: "aurora-instance-count",
    types: [CLUSTER],
    title: `An Aurora cluster has at most ${MOST_INSTANCES} instances: a writer and 15 readers`,
    why: "AWS refuses what is more at apply.",
    fix: "Make fewer readers, of a larger class.",
    source: REPLICATION,
    severity: "error",
    check: (cluster, estate) => {
      const members = membersOf(cluster, estate);
      const count = members.reduce((sum, { copies }) => sum + (copies ?? 0), 0);
      if (count > MOST_INSTANCES)
        return fault(cluster.body, "cluster_identifier", `it has ${count} instances, at most are ${MOST_INSTANCES}`);
      if (members.some(({ copies }) => copies === undefined)) throw new UnknownValueError("count");
      return undefined;
    },
  }),

  rule({
    id: "aurora-instance-engine",
    types: [MEMBER],
    title: "An instance is of its cluster's engine, and that is Aurora",
    why: "AWS refuses it at apply: a Multi-AZ DB cluster makes its instances itself.",
    fix: "Set engine to that of the cluster; drop instances of a cluster of mysql or postgres.",
    source: CREATE,
    severity: "error",
    check: (member, estate) => {
      const { body } = member;
      const cluster = clusterOf(member, estate);
      if (!cluster) return undefined;
      const [own, engine] = [body.string("engine")?.toLowerCase(), engineOf(cluster, estate)];
      if (!engine.startsWith("aurora"))
        return fault(body, "cluster_identifier", `${cluster.address} is of ${engine}: it makes its instances itself`);
      if (own === undefined || own === engine) return undefined;
      return fault(body, "engine", `${cluster.address} is of ${engine}`);
    },
  }),

  rule({
    id: "aurora-multi-az-arguments",
    types: [CLUSTER],
    title:
      "Aurora has no storage of a size and no class of a cluster; a Multi-AZ DB cluster has both, and a type of storage",
    why: "AWS refuses it at apply.",
    fix: "With Aurora, drop allocated_storage, iops and db_cluster_instance_class, and make aws_rds_cluster_instances; else set them and storage_type.",
    source: CREATE,
    severity: "error",
    check: (cluster, estate) => {
      const { body } = cluster;
      if (isAurora(cluster, estate))
        return each(MULTI_AZ_ONLY, (name) => {
          if (!body.has(name) || body.raw(name) === 0 || body.raw(name) === 1) return undefined;
          return fault(body, name, `Aurora has no ${name}`);
        });
      // What is restored has them from its snapshot.
      if (!isNew(cluster)) return undefined;
      return each(MULTI_AZ_REQUIRED, (name) =>
        body.has(name) ? undefined : fault(body, name, `a Multi-AZ DB cluster has ${name}`),
      );
    },
  }),

  rule({
    id: "aurora-storage-type",
    types: [CLUSTER],
    title: "The storage of Aurora is aurora or aurora-iopt1, of a Multi-AZ DB cluster io1, io2 or gp3",
    why: "AWS refuses it at apply.",
    fix: "With Aurora, drop storage_type or set it to aurora-iopt1; of a Multi-AZ DB cluster, set it to gp3, io1 or io2.",
    source: CREATE,
    severity: "error",
    check: (cluster, estate) => {
      const { body } = cluster;
      const type = body.string("storage_type");
      if (type === undefined || type === "") return undefined;
      const types = isAurora(cluster, estate) ? AURORA_STORAGE : MULTI_AZ_STORAGE;
      if (types.includes(type)) return undefined;
      return fault(body, "storage_type", `it is ${types.filter((one) => one !== "").join(" or ")}`);
    },
  }),
] as const;
