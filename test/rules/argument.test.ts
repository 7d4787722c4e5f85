import { covers } from "../../rules/values/argument";

it.each([
  ["root_block_device", "root_block_device.0.iops", true],
  ["root_block_device.iops", "root_block_device.0.iops", true],
  ["root_block_device.0.iops", "root_block_device.0.iops", true],
  ["ingress[0]", "ingress.0.from_port", true],
  ["ingress.0", "ingress.1.from_port", false],
  ["ingress.0.cidr_blocks", "ingress.0.cidr_blocks.3", true],
  ["ingress.0.cidr_blocks.1", "ingress.0.cidr_blocks.3", false],
  ["ebs.encrypted", "block_device_mappings.0.ebs.0.encrypted", false],
  ["root_block_device.0.iops", "root_block_device", false],
  ["iops", "iops_limit", false],
  ["ingress.0.from_port", "ingress.from_port", true],
])("%s covers %s: %s", (name, argument, expected) => {
  expect(covers(name, argument)).toBe(expected);
});
