import { SecurityGroup } from "../../modules/ec2";
import { Vpc } from "../../modules/vpc";
import { synthesized } from "../support/synthesized";

describe("something that exists already", () => {
  test("is taken in by an import block with its address and id, and is written as ever", () => {
    const written = (adopt: boolean): ReturnType<typeof synthesized> =>
      synthesized((stack) => {
        const vpc = new Vpc(stack, "vpc", {
          cidr: "10.0.0.0/16",
          availabilityZones: ["a", "b"],
          natGateways: "none",
        });
        const web = new SecurityGroup(stack, "web", { vpc });
        if (!adopt) return;
        vpc.resource.importFrom("vpc-0123456789abcdef0");
        web.resource.importFrom("sg-0123456789abcdef0");
      });
    const { json, resources } = written(true);
    expect(json["import"]).toEqual([
      { to: "aws_vpc.vpc", id: "vpc-0123456789abcdef0" },
      { to: "aws_security_group.web", id: "sg-0123456789abcdef0" },
    ]);
    expect(resources).toEqual(written(false).resources);
  });
});
