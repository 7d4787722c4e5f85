import { decode, encode, ExtData } from "@msgpack/msgpack";
import type { Values } from "./random-id";

/** A value on Terraform's wire. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

/** What is not known before apply: of all MessagePack extensions, Terraform's values use this one. */
export const UNKNOWN = new ExtData(0, new Uint8Array([0]));

/** @returns null for what is not there: before its creation, or after its destruction */
export function fromWire(value: DynamicValue): Values | null {
  return decode(value.msgpack) as Values | null;
}

export function toWire(value: Values | null): DynamicValue {
  return { msgpack: encode(value) };
}
