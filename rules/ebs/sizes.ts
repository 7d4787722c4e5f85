import type { Block } from "../values/block";
import { ofType, rootVolumes, sizeArgument, typeArgument, VOLUME_TYPES, volumes, volumeType } from "./volumes";
import { format, range } from "../kinds";
import { each, fault, rule, type ResourceRule } from "../rule";

const CREATE_VOLUME = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html";
const GP3 = "https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html";
const PROVISIONED = "https://docs.aws.amazon.com/ebs/latest/userguide/provisioned-iops.html";
const REFUSED = "AWS refuses it at apply, after other changes have been made.";

/** Sizes in GiB. */
const SIZES = [
  { id: "ebs-gp2-size-range", types: ["gp2"], min: 1, max: 16_384 },
  { id: "ebs-gp3-size-range", types: ["gp3"], min: 1, max: 65_536 },
  { id: "ebs-io1-size-range", types: ["io1"], min: 4, max: 16_384 },
  { id: "ebs-io2-size-range", types: ["io2"], min: 4, max: 65_536 },
  { id: "ebs-hdd-size-range", types: ["st1", "sc1"], min: 125, max: 16_384 },
  { id: "ebs-standard-size-range", types: ["standard"], min: 1, max: 1_024 },
] as const;

/** IOPS that may be provisioned for each GiB. What a volume has anyway (`free`) needs no size. */
const IOPS_PER_GIB = [
  { id: "ebs-gp3-iops-per-gib", type: "gp3", ratio: 500, free: 3_000, source: GP3 },
  { id: "ebs-io1-iops-per-gib", type: "io1", ratio: 50, free: 100, source: PROVISIONED },
  { id: "ebs-io2-iops-per-gib", type: "io2", ratio: 1_000, free: 100, source: PROVISIONED },
] as const;

const TYPES: readonly string[] = ["gp3", "gp2", "io2", "io1", "st1", "sc1", "standard"];

const GP3_BASE_IOPS = 3_000;
/** MiB/s for each provisioned IOPS. */
const GP3_THROUGHPUT_PER_IOPS = 0.25;

const onVolumes = { types: VOLUME_TYPES, blocks: volumes, source: CREATE_VOLUME };

export const ebsSizeRules = [
  range({
    ...onVolumes,
    id: "ebs-gp3-iops-range",
    when: ofType("gp3"),
    argument: "iops",
    what: "the number of IOPS of a gp3 volume",
    min: 3_000,
    max: 80_000,
  }),

  range({
    ...onVolumes,
    id: "ebs-io1-iops-range",
    when: ofType("io1"),
    argument: "iops",
    what: "the number of IOPS of an io1 volume",
    min: 100,
    max: 64_000,
  }),

  range({
    ...onVolumes,
    id: "ebs-io2-iops-range",
    when: ofType("io2"),
    argument: "iops",
    what: "the number of IOPS of an io2 volume",
    min: 100,
    max: 256_000,
  }),

  range({
    ...onVolumes,
    id: "ebs-gp3-throughput-range",
    when: ofType("gp3"),
    argument: "throughput",
    what: "the throughput of a gp3 volume",
    unit: "MiB/s",
    min: 125,
    max: 2_000,
  }),

  rule({
    id: "ebs-volume-type",
    types: VOLUME_TYPES,
    title: `The type of a volume is one of ${TYPES.join(", ")}`,
    why: REFUSED,
    fix: 'Take "gp3", or "io2" for a database that needs more.',
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => {
        const type = volumeType(volume);
        if (type === undefined || type === "" || TYPES.includes(type)) return undefined;
        return fault(volume, typeArgument(volume), `the type of a volume is one of ${TYPES.join(", ")}`);
      }),
  }),

  rule({
    id: "ebs-iops-required",
    types: VOLUME_TYPES,
    title: "An io1 or io2 volume says its IOPS",
    why: "They are what it is paid for, and have no default: AWS refuses it at apply.",
    fix: "Set iops, or make it a gp3 volume, which has 3,000 anyway.",
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => {
        if (!ofType("io1", "io2")(volume) || volume.has("iops")) return undefined;
        return fault(volume, "iops", `an ${volumeType(volume)} volume says its IOPS`);
      }),
  }),

  perGib(IOPS_PER_GIB[0]),
  perGib(IOPS_PER_GIB[1]),
  perGib(IOPS_PER_GIB[2]),

  rule({
    id: "ebs-gp3-throughput-per-iops",
    types: VOLUME_TYPES,
    title: "The throughput of a gp3 volume is at most 0.25 MiB/s for each of its IOPS",
    why: REFUSED,
    fix: "Raise iops (3,000 unless set), or lower throughput.",
    source: GP3,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => {
        if (volume.raw("throughput") === undefined || volumeType(volume) !== "gp3") return undefined;
        const throughput = volume.number("throughput");
        if (throughput === undefined) return undefined;
        const iops = volume.number("iops") ?? GP3_BASE_IOPS;
        const most = iops * GP3_THROUGHPUT_PER_IOPS;
        if (throughput <= most) return undefined;
        return fault(volume, "throughput", `with ${format(iops)} IOPS the throughput is at most ${format(most)} MiB/s`);
      }),
  }),

  rule({
    id: "ebs-iops-volume-type",
    types: VOLUME_TYPES,
    title: "IOPS are set for io1, io2 and gp3 volumes only",
    why: REFUSED,
    fix: "Drop iops, or make it a gp3, io1 or io2 volume.",
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) => each(volumes(resource), (volume) => onlyFor(volume, "iops", "gp2", "st1", "sc1", "standard")),
  }),

  rule({
    id: "ebs-throughput-volume-type",
    types: VOLUME_TYPES,
    title: "Throughput is set for gp3 volumes only",
    why: REFUSED,
    fix: "Drop throughput, or make it a gp3 volume.",
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => onlyFor(volume, "throughput", "gp2", "io1", "io2", "st1", "sc1", "standard")),
  }),

  sizeRange(SIZES[0]),
  sizeRange(SIZES[1]),
  sizeRange(SIZES[2]),
  sizeRange(SIZES[3]),
  sizeRange(SIZES[4]),
  sizeRange(SIZES[5]),

  rule({
    id: "ebs-root-volume-type",
    types: VOLUME_TYPES,
    title: "A root volume is not of a hard-disk type (st1, sc1)",
    why: "AWS boots nothing from these, and refuses it at apply.",
    fix: 'Take "gp3" for the root volume, and a further volume for the data.',
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) =>
      each(rootVolumes(resource), (volume) =>
        ofType("st1", "sc1")(volume)
          ? fault(volume, "volume_type", "a root volume is not of a hard-disk type (st1, sc1)")
          : undefined,
      ),
  }),
] as const;

function sizeRange<const Id extends string>(size: {
  readonly id: Id;
  readonly types: readonly string[];
  readonly min: number;
  readonly max: number;
}): ResourceRule<Id> {
  const { id, types, min, max } = size;
  const sentence = `the size of ${/^(io|st1)/.test(types[0] ?? "") ? "an" : "a"} ${types.join(" or ")} volume is ${format(min)} to ${format(max)} GiB`;
  return rule({
    id,
    types: VOLUME_TYPES,
    title: sentence.charAt(0).toUpperCase() + sentence.slice(1),
    why: REFUSED,
    fix: "Give it such a size, or another volume type.",
    source: CREATE_VOLUME,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => {
        if (volume.raw(sizeArgument(volume)) === undefined || !ofType(...types)(volume)) return undefined;
        const gib = volume.number(sizeArgument(volume));
        return gib === undefined || (gib >= min && gib <= max)
          ? undefined
          : fault(volume, sizeArgument(volume), sentence);
      }),
  }) as ResourceRule<Id>;
}

function perGib<const Id extends string>(limit: {
  readonly id: Id;
  readonly type: string;
  readonly ratio: number;
  readonly free: number;
  readonly source: string;
}): ResourceRule<Id> {
  const { id, type, ratio, free, source } = limit;
  const article = type === "gp3" ? "a" : "an";
  return rule({
    id,
    types: VOLUME_TYPES,
    title: `The IOPS of ${article} ${type} volume are at most ${format(ratio)} for each GiB`,
    why: REFUSED,
    fix: "Make the volume larger, or lower iops.",
    source,
    severity: "error",
    check: (resource) =>
      each(volumes(resource), (volume) => {
        if (volume.raw("iops") === undefined || volumeType(volume) !== type) return undefined;
        const iops = volume.number("iops");
        if (iops === undefined || iops <= free) return undefined;
        const gib = volume.number(sizeArgument(volume));
        if (gib === undefined || iops <= gib * ratio) return undefined;
        const most = format(Math.max(gib * ratio, free));
        return fault(volume, "iops", `${article} ${type} volume of ${format(gib)} GiB has at most ${most} IOPS`);
      }),
  }) as ResourceRule<Id>;
}

/** A 0 counts as not set, as it does for the provider. */
function onlyFor(volume: Block, name: string, ...others: readonly string[]): ReturnType<typeof fault> | undefined {
  if (volume.raw(name) === undefined) return undefined;
  const type = volumeType(volume) ?? "";
  if (!others.includes(type) || !volume.has(name)) return undefined;
  return volume.raw(name) === 0 ? undefined : fault(volume, name, `a ${type} volume has no ${name} to set`);
}
