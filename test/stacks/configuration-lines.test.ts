import { join } from "node:path";
import type { EnvironmentConfig } from "../../environments/config";
import { configurationLine, lineOfConfiguration } from "../../stacks/configuration-lines";
import { temporaryFolder, writeFile } from "../support/temporary-folder";

const folder = temporaryFolder();
const DEFINED_AT = Symbol.for("andamio/defined-at");

/** What a line of the call of `defineEnvironment` leaves in what it returns. */
function environmentAt(file: string, text: string, config: object = {}): EnvironmentConfig {
  const line = text.split("\n").findIndex((one) => one.includes("defineEnvironment(")) + 1;
  const column = (text.split("\n")[line - 1] ?? "").indexOf("defineEnvironment(") + 1;
  writeFile(join(folder, file), text);
  const stack = `Error\n    at Object.<anonymous> (${join(folder, file)}:${line}:${column})`;
  return { name: "dev", ...config, [DEFINED_AT]: { stack } } as unknown as EnvironmentConfig;
}

/** The text that a key's position shows, and its file. */
function shownAt(text: string, key: string, files: Record<string, string> = {}): string | undefined {
  for (const [file, content] of Object.entries(files)) writeFile(join(folder, file), content);
  const source = lineOfConfiguration(environmentAt("dev.ts", text), key, folder);
  const [, file = "", line, column] = /^(.*):(\d+):(\d+)$/.exec(source ?? "") ?? [];
  const content = file === "dev.ts" ? text : files[file];
  const shown = content?.split("\n")[Number(line) - 1]?.slice(Number(column) - 1);
  return shown === undefined ? undefined : `${file}: ${shown}`;
}

const KEY = "servers.app.rootVolume.iops";

describe("the line of a key", () => {
  test.each([
    ["written plainly", "servers: { app: { rootVolume: {\niops: 1 } } }", "dev.ts: 1 } } }"],
    ["with quoted and computed names", `"servers": { ["app"]: { [\`rootVolume\`]: {\niops: 1 } } }`, "dev.ts: 1 } } }"],
    [
      "as a type says",
      "servers: { app: { rootVolume: {\niops: 1 } as const } } satisfies object",
      "dev.ts: 1 } as const } } satisfies object",
    ],
    ["of a constant", "servers: { app: { rootVolume: {\niops: IOPS } } }", "dev.ts: IOPS } } }"],
    ["by a function that is nowhere to be seen", "servers: { app: { rootVolume:\nmade(1) } }", "dev.ts: made(1) } }"],
    ["by a choice", "servers: { app: { rootVolume:\nbig ? { iops: 1 } : {} } }", "dev.ts: big ? { iops: 1 } : {} } }"],
  ])("%s", (_what, own, expected) => {
    expect(shownAt(`defineEnvironment({}, { ${own}\n});`, KEY)).toBe(expected);
  });

  test("of an object that is spread, the last one that says it", () => {
    const text = `const one = { iops: 1 };\nconst two = { iops: 2 };
export const dev = defineEnvironment({}, { servers: { app: { rootVolume: { iops: 0, ...one, ...two } } } });`;
    expect(shownAt(text, KEY)).toBe("dev.ts: 2 };");
  });

  test("that an own function builds: where its value is written, there or in the call", () => {
    const text = `const volume = (iops: number) => ({ type: "gp3", iops });
function volumeOf(size: number) {\n  const unused = size;\n  return { type: "io2", iops: size };\n}
export const dev = defineEnvironment({}, { servers: {
  app: { rootVolume: volume(1) },\n  other: { rootVolume: volumeOf(2) },
} });`;
    expect(shownAt(text, KEY)).toBe("dev.ts: 1) },");
    expect(shownAt(text, "servers.app.rootVolume.type")).toBe(`dev.ts: "gp3", iops });`);
    expect(shownAt(text, "servers.other.rootVolume.iops")).toBe("dev.ts: 2) },");
    expect(shownAt(text, "servers.other.rootVolume.type")).toBe(`dev.ts: "io2", iops: size };`);
  });

  test("of another file, by whatever kind of import", () => {
    const files = {
      "named.ts": "export const volume = { iops: 1 };",
      "default.js": "export default { volume: { iops: 2 } };",
      "again/index.ts": `export { volume as again } from "../named";\nexport * from "../named";`,
    };
    const of = (importing: string, volume: string): string | undefined =>
      shownAt(`${importing}\ndefineEnvironment({}, { servers: { app: { rootVolume: ${volume} } } });`, KEY, files);
    expect(of(`import { volume as v } from "./named";`, "v")).toBe("named.ts: 1 };");
    expect(of(`import { volume } from "./named.js";`, "{ ...volume }")).toBe("named.ts: 1 };");
    expect(of(`import shared from "./default";`, "shared.volume")).toBe("default.js: 2 } };");
    expect(of(`import * as shared from "./named";`, "shared.volume")).toBe("named.ts: 1 };");
    expect(of(`import { again } from "./again";`, "again")).toBe("named.ts: 1 };");
    expect(of(`import { volume } from "./again";`, "volume")).toBe("named.ts: 1 };");
    expect(of(`import { volume } from "a-package";`, "volume")).toBe("dev.ts: volume } } });");
  });

  test("that only the base says, and of an environment that is defined inside something", () => {
    const base = "const base = {\nservers: { app: { rootVolume: { iops: 1 } } } };";
    expect(shownAt(`${base}\ndefineEnvironment(base, { network: {} });`, KEY)).toBe("dev.ts: 1 } } } };");
    expect(shownAt(`${base}\nexport default { all: [defineEnvironment({ ...base }, made())] };`, KEY)).toBe(
      "dev.ts: 1 } } } };",
    );
  });

  test("that nothing shows is that of the environment, in whatever language the file is", () => {
    expect(shownAt("const a = 1; defineEnvironment({}, {});", KEY)).toBe("dev.ts: defineEnvironment({}, {});");
    expect(shownAt("defineEnvironment({}, {}); %%%", KEY)).toBe("dev.ts: defineEnvironment({}, {}); %%%");
    const round = "const a = { ...b };\nconst b = { ...a };\n";
    expect(shownAt(`${round}defineEnvironment(a, b);`, KEY)).toContain("...a");
  });
});

describe("the key that a value comes from", () => {
  const keyOf = (config: object, argument: string, value: unknown, path = ""): string | undefined =>
    configurationLine({ servers: { app: config } } as never, "servers.app", { argument, value, path }, folder)?.key;

  test("has a name like the argument's", () => {
    expect(keyOf({ a: 20, rootVolume: { sizeGib: 20 } }, "root_block_device.0.volume_size", 20)).toBe(
      "servers.app.rootVolume.sizeGib",
    );
    expect(keyOf({ subnetCidrs: { private: { a: "10.0.0.0/29" } } }, "cidr_block", "10.0.0.0/29")).toBe(
      "servers.app.subnetCidrs.private.a",
    );
  });

  test("is none when another thing has the same number, and that text when it tells itself", () => {
    expect(keyOf({ maxSize: 100 }, "root_block_device.0.iops", 100)).toBeUndefined();
    expect(keyOf({ elasticIp: true }, "root_block_device.0.encrypted", true)).toBeUndefined();
    expect(
      keyOf({ rootVolume: { encrypted: false } }, "root_block_device.0.delete_on_termination", false),
    ).toBeUndefined();
    expect(keyOf({ ingress: { office: "203.0.113.0/33" } }, "cidr_ipv4", "203.0.113.0/33")).toBe(
      "servers.app.ingress.office",
    );
  });

  test("of several that say the same is the one that is named like the construct", () => {
    const config = { dataVolumes: { a: { iops: 100 }, b: { iops: 100 } } };
    expect(keyOf(config, "iops", 100, "dev-servers/app/b/Resource")).toBe("servers.app.dataVolumes.b.iops");
    expect(keyOf(config, "iops", 100, "dev-servers/app/a/Resource")).toBe("servers.app.dataVolumes.a.iops");
  });
});
