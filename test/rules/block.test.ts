import { Block, UnknownValueError } from "../../rules";

const unknown = expect.any(UnknownValueError) as unknown;
const read = (value: () => unknown): unknown => {
  try {
    return value();
  } catch (error) {
    return error;
  }
};

describe("a value", () => {
  it.each([
    [true, true],
    ["true", true],
    ["1", true],
    [false, false],
    ["false", false],
    ["", undefined],
    [null, undefined],
    ["${var.x}", unknown],
  ])("%j is as a boolean %j", (written, expected) => {
    expect(read(() => new Block({ a: written }).boolean("a"))).toEqual(expected);
  });

  it.each([
    [20, 20],
    ["20", 20],
    ["", undefined],
    [" ", undefined],
    ["gp3", undefined],
    [null, undefined],
    ["${var.x}", unknown],
    ["$${var.x}", undefined],
  ])("%j is as a number %j", (written, expected) => {
    expect(read(() => new Block({ a: written }).number("a"))).toEqual(expected);
  });

  it.each([
    ["a", "a"],
    [20, "20"],
    ["$${x}", "$${x}"],
    ["$$${x}", "$$${x}"],
    ["%%{ if x }", "%%{ if x }"],
    ["%{ if x }a%{ endif }", unknown],
    ["a-${x}", unknown],
    ["${x}", unknown],
  ])("%j is as a text %j", (written, expected) => {
    expect(read(() => new Block({ a: written }).string("a"))).toEqual(expected);
  });

  it.each([
    [undefined, false],
    [null, false],
    ["", false],
    [[], false],
    [0, true],
    ["a", true],
    ["${aws_kms_key.own.arn}", true],
    ["${data.aws_kms_key.own.arn}", true],
    ["${var.key}", unknown],
    ['${var.on ? "a" : null}', unknown],
  ])("%j is set: %j", (written, expected) => {
    expect(read(() => new Block({ a: written }).has("a"))).toEqual(expected);
  });

  it("names what is not known in full", () => {
    const block = new Block({ ebs: [{}, { iops: "${var.iops}" }] }, "mappings.0");
    expect(() => block.blocks("ebs")[1]?.number("iops")).toThrow("mappings.0.ebs.1.iops is not known yet");
  });
});

describe("a list", () => {
  it("is a text or texts", () => {
    expect(new Block({ a: "x" }).strings("a")).toEqual(["x"]);
    expect(new Block({ a: ["x", 1] }).strings("a")).toEqual(["x", "1"]);
    expect(new Block({}).strings("a")).toEqual([]);
  });

  it("hides no known element behind one that is not", () => {
    const elements = new Block({ a: ["${var.x}", "y"] }).list("a");
    expect(elements.map(([list, name]) => read(() => list.string(name)))).toEqual([unknown, "y"]);
    expect(elements.map(([list, name]) => list.argument(name))).toEqual(["a.0", "a.1"]);
  });

  it("that is a reference is one element that cannot be read", () => {
    const [[list, name] = [new Block({}), ""]] = new Block({ a: "${var.list}" }).list("a");
    expect(read(() => list.string(name))).toEqual(unknown);
  });
});

describe("blocks", () => {
  it("are a block or a list of blocks", () => {
    const paths = (a: unknown): string[] => new Block({ a }).blocks("a").map(({ path }) => path);
    expect(paths({ x: 1 })).toEqual(["a.0"]);
    expect(paths([{ x: 1 }, { x: 2 }])).toEqual(["a.0", "a.1"]);
    expect(paths(undefined)).toEqual([]);
    expect(paths(null)).toEqual([]);
  });

  it("that a known list generates have the content that is known", () => {
    const dynamic = { a: { for_each: ["p", "q"], content: { iops: 100, name: "${a.value}" } } };
    for (const written of [dynamic, [dynamic], { a: [dynamic.a] }]) {
      const [block] = new Block({ dynamic: written }).blocks("a");
      expect(block?.number("iops")).toBe(100);
      expect(read(() => block?.string("name"))).toEqual(unknown);
      expect(block?.argument("iops")).toBe("dynamic.a.content.iops");
    }
  });

  it("that an empty list generates are none", () => {
    expect(new Block({ dynamic: { a: { for_each: [], content: { iops: 100 } } } }).blocks("a")).toEqual([]);
  });

  it("that something unknown generates cannot be read, and hide none that is written", () => {
    const block = new Block({ a: { iops: 100 }, dynamic: { a: { for_each: "${var.x}", content: { iops: 200 } } } });
    expect(block.blocks("a").map((one) => read(() => one.number("iops")))).toEqual([100, unknown]);
  });
});
