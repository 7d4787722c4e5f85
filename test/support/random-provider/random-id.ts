import { randomBytes } from "node:crypto";

/** Values of a resource as Terraform sends them; what is not set is null. */
export type Values = Readonly<Record<string, unknown>>;

export interface Attribute {
  /** As Terraform's JSON spells types. */
  readonly type: "string" | "number" | readonly ["map", "string"];
  /** `computed` is what the provider draws; a change of any other replaces the resource. */
  readonly kind: "required" | "optional" | "computed";
}

export interface ResourceType {
  /** Of the schema: the real provider's, so that a state fits both. */
  readonly version: number;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Draws the computed values. */
  readonly draw: (arguments_: Values) => Values;
}

const COMPUTED: Attribute = { type: "string", kind: "computed" };

/** `random_id`, with the attributes of hashicorp/random 3.7.2. */
export const RANDOM_ID: ResourceType = {
  version: 0,
  attributes: {
    keepers: { type: ["map", "string"], kind: "optional" },
    byte_length: { type: "number", kind: "required" },
    prefix: { type: "string", kind: "optional" },
    id: COMPUTED,
    hex: COMPUTED,
    dec: COMPUTED,
    b64_std: COMPUTED,
    b64_url: COMPUTED,
  },
  draw: ({ byte_length, prefix }) => {
    const bytes = randomBytes(Number(byte_length));
    const front = typeof prefix === "string" ? prefix : "";
    const id = bytes.toString("base64url");
    const hex = bytes.toString("hex");
    return {
      id,
      hex: front + hex,
      dec: `${front}${BigInt(`0x${hex}`)}`,
      b64_std: front + bytes.toString("base64"),
      b64_url: front + id,
    };
  },
};
