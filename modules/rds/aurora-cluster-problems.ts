import type { Construct } from "constructs";
import { contextOf, Problems, shown } from "../core";
import { instanceTypeOf, SERVERLESS } from "./aurora-cluster-instance";
import type { AuroraClusterProps } from "./aurora-cluster-props";
import { readerScalingProblems } from "./aurora-cluster-scaling";
import { clusterProblems } from "./database-cluster-problems";

/** A writer and 15 readers. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html */
const MOST_INSTANCES = 16;

/** @throws InvalidConstructError with everything that is wrong with `props` */
export function checkAuroraClusterProps(cluster: Construct, props: AuroraClusterProps): void {
  const problems = new Problems(cluster, "AuroraCluster");
  const found = [
    ...clusterProblems(props.engine, props),
    ...instanceProblems(cluster, props),
    ...(props.readerScaling ? readerScalingProblems(props.readerScaling) : []),
    ...endpointProblems(props),
  ];
  for (const problem of found) problems.add(problem);
  problems.throwIfAny();
}

function instanceProblems(cluster: Construct, props: AuroraClusterProps): string[] {
  const { instances, serverless, vpc, subnets = "isolated" } = props;
  const names = Object.keys(instances);
  const zones = Object.keys(vpc.subnets[subnets] ?? {});
  if (names.length === 0 || names.length > MOST_INSTANCES)
    return [`instances must be 1 to ${MOST_INSTANCES}, got ${names.length}: { a: {}, b: {} }`];
  return Object.entries(instances).flatMap(([name, options]) => {
    const instanceType = instanceTypeOf(props, options);
    const { availabilityZone } = options;
    const found: (string | false)[] = [
      !/^[a-z][a-z0-9_]*$/.test(name) && `must be named in lower-case letters, digits and "_"`,
      instanceType === undefined && "needs an instanceType: give it one, or give one to the cluster",
      instanceType === SERVERLESS && !serverless && `is ${SERVERLESS}: give the cluster its capacity with serverless`,
      availabilityZone !== undefined &&
        !zones.includes(availabilityZone) &&
        `must stand in a zone of the ${subnets} subnets, ${shown(zones)}, got ${shown(availabilityZone)}`,
      availabilityZone !== undefined &&
        contextOf(cluster).region === "" &&
        "cannot name its availabilityZone where the region is not known: leave it out, or use an EnvironmentStack, or say where it is with provideContext",
    ];
    return found.filter((problem) => problem !== false).map((problem) => `instance ${shown(name)} ${problem}`);
  });
}

function endpointProblems({ customEndpoints = {}, instances }: AuroraClusterProps): string[] {
  return Object.entries(customEndpoints).flatMap(([name, { members, exclude }]) => {
    const unknown = [...(members ?? []), ...(exclude ?? [])].filter((member) => !(member in instances));
    return [
      ...(members && exclude ? [`custom endpoint ${shown(name)} cannot have both members and exclude: drop one`] : []),
      ...(unknown.length > 0
        ? [
            `custom endpoint ${shown(name)} must name instances, ${shown(Object.keys(instances))}, got ${shown(unknown)}`,
          ]
        : []),
    ];
  });
}
