import { UnknownValueError, type Block } from "../values/block";
import { certain } from "../values/certain";
import { GPU_FAMILIES } from "../data/accelerated-families";
import { INSTANCE_FAMILIES } from "../data/instance-families";
import { familyName, isSpot } from "../ec2/machines";
import type { Estate } from "../estate";
import { oneOf, range } from "../kinds";
import { followName } from "../named";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const API = "https://docs.aws.amazon.com/autoscaling/ec2/APIReference";
const DISTRIBUTION = `${API}/API_InstancesDistribution.html`;
const OVERRIDES = `${API}/API_LaunchTemplateOverrides.html`;
const WARM_POOLS = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-warm-pools.html";
const MIXED = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups.html";

const TYPES = ["aws_autoscaling_group"];
const MOST_INSTANCE_TYPES = 40;
const MIXED_NAMES = ["launch_template_id", "launch_template_name"] as const;

const SPOT_STRATEGIES: readonly string[] = [
  "lowest-price",
  "capacity-optimized",
  "capacity-optimized-prioritized",
  "price-capacity-optimized",
];

export const autoscalingMixedRules = [
  rule({
    id: "autoscaling-warm-pool-spot",
    types: TYPES,
    title: "A group with a warm pool launches no spot instances",
    why: "AWS refuses a warm pool for a group that asks for spot instances.",
    fix: "Drop the warm pool, or launch on-demand instances only (on_demand_percentage_above_base_capacity = 100).",
    source: WARM_POOLS,
    severity: "error",
    check: (group, estate) => {
      if (!group.body.block("warm_pool")?.present() || !launchesSpot(group, estate)) return undefined;
      return fault(group.body, "warm_pool", "a group that launches spot instances has no warm pool");
    },
  }),

  rule({
    id: "autoscaling-warm-pool-weights",
    types: TYPES,
    title: "A group with a warm pool does not weight its instance types",
    why: "AWS refuses a warm pool for a mixed instances policy with weights.",
    fix: "Drop weighted_capacity, or the warm pool.",
    source: WARM_POOLS,
    severity: "error",
    check: ({ body }) => {
      if (!body.block("warm_pool")?.present()) return undefined;
      return each(overrides(body), (override) =>
        override.has("weighted_capacity")
          ? fault(override, "weighted_capacity", "a group with a warm pool has no weights")
          : undefined,
      );
    },
  }),

  range({
    id: "autoscaling-spot-pools-range",
    types: TYPES,
    blocks: distributions,
    // Of the other strategies it is nothing, which is written as 0 too.
    when: (block) => (block.string("spot_allocation_strategy") ?? "lowest-price") === "lowest-price",
    argument: "spot_instance_pools",
    what: "the number of spot pools",
    min: 1,
    max: 20,
    source: DISTRIBUTION,
  }),

  rule({
    id: "autoscaling-spot-pools-strategy",
    types: TYPES,
    title: 'Spot pools are counted only with the spot allocation strategy "lowest-price"',
    why: "AWS refuses spot_instance_pools with another strategy at apply.",
    fix: "Drop spot_instance_pools.",
    source: DISTRIBUTION,
    severity: "error",
    check: (group) =>
      each(distributions(group), (block) => {
        const pools = block.number("spot_instance_pools");
        if (pools === undefined || pools === 0) return undefined;
        const strategy = block.string("spot_allocation_strategy") ?? "lowest-price";
        if (strategy === "lowest-price" || !SPOT_STRATEGIES.includes(strategy)) return undefined;
        return fault(block, "spot_instance_pools", `the strategy "${strategy}" has no number of pools`);
      }),
  }),

  oneOf({
    id: "autoscaling-spot-strategy",
    types: TYPES,
    blocks: distributions,
    argument: "spot_allocation_strategy",
    what: "the allocation strategy of spot instances",
    values: SPOT_STRATEGIES,
    source: DISTRIBUTION,
  }),

  oneOf({
    id: "autoscaling-on-demand-strategy",
    types: TYPES,
    blocks: distributions,
    argument: "on_demand_allocation_strategy",
    what: "the allocation strategy of on-demand instances",
    values: ["lowest-price", "prioritized"],
    source: DISTRIBUTION,
  }),

  range({
    id: "autoscaling-on-demand-percentage",
    types: TYPES,
    blocks: distributions,
    argument: "on_demand_percentage_above_base_capacity",
    what: "the share of on-demand instances",
    min: 0,
    max: 100,
    unit: "percent",
    source: DISTRIBUTION,
  }),

  rule({
    id: "autoscaling-on-demand-base",
    types: TYPES,
    title: "The base of on-demand instances is not above the maximum size of the group",
    why: "The group never gets there: all its instances are on-demand, and the rest of the policy is dead.",
    fix: "Lower on_demand_base_capacity, or raise max_size.",
    source: DISTRIBUTION,
    severity: "error",
    check: (group) =>
      each(distributions(group), (block) => {
        const base = block.number("on_demand_base_capacity");
        if (base === undefined || base === 0) return undefined;
        const max = group.body.number("max_size");
        // A group of none keeps its policy for when it grows again.
        if (max === undefined || max === 0 || base <= max) return undefined;
        return fault(block, "on_demand_base_capacity", `the base is at most max_size, ${max}`);
      }),
  }),

  rule({
    id: "autoscaling-instance-types-quota",
    types: TYPES,
    title: `A mixed instances policy names at most ${MOST_INSTANCE_TYPES} instance types`,
    why: "AWS refuses more at apply.",
    fix: "Name fewer, or say what they must have (instance_requirements).",
    source: OVERRIDES,
    severity: "error",
    check: ({ body }) => {
      const named = overrides(body).filter((override) => override.raw("instance_type") !== undefined);
      const last = named[MOST_INSTANCE_TYPES];
      if (!last) return undefined;
      const message = `a policy names at most ${MOST_INSTANCE_TYPES} instance types, this one ${named.length}`;
      return fault(last, "instance_type", message);
    },
  }),

  rule({
    id: "autoscaling-mixed-architecture",
    types: TYPES,
    title: "The instance types that share a launch template have one architecture",
    why: "A launch template has one image: instances of the other architecture do not start from it.",
    fix: "Leave out the types of one architecture, or give these a launch template of their own.",
    source: OVERRIDES,
    severity: "error",
    check: (group) => unlike(group, (family) => INSTANCE_FAMILIES[family]?.architecture),
  }),

  rule({
    id: "autoscaling-mixed-gpu",
    types: TYPES,
    title: "Instance types with and without a GPU do not share a launch template",
    why: "An image with GPU drivers wants a GPU, and work that needs one finds none on half of the instances.",
    fix: "Make a group of its own for the types with a GPU, or give these a launch template of their own.",
    source: OVERRIDES,
    severity: "warning",
    check: (group) =>
      unlike(group, (family) => {
        if (GPU_FAMILIES.includes(family)) return "with a GPU";
        return family in INSTANCE_FAMILIES ? "without a GPU" : undefined;
      }),
  }),

  rule({
    id: "autoscaling-mixed-market-options",
    types: TYPES,
    title: "The launch template of a mixed instances policy does not ask for spot instances itself",
    why: "The policy says how many of them are spot: AWS refuses both together at apply.",
    fix: "Drop instance_market_options of the launch template; the price goes to spot_max_price of the policy.",
    source: MIXED,
    severity: "error",
    check: (group, estate) =>
      each(mixedSpecifications(group.body), (specification) => {
        const template = templateOf(group, specification, MIXED_NAMES, estate);
        if (!template?.body.block("instance_market_options")?.present()) return undefined;
        const [id, name] = MIXED_NAMES;
        const argument = specification.raw(id) === undefined ? name : id;
        return fault(specification, argument, `${template.address} asks for spot instances itself`);
      }),
  }),
] as const;

function distributions({ body }: Resource): Block[] {
  return body.blocks("mixed_instances_policy").flatMap((policy) => policy.blocks("instances_distribution"));
}

function mixedTemplates(body: Block): Block[] {
  return body.blocks("mixed_instances_policy").flatMap((policy) => policy.blocks("launch_template"));
}

function overrides(body: Block): Block[] {
  return mixedTemplates(body).flatMap((template) => template.blocks("override"));
}

/** The blocks that name a launch template in a mixed instances policy. */
function mixedSpecifications(body: Block): Block[] {
  return [...mixedTemplates(body), ...overrides(body)].flatMap((block) =>
    block.blocks("launch_template_specification"),
  );
}

/** Every launch template that a group uses. @throws UnknownValueError when one of them is not here */
export function templatesOf(group: Resource, estate: Estate): Resource[] {
  const own = group.body.blocks("launch_template").map((block) => templateOf(group, block, ["id", "name"], estate));
  const mixed = mixedSpecifications(group.body).map((block) => templateOf(group, block, MIXED_NAMES, estate));
  return [...own, ...mixed].flatMap((template) => template ?? []);
}

/** The launch template that a block names, by its id or by its name. @throws UnknownValueError */
function templateOf(
  group: Resource,
  block: Block,
  [id, name]: readonly [string, string],
  estate: Estate,
): Resource | undefined {
  const template = estate.follow(group, block, id, "aws_launch_template");
  return template ?? followName(group, block, name, "aws_launch_template", estate);
}

/** @throws UnknownValueError */
function launchesSpot(group: Resource, estate: Estate): boolean {
  return certain(
    [
      () =>
        distributions(group).some((block) => (block.number("on_demand_percentage_above_base_capacity") ?? 100) < 100),
      () => templatesOf(group, estate).some(isSpot),
      () => {
        const old = estate.follow(group, group.body, "launch_configuration", "aws_launch_configuration");
        return old?.body.has("spot_price") === true;
      },
    ],
    (test) => test(),
  );
}

/** Faults the first instance type that is another than the first of those that share the policy's own launch template. */
function unlike(group: Resource, kindOf: (family: string) => string | undefined): Fault[] {
  const shared = overrides(group.body).filter(
    (override) => override.blocks("launch_template_specification").length === 0,
  );
  let first: { kind: string; instanceType: string } | undefined;
  return each(shared, (override) => {
    const instanceType = override.string("instance_type");
    if (instanceType === undefined) return undefined;
    const kind = kindOf(familyName(instanceType));
    if (kind === undefined) throw new UnknownValueError(override.argument("instance_type"));
    first ??= { kind, instanceType };
    if (kind === first.kind) return undefined;
    return fault(override, "instance_type", `${instanceType} is ${kind}, ${first.instanceType} is ${first.kind}`);
  }).slice(0, 1);
}
