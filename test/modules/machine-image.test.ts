import {
  amazonLinux,
  debian,
  ecsOptimized,
  existingKeyPair,
  ImageCopy,
  ImageFromInstance,
  imageId,
  Instance,
  KeyPair,
  marketplaceImage,
  rhel,
  ubuntu,
  windows,
  type ImageVersion,
  type MachineImage,
} from "../../modules/ec2";
import { existingVpc } from "../../modules/vpc";
import { synthesized, type Synthesized } from "../support/synthesized";

/** What is looked up for an instance type. */
function lookedUp(image: MachineImage, instanceType?: string): Synthesized["resources"] {
  return synthesized((stack) => void imageId(stack, image, instanceType)).resources;
}

describe("an image", () => {
  test("by its id is that image", () => {
    expect(lookedUp({ id: "ami-1" }, "t4g.small")).toEqual({});
  });

  test.each([
    ["t4g.small", amazonLinux(), "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64", "ec2-user"],
    ["t3.small", amazonLinux(), "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "ec2-user"],
    [
      "t4g.small",
      ubuntu("24.04"),
      "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
      "ubuntu",
    ],
    [
      "t3.small",
      ubuntu("22.04"),
      "/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id",
      "ubuntu",
    ],
    ["m7g.large", debian("12"), "/aws/service/debian/release/12/latest/arm64", "admin"],
    ["m7i.large", debian("13"), "/aws/service/debian/release/13/latest/amd64", "admin"],
    [
      "t3.large",
      windows("2025"),
      "/aws/service/ami-windows-latest/Windows_Server-2025-English-Full-Base",
      "Administrator",
    ],
    [
      "t3.large",
      windows("2022", "core"),
      "/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-Base",
      "Administrator",
    ],
    [
      "c7g.large",
      ecsOptimized(),
      "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
      "ec2-user",
    ],
    ["c7i.large", ecsOptimized(), "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id", "ec2-user"],
  ] as const)("for a %s is its publisher's newest, and tells who logs in (%#)", (type, image, name, loginUser) => {
    expect(lookedUp(image, type)).toEqual({ "data.aws_ssm_parameter.image": { name } });
    expect(image.loginUser).toBe(loginUser);
  });

  test("by a name is the newest of its owners that fits the instance type, with its filters in order", () => {
    const image: MachineImage = { owners: ["self"], name: "shop-web-*", filters: { "tag:Release": ["stable"] } };
    expect(lookedUp(image, "t4g.small")).toEqual({
      "data.aws_ami.image": {
        most_recent: true,
        owners: ["self"],
        filter: [
          { name: "architecture", values: ["arm64"] },
          { name: "name", values: ["shop-web-*"] },
          { name: "state", values: ["available"] },
          { name: "tag:Release", values: ["stable"] },
        ],
      },
    });
  });

  test("of Red Hat is paid by the hour, or brought", () => {
    const names = (image: MachineImage): unknown => lookedUp(image, "t3.small")["data.aws_ami.image"];
    expect(names(rhel("9"))).toMatchObject({
      owners: ["309956199498"],
      filter: expect.arrayContaining([{ name: "name", values: ["RHEL-9.*_HVM*-Hourly2-*"] }]) as unknown,
    });
    expect(names(rhel("10", "byol"))).toMatchObject({
      filter: expect.arrayContaining([{ name: "name", values: ["RHEL-10.*_HVM*-Access2-*"] }]) as unknown,
    });
  });

  test("of AWS Marketplace is found by its product code", () => {
    expect(
      lookedUp(marketplaceImage("abc123", { loginUser: "bitnami" }), "t3.small")["data.aws_ami.image"],
    ).toMatchObject({
      owners: ["aws-marketplace"],
      filter: expect.arrayContaining([{ name: "product-code", values: ["abc123"] }]) as unknown,
    });
  });

  test.each([
    [windows("2025"), "t4g.small", 'image must be arm64, as instance type "t4g.small" is, got one that is x86_64'],
    [
      { id: "ami-1", architecture: "arm64" },
      "t3.small",
      'image must be x86_64, as instance type "t3.small" is, got one that is arm64',
    ],
    [
      amazonLinux(),
      undefined,
      'image must say its architecture, because no instance type does, got ["arm64","x86_64"]',
    ],
    [{ owners: ["self"] }, "t3.small", "image must have a name or filters"],
    [
      { owners: ["somebody"], name: "*" },
      "t3.small",
      'image.owners must be "self", "amazon", "aws-marketplace" or the twelve digits of an account, got "somebody"',
    ],
  ] as const)("that cannot be meant is refused (%#)", (image, type, message) => {
    expect(() => lookedUp(image, type)).toThrow(message);
  });

  test("without an instance type is of the architecture that it says", () => {
    expect(lookedUp(windows("2025"))).toHaveProperty(["data.aws_ssm_parameter.image"]);
    expect(lookedUp({ owners: ["self"], name: "x", architecture: "arm64" })["data.aws_ami.image"]).toMatchObject({
      filter: expect.arrayContaining([{ name: "architecture", values: ["arm64"] }]) as unknown,
    });
  });
});

describe("images of an instance", () => {
  const images = (versions: Record<string, ImageVersion>, sharedWith?: string[]): Synthesized["resources"] =>
    synthesized((stack) => {
      const golden = new ImageFromInstance(stack, "golden", { instance: { id: "i-1" }, versions, sharedWith });
      stack.output("ids", Object.values(golden.images), "what instances take");
    }).resources;

  test("are taken by version, after a restart, and stay when the instance is another", () => {
    expect(images({ v1: {} })).toEqual({
      "aws_ami_from_instance.golden_v1": {
        name: "acme-dev-golden-v1",
        source_instance_id: "i-1",
        snapshot_without_reboot: false,
        lifecycle: { ignore_changes: ["source_instance_id"] },
        tags: { Name: "acme-dev-golden-v1" },
      },
    });
    expect(images({ v1: { reboot: false } })["aws_ami_from_instance.golden_v1"]).toMatchObject({
      snapshot_without_reboot: true,
    });
  });

  test("are not touched by a version that is added, nor by an account that may use them", () => {
    const before = images({ v1: {} }, ["222222222222"]);
    const after = images({ v2: {}, v1: {} }, ["333333333333", "222222222222"]);
    for (const address of Object.keys(before)) expect(after[address]).toEqual(before[address]);
    expect(before["aws_ami_launch_permission.golden_v1_shared_with_222222222222"]).toEqual({
      image_id: "${aws_ami_from_instance.golden_v1.id}",
      account_id: "222222222222",
    });
  });

  test("know who logs in and what they run on, where the instance tells", () => {
    synthesized((stack) => {
      const instance = { id: "i-1", loginUser: "ubuntu", props: { instanceType: "t4g.small" } };
      const { v1 } = new ImageFromInstance(stack, "golden", { instance, versions: { v1: {} } }).images;
      expect(v1).toMatchObject({ loginUser: "ubuntu", architecture: "arm64" });
      const vpc = existingVpc(stack, "vpc", {
        vpcId: "vpc-1",
        cidr: "10.0.0.0/16",
        subnets: { private: { a: "s-1" } },
      });
      expect(() => new Instance(stack, "app", { vpc, instanceType: "t3.small", image: v1 })).toThrow(
        'image must be x86_64, as instance type "t3.small" is, got one that is arm64',
      );
    });
  });

  test("are refused without a version, or for what is no account", () => {
    expect(() => images({}, ["me"])).toThrowErrorMatchingInlineSnapshot(`
     "ImageFromInstance "dev-test/golden" is invalid:
       - versions must name one or more, got none
       - sharedWith must name accounts by twelve digits, got "me""
    `);
  });
});

describe("a copy of an image", () => {
  test("is encrypted, in the region of its provider, and keeps who logs in", () => {
    let user: string | undefined;
    const { resources } = synthesized((stack) => {
      const copy = new ImageCopy(stack, "golden_us", {
        image: { id: "ami-1", loginUser: "ubuntu" },
        provider: stack.providerIn("us-east-1"),
        sharedWith: ["222222222222"],
      });
      user = copy.loginUser;
    });
    expect(user).toBe("ubuntu");
    expect(resources).toEqual({
      "aws_ami_copy.golden_us": {
        name: "acme-dev-golden-us",
        description: "acme-dev-golden-us",
        source_ami_id: "ami-1",
        source_ami_region: "eu-west-1",
        encrypted: true,
        provider: "aws.us-east-1",
        tags: { Name: "acme-dev-golden-us" },
      },
      "aws_ami_launch_permission.golden_us_shared_with_222222222222": {
        image_id: "${aws_ami_copy.golden_us.id}",
        account_id: "222222222222",
        provider: "aws.us-east-1",
      },
    });
  });
});

describe("a copy of an image from another region", () => {
  const copy = (sourceRegion?: string, environment = {}): Synthesized["resources"] =>
    synthesized((stack) => {
      new ImageCopy(stack, "copy", { image: { id: "ami-1" }, sourceRegion, encrypted: false });
    }, environment).resources;

  test("says which, and may be as it was: not encrypted", () => {
    expect(copy("us-east-1")["aws_ami_copy.copy"]).toMatchObject({ source_ami_region: "us-east-1", encrypted: false });
  });

  test("is refused where nobody knows it", () => {
    expect(() => copy(undefined, { region: "" })).toThrow(
      "sourceRegion must be the region that the image is in, got none",
    );
  });
});

describe("a key pair", () => {
  test("that exists is known by its name", () => {
    expect(existingKeyPair("ops")).toEqual({ name: "ops" });
  });

  test("refuses a private key without repeating it", () => {
    const key = "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret";
    const make = (): unknown => synthesized((stack) => void new KeyPair(stack, "key", { publicKey: key }));
    expect(make).toThrow('KeyPair "dev-test/key" is invalid:\n  - publicKey is a private key');
    expect(make).not.toThrow("secret");
  });
});
