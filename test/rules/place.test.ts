import type { Json } from "../../rules/values/block";
import { placeKey } from "../../rules/place";
import { estateOf } from "./fixtures/fixture";

/** The places of a topic with the default provider and of one with another. */
function places(standard: Json, other: Json): string[][] {
  const document = {
    provider: { aws: [standard, { alias: "other", ...other }] },
    resource: { aws_sns_topic: { here: {}, there: { provider: "aws.other" } } },
  };
  return estateOf({ document }).resources.map((resource) => placeKey(resource, "region"));
}

const ROLE = { assume_role: [{ role_arn: "${var.role}" }] };

it.each<[string, Json, Json]>([
  ["without credentials", {}, { region: "eu-west-1" }],
  ["with those of the default one", ROLE, { region: "eu-west-1", ...ROLE }],
])("takes a provider %s to be of the same account", (_case, standard, other) => {
  const [here, there] = places(standard, other);
  expect(there).toEqual(here);
});

it.each<[string, Json, Json]>([
  ["a profile of its own", {}, { region: "eu-west-1", profile: "audit" }],
  ["another role", ROLE, { region: "eu-west-1", assume_role: [{ role_arn: "${var.other}" }] }],
  ["a region that only Terraform knows", {}, { region: "${var.region}" }],
])("does not take a provider with %s to be of the same place", (_case, standard, other) => {
  const [here, there] = places(standard, other);
  expect(there).not.toEqual(here);
});
