import { isDeepStrictEqual } from "node:util";
import { fromWire, toWire, UNKNOWN, type DynamicValue } from "./dynamic-value";
import { RANDOM_ID, type ResourceType, type Values } from "./random-id";

const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = { random_id: RANDOM_ID };
const NOTHING = {};

interface OfType {
  readonly typeName: string;
}

/** The provider's side of the protocol: for each call of Terraform the answer, by the names of tfplugin6.proto. */
export const ANSWERS = {
  GetProviderSchema: () => ({
    provider: { version: 0, block: NOTHING },
    providerMeta: { version: 0, block: NOTHING },
    resourceSchemas: Object.fromEntries(
      Object.entries(RESOURCE_TYPES).map(([name, type]) => [name, { version: type.version, block: block(type) }]),
    ),
  }),
  ValidateProviderConfig: () => NOTHING,
  ConfigureProvider: () => NOTHING,
  ValidateResourceConfig: () => NOTHING,
  UpgradeResourceState: ({ rawState }: { readonly rawState: { readonly json: Buffer } }) => ({
    upgradedState: toWire(JSON.parse(rawState.json.toString("utf8")) as Values),
  }),
  ReadResource: ({ currentState }: { readonly currentState: DynamicValue }) => ({ newState: currentState }),
  PlanResourceChange: plan,
  ApplyResourceChange: apply,
  StopProvider: () => NOTHING,
};

function block({ version, attributes }: ResourceType): object {
  return {
    version,
    attributes: Object.entries(attributes).map(([name, { type, kind }]) => ({
      name,
      type: Buffer.from(JSON.stringify(type)),
      [kind]: true,
    })),
  };
}

interface PlanRequest extends OfType {
  readonly priorState: DynamicValue;
  readonly proposedNewState: DynamicValue;
}

/** Of a resource that stays as it is, what was drawn stays; every change of an argument draws anew. */
function plan({ typeName, priorState, proposedNewState }: PlanRequest): object {
  const [prior, proposed] = [fromWire(priorState), fromWire(proposedNewState)];
  if (proposed === null) return { plannedState: toWire(null) };
  const { attributes } = resourceType(typeName);
  const names = Object.keys(attributes);
  const changed = names.filter(
    (name) => attributes[name]!.kind !== "computed" && prior && !isDeepStrictEqual(prior[name], proposed[name]),
  );
  if (prior && changed.length === 0) return { plannedState: priorState };
  const drawn = names.filter((name) => attributes[name]!.kind === "computed").map((name) => [name, UNKNOWN]);
  return {
    plannedState: toWire({ ...proposed, ...Object.fromEntries(drawn) }),
    requiresReplace: changed.map((name) => ({ steps: [{ attributeName: name }] })),
  };
}

interface ApplyRequest extends OfType {
  readonly plannedState: DynamicValue;
}

function apply({ typeName, plannedState }: ApplyRequest): object {
  const planned = fromWire(plannedState);
  return { newState: toWire(planned && { ...planned, ...resourceType(typeName).draw(planned) }) };
}

function resourceType(name: string): ResourceType {
  const type = RESOURCE_TYPES[name];
  if (!type) throw new Error(`the stand-in for hashicorp/random has no ${name}`);
  return type;
}
