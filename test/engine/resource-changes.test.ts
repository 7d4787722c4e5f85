import { allowDestroyFlags, count, destructionText, resourceChanges } from "../../engine/resource-changes";

/** An entry of a plan's `resource_changes`. */
function planned(address: string, actions: readonly string[], more: object = {}, change: object = {}) {
  return { address, type: address.split(".")[0] ?? "", ...more, change: { actions, ...change } };
}

/** A plan with everything that one can do with a resource. */
const everything = resourceChanges({
  resource_changes: [
    planned("aws_vpc.kept", ["no-op"]),
    planned("aws_vpc.new", ["create"]),
    planned("aws_vpc.changed", ["update"], { previous_address: "aws_vpc.old" }),
    planned("aws_vpc.moved", ["no-op"], { previous_address: "aws_vpc.former" }),
    planned("aws_vpc.taken", ["no-op"], {}, { importing: { id: "vpc-1" } }),
    planned("aws_vpc.left", ["forget"]),
    planned("data.aws_ami.image", ["read"]),
    planned("aws_ebs_volume.gone", ["delete"]),
    planned("aws_db_instance.orders", ["delete", "create"], {}, { replace_paths: [["engine"], ["tags", 0]] }),
    planned("aws_db_instance.replica", ["create", "delete"], {}, { before: { replicate_source_db: "orders" } }),
  ],
});

test("what a plan does is told resource by resource, and nothing of what stays", () => {
  expect(everything).toEqual([
    { address: "aws_vpc.new", action: "create" },
    { address: "aws_vpc.changed", action: "update", previousAddress: "aws_vpc.old" },
    { address: "aws_vpc.moved", action: "move", previousAddress: "aws_vpc.former" },
    { address: "aws_vpc.taken", action: "import" },
    { address: "aws_vpc.left", action: "forget" },
    { address: "data.aws_ami.image", action: "read" },
    { address: "aws_ebs_volume.gone", action: "delete", destroysData: true },
    { address: "aws_db_instance.orders", action: "replace", destroysData: true, forcedBy: ["engine", "tags.0"] },
    { address: "aws_db_instance.replica", action: "replace" },
  ]);
});

test("it is counted as Terraform counts: a replacement twice", () => {
  expect(count(everything)).toEqual({ add: 3, change: 1, destroy: 3, move: 2, import: 1, forget: 1 });
});

test("a destruction says what forces it", () => {
  expect(everything.filter(({ destroysData }) => destroysData).map(destructionText)).toEqual([
    "aws_ebs_volume.gone would be deleted",
    "aws_db_instance.orders would be replaced: engine, tags.0 force it",
  ]);
});

test("the flags that allow it survive a shell", () => {
  const changes = ["aws_ebs_volume.gone", 'aws_ebs_volume.data["a"]'].map(
    (address) => ({ address, action: "delete" }) as const,
  );
  expect(allowDestroyFlags(changes)).toBe(
    `--allow-destroy aws_ebs_volume.gone --allow-destroy 'aws_ebs_volume.data["a"]'`,
  );
});
