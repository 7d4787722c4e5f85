import type { Resource } from "./resource";

/**
 * The account and the region of a resource, as a key. What nothing tells of is told apart by the provider: of two providers whose regions
 * are variables, nobody knows whether they are one, while what has one provider is in one place.
 */
export function placeKey({ account, region, body }: Resource, within: "account" | "region"): string[] {
  const provider = String(body.raw("provider") ?? "");
  const place = [account ?? provider];
  if (within === "region") place.push(region ?? provider);
  return place;
}
