import type { Block } from "../values/block";
import { familyName, isSpot, MACHINE_TYPES, placement, spotOptions } from "./machines";
import { zoneOf } from "./placement";
import type { Estate } from "../estate";
import { forbidden } from "../kinds";
import type { Resource } from "../resource";
import { each, fault, rule, type Fault } from "../rule";

const API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference";
const SPOT_OPTIONS = `${API}/API_SpotMarketOptions.html`;
const ALLOCATE_HOSTS = `${API}/API_AllocateHosts.html`;
const STOP_PROTECTION = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-stop-protection.html";
const RESERVATIONS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html";

/** US dollars an hour: AWS takes no lower price. */
const LEAST_SPOT_PRICE = 0.001;

/* The capacity that an instance runs in: spot, reserved, or on a host of one's own. */
export const capacityRules = [
  rule({
    id: "ec2-spot-max-price",
    types: MACHINE_TYPES,
    title: `The most that a spot instance may cost is ${LEAST_SPOT_PRICE} US dollars an hour or more`,
    why: "AWS refuses a lower price, and what is no number, at apply.",
    fix: "Leave the price out: a spot instance then costs at most as much as an on-demand one.",
    source: SPOT_OPTIONS,
    severity: "error",
    check: (machine) => {
      const options = spotOptions(machine);
      const name = machine.type === "aws_spot_instance_request" ? "spot_price" : "max_price";
      const price = options?.string(name);
      if (!options || price === undefined || price === "" || Number(price) >= LEAST_SPOT_PRICE) return undefined;
      return fault(options, name, `the price is a number of US dollars, ${LEAST_SPOT_PRICE} or more`);
    },
  }),

  forbidden({
    id: "ec2-spot-stop-protection",
    types: MACHINE_TYPES,
    when: (body, machine) => body.boolean("disable_api_stop") === true && isSpot(machine),
    argument: "disable_api_stop",
    what: "stop protection",
    rule: "cannot be had for a spot instance",
    fix: "Drop disable_api_stop, or make it an on-demand instance.",
    source: STOP_PROTECTION,
  }),

  rule({
    id: "ec2-capacity-reservation-match",
    types: MACHINE_TYPES,
    title: "An instance in reserved capacity has the type, the zone and the tenancy of the reservation",
    why: "AWS launches nothing into a reservation that it does not match: it is refused at apply.",
    fix: "Give the instance and the reservation the same type, zone and tenancy.",
    source: RESERVATIONS,
    severity: "error",
    check: (machine, estate) => {
      const [target] = machine.body
        .blocks("capacity_reservation_specification")
        .flatMap((specification) => specification.blocks("capacity_reservation_target"));
      const id = "capacity_reservation_id";
      const reservation = target && estate.follow(machine, target, id, "aws_ec2_capacity_reservation");
      if (!target || !reservation) return undefined;
      const pairs: readonly [string, Read, Read][] = [
        ["instance type", typeOf(machine), typeOf(reservation)],
        ["zone", zone(machine, estate), () => reservation.body.string("availability_zone")],
        ["tenancy", tenancy(placement(machine)), tenancy(reservation.body)],
      ];
      return each(pairs, differs(target, id, reservation));
    },
  }),

  rule({
    id: "ec2-dedicated-host-match",
    types: MACHINE_TYPES,
    title: "An instance on a dedicated host is of a type that the host takes, and in its zone",
    why: "A host takes the one type, or the one family, that it was allocated for: AWS refuses others at apply.",
    fix: "Take an instance type of the host's family, or allocate a host for this one.",
    source: ALLOCATE_HOSTS,
    severity: "error",
    check: (machine, estate) => {
      const place = placement(machine);
      const host = place && estate.follow(machine, place, "host_id", "aws_ec2_host");
      if (!place || !host) return undefined;
      const family: Read = () => familyName(machine.body.string("instance_type") ?? "") || undefined;
      const pairs: readonly [string, Read, Read][] = [
        ["instance type", typeOf(machine), typeOf(host)],
        ["instance family", family, () => host.body.string("instance_family")],
        ["zone", zone(machine, estate), () => host.body.string("availability_zone")],
      ];
      return each(pairs, differs(place, "host_id", host));
    },
  }),
] as const;

/** @throws UnknownValueError */
type Read = () => string | undefined;

function typeOf({ body }: Resource): Read {
  return () => body.string("instance_type");
}

function tenancy(block: Block | undefined): Read {
  return () => block?.string("tenancy") || "default";
}

/** The zone that a machine is in; a template need not say one. */
function zone(machine: Resource, estate: Estate): Read {
  if (machine.type !== "aws_launch_template") return () => zoneOf(machine, estate);
  return () => placement(machine)?.string("availability_zone");
}

/** Faults an argument of a machine where the machine and what it names there are both known to differ. */
function differs(
  block: Block,
  name: string,
  { address }: Resource,
): (pair: readonly [string, Read, Read]) => Fault | undefined {
  return ([what, own, theirs]) => {
    const [mine, other] = [own(), theirs()];
    if (mine === undefined || other === undefined || other === "" || mine === other) return undefined;
    return fault(block, name, `the ${what} is ${mine}, that of ${address} is ${other}`);
  };
}
