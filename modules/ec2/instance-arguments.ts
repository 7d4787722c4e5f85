import { Fn, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";
import type { InstanceConfig, InstanceRootBlockDevice } from "@cdktf/provider-aws/lib/instance";
import { contextOf } from "../core";
import { marketOptions, reservationTags, spotOptionsOf } from "./purchasing";
import type { InstanceProps } from "./instance";
import { UserData } from "./user-data";

type Arguments = Partial<InstanceConfig>;

/**
 * Whether it asks for a public address when it starts. With an Elastic IP it does: the provider takes that for an address that was not asked for
 * otherwise, and replaces the instance in each plan.
 */
export function asksForPublicIp({ elasticIp, publicIp, subnets }: InstanceProps): boolean {
  return publicIp ?? (subnets === "public" || Boolean(elasticIp));
}

/** What is said of the network, apart from subnet and security groups. */
export function networkArguments(props: InstanceProps): Arguments {
  return {
    // Asked for by the instance: a public subnet hands out none by itself.
    associatePublicIpAddress: asksForPublicIp(props),
    ipv6AddressCount: props.ipv6AddressCount,
    privateIp: props.privateIp,
    secondaryPrivateIps: props.secondaryPrivateIps && [...props.secondaryPrivateIps],
    sourceDestCheck: props.sourceDestCheck,
  };
}

/** The disks that come and go with it; data volumes are resources of their own. */
export function storageArguments(props: InstanceProps): Arguments {
  const { instanceStoreVolumes, ebsOptimized = true } = props;
  return {
    rootBlockDevice: rootBlockDevice(props),
    ebsOptimized,
    ephemeralBlockDevice:
      instanceStoreVolumes &&
      Object.entries(instanceStoreVolumes).map(([deviceName, virtualName]) => ({ deviceName, virtualName })),
  };
}

function rootBlockDevice({ rootVolume = {} }: InstanceProps): InstanceRootBlockDevice {
  const { sizeGib, type = "gp3", iops, throughputMibps, kmsKeyArn } = rootVolume;
  return {
    encrypted: true,
    volumeType: type,
    deleteOnTermination: true,
    volumeSize: sizeGib,
    iops,
    throughput: throughputMibps,
    kmsKeyId: kmsKeyArn,
  };
}

/** The type, the hardware that it runs on, and how it is paid for. */
export function placementArguments(props: InstanceProps): Arguments {
  const { capacityReservation, cpuCoreCount, cpuCredits, nitroEnclaves, tenancy, threadsPerCore } = props;
  return {
    instanceType: props.instanceType,
    instanceMarketOptions: marketOptions(props.purchasing),
    tags: reservationTags(props.purchasing),
    tenancy: typeof tenancy === "object" ? "host" : tenancy === "shared" ? "default" : tenancy,
    hostId: typeof tenancy === "object" ? tenancy.host.id : undefined,
    capacityReservationSpecification:
      typeof capacityReservation === "object"
        ? { capacityReservationTarget: { capacityReservationId: capacityReservation.id } }
        : capacityReservation && { capacityReservationPreference: capacityReservation },
    placementGroup: props.placementGroup?.name,
    placementPartitionNumber: props.placementPartitionNumber,
    creditSpecification: cpuCredits && { cpuCredits },
    cpuOptions:
      cpuCoreCount === undefined && threadsPerCore === undefined
        ? undefined
        : { coreCount: cpuCoreCount, threadsPerCore },
    enclaveOptions: nitroEnclaves === undefined ? undefined : { enabled: nitroEnclaves },
  };
}

/** How it is watched and protected, and what it may be asked from inside. */
export function operationArguments(construct: Construct, props: InstanceProps): Arguments {
  const { autoRecovery, instanceMetadataTags, metadataHopLimit = 1 } = props;
  const isSpot = spotOptionsOf(props.purchasing) !== undefined;
  return {
    // Version 1 of the metadata service gives the role's credentials to whoever can make the server fetch a URL.
    metadataOptions: {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: metadataHopLimit,
      instanceMetadataTags: instanceMetadataTags === undefined ? undefined : enabled(instanceMetadataTags),
    },
    monitoring: props.detailedMonitoring ?? false,
    disableApiTermination: props.terminationProtection ?? (contextOf(construct).tier === "production" && !isSpot),
    disableApiStop: props.stopProtection,
    instanceInitiatedShutdownBehavior: props.shutdownBehavior,
    hibernation: props.hibernation,
    maintenanceOptions:
      autoRecovery === undefined ? undefined : { autoRecovery: autoRecovery ? "default" : "disabled" },
  };
}

/** What runs at the first start. */
export function userDataArguments(construct: Construct, props: InstanceProps): Arguments {
  const { replaceOnUserDataChange: userDataReplaceOnChange } = props;
  if (props.userData === undefined) return { userDataReplaceOnChange };
  const userData = UserData.of(props.userData);
  if (!userData.isCompressed) return { userData: userData.text, userDataReplaceOnChange };
  // Compressed by Terraform: what stands in it may be known at apply only. A local, because as an argument of a function it would have to be quoted.
  const text = new TerraformLocal(construct, "user_data", userData.text);
  return { userDataBase64: Fn.base64gzip(text.asString), userDataReplaceOnChange };
}

function enabled(choice: boolean): "enabled" | "disabled" {
  return choice ? "enabled" : "disabled";
}
