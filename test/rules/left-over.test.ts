import { join } from "node:path";
import { loadEstate, UncheckableError } from "../../rules";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();
const write = (path: string, content: unknown): string => writeFile(join(folder, path), JSON.stringify(content));

describe("what an earlier run left behind", () => {
  const side = (tier: string): object => ({
    format_version: "1.0",
    environments: { dev: { tier, account: "111111111111", region: "eu-west-1" } },
    stacks: { "dev-data": { environment: "dev" } },
  });
  const judged = (path: string): unknown => {
    const { stacks, notes } = loadEstate(join(folder, path));
    return { stacks: stacks.map(({ id, tier }) => [id, tier]), notes };
  };

  beforeAll(() => {
    for (const stack of ["dev-data", "dev-old"]) {
      for (const out of ["stale", "manifest", "bare"]) write(`${out}/stacks/${stack}/cdk.tf.json`, { resource: {} });
    }
    write("stale/andamio.json", side("development"));
    write("manifest/manifest.json", { stacks: { "dev-data": {} } });
  });

  it("is not looked at, by the side file and by the manifest", () => {
    expect(judged("stale")).toEqual({
      stacks: [["dev-data", "development"]],
      notes: ["dev-old: left over from an earlier run, not looked at."],
    });
    expect(judged("stale/stacks")).toEqual(judged("stale"));
    expect(judged("manifest")).toMatchObject({ stacks: [["dev-data", "production"]] });
  });

  it("is judged as production where it is asked for, and where nothing tells, and it is said", () => {
    expect(judged("stale/stacks/dev-old")).toEqual({
      stacks: [["dev-old", "production"]],
      notes: [
        "dev-old: left over from an earlier run, the program makes no such stack.",
        "Nothing tells the tier of dev-old: judged as production.",
      ],
    });
    expect(judged("bare")).toEqual({
      stacks: [
        ["dev-data", "production"],
        ["dev-old", "production"],
      ],
      notes: ["Nothing tells the tier of dev-data, dev-old: judged as production."],
    });
  });

  it("is refused where it is all that there is", () => {
    write("over/stacks/dev-old/cdk.tf.json", { resource: {} });
    write("over/andamio.json", side("development"));
    expect(() => loadEstate(join(folder, "over"))).toThrow(
      "holds no stack that the program makes: dev-old is left over",
    );
  });

  it("is refused where its side file is not what andamio writes", () => {
    write("moon/stacks/dev-data/cdk.tf.json", {});
    const refused = (content: unknown): unknown => {
      write("moon/andamio.json", content);
      try {
        return loadEstate(join(folder, "moon"));
      } catch (error) {
        return (error as UncheckableError).code;
      }
    };
    expect([null, [], { format_version: "1.0" }, side("moon")].map(refused)).toEqual(
      Array(4).fill("SIDE_FILE_INVALID"),
    );
  });
});
