import fc from "fast-check";
import { literalsOf, referenceOf, referencesIn } from "../../rules/values/references";

describe("the reference that a text consists of", () => {
  it.each([
    ["${aws_vpc.main.id}", { address: "aws_vpc.main", attribute: "id" }],
    ["${ aws_vpc.main.id }", { address: "aws_vpc.main", attribute: "id" }],
    ["${data.aws_ami.web-1.id}", { address: "data.aws_ami.web-1", attribute: "id" }],
    ["${aws_subnet.a[0].id}", { address: "aws_subnet.a", instance: "[0]", attribute: "id" }],
    ['${aws_subnet.a["x"].id}', { address: "aws_subnet.a", instance: '["x"]', attribute: "id" }],
    ["${aws_subnet.a[count.index].id}", { address: "aws_subnet.a", instance: "[count.index]", attribute: "id" }],
    ["${aws_instance.a.network_interface[0].id}", { address: "aws_instance.a", attribute: "network_interface[0].id" }],
    ["${data.terraform_remote_state.net.outputs.vpc_id}", { address: "", remoteState: "net", attribute: "vpc_id" }],
    ['${data.terraform_remote_state.net.outputs["vpc-id"]}', { address: "", remoteState: "net", attribute: "vpc-id" }],
    [
      "${data.terraform_remote_state.cross-stack-reference-input-net.outputs.cross-stack-output-aws_vpcmain_4F2Aid}",
      {
        address: "",
        remoteState: "cross-stack-reference-input-net",
        attribute: "cross-stack-output-aws_vpcmain_4F2Aid",
      },
    ],
  ])("%s", (text, expected) => {
    expect(referenceOf(text)).toEqual(expected);
  });

  it.each([
    "aws_vpc.main.id",
    "$${aws_vpc.main.id}",
    "${aws_vpc.main}",
    "${aws_subnet.a[*].id}",
    "${aws_subnet.a.*.id}",
    "${aws_subnet.a[var.n].id}",
    "${element(aws_subnet.a[*].id, 0)}",
    "${aws_vpc.main.id}-x",
    "${aws_vpc.main.id}${aws_vpc.other.id}",
    "${var.vpc_id}",
    "${local.vpc_id}",
    "${module.net.vpc_id}",
    "${each.value}",
    '${"aws_vpc.main.id"}',
    "${var.on ? aws_vpc.main.id : null}",
  ])("is none in %s", (text) => {
    expect(referenceOf(text)).toBeUndefined();
  });
});

describe("what a text certainly holds", () => {
  it.each([
    ["web_${var.name}-a", "web_-a"],
    ['${join("_", [var.a, "${var.b}"])}-db', "-db"],
    ["$${not}-${var.a}", "$${not}-"],
    ["no template", ""],
    ["%{ if var.a }_%{ endif }${var.b}", ""],
  ])("of %s is %s", (text, literals) => expect(literalsOf(text)).toBe(literals));
});

describe("every reference in arguments", () => {
  const found = (value: unknown): string[] =>
    referencesIn(value).map(({ argument, reference }) => {
      const { address, remoteState, attribute } = reference;
      return `${argument}: ${remoteState ?? address}.${attribute}`;
    });

  it("is found in blocks, lists and expressions, with its argument", () => {
    const body = {
      subnet_ids: ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
      ebs: [{ kms_key_id: "${aws_kms_key.own.arn}" }],
      zone: "${coalesce(aws_subnet.a.availability_zone, var.zone)}",
      splat: "${aws_subnet.c[*].id}",
      remote: 'x-${data.terraform_remote_state.net.outputs["vpc"]}',
    };
    expect(found(body)).toEqual([
      "subnet_ids.0: aws_subnet.a.id",
      "subnet_ids.1: aws_subnet.b.id",
      "ebs.0.kms_key_id: aws_kms_key.own.arn",
      "zone: aws_subnet.a.availability_zone",
      "splat: aws_subnet.c.[*].id",
      "remote: net.vpc",
    ]);
  });

  it("is found in templates inside expressions", () => {
    expect(found({ policy: '${jsonencode({"Resource" = "${aws_s3_bucket.logs.arn}/*"})}' })).toEqual([
      "policy: aws_s3_bucket.logs.arn",
    ]);
  });

  it("is none in literal texts, in or outside of expressions, nor in orders", () => {
    const body = {
      a: "aws_vpc.main.id ${var.x}",
      b: '${format("aws_vpc.main.id %s", var.x)}',
      c: "$${aws_vpc.main.id} ${var.x}",
      depends_on: ["aws_vpc.main"],
      provider: "aws.us",
    };
    expect(found(body)).toEqual([]);
  });

  it("survives whatever is written", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("$", "{", "}", '"', "\\", "[", "]", "%", "a", ".", "_") }),
        (text) => {
          expect(Array.isArray(referencesIn({ text }))).toBe(true);
        },
      ),
    );
  });

  it("is found wherever it stands among literals", () => {
    const literal = fc.string({ unit: fc.constantFrom("a", " ", "/", "-", ":", '"') });
    fc.assert(
      fc.property(literal, literal, (before, after) => {
        expect(found({ a: `${before}\${aws_vpc.main.id}${after}` })).toEqual(["a: aws_vpc.main.id"]);
      }),
    );
  });
});
