import { existsSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  findProviderMirror,
  linkProviderMirror,
  lockedVersions,
  mirrorServes,
  unlinkProviderMirror,
  type FindProviderMirrorOptions,
} from "../../../engine/toolchain/provider-mirror";
import { temporaryFolder, writeFile } from "../../support/temporary-folder";

const AWS = "registry.terraform.io/hashicorp/aws";
const root = temporaryFolder();
let count = 0;

/** A machine with nothing on it: no home, no mirror, no system folders. */
function machine() {
  const base = join(root, String(++count));
  const env: NodeJS.ProcessEnv = { XDG_DATA_DIRS: join(base, "share") };
  const options = {
    env,
    homeDir: join(base, "home"),
    projectDir: join(base, "project"),
    platform: "linux_amd64",
    systemDirectories: [join(base, "opt")],
  };
  return {
    base,
    ...options,
    find: (more: Partial<FindProviderMirrorOptions> = {}) => findProviderMirror({ ...options, ...more }),
  };
}

function unpacked(mirror: string, version: string, platform = "linux_amd64", provider = AWS): string {
  writeFile(join(mirror, provider, version, platform, "terraform-provider"));
  return mirror;
}

function packed(mirror: string, version: string, platform = "linux_amd64"): string {
  writeFile(join(mirror, AWS, `terraform-provider-aws_${version}_${platform}.zip`));
  return mirror;
}

describe("findProviderMirror", () => {
  test("finds nothing on a machine without mirrors", () => {
    expect(machine().find()).toBeUndefined();
  });

  test("reads the unpacked and the packed layout, and sorts versions by number", () => {
    const { base, env, find } = machine();
    env.ANDAMIO_PROVIDER_MIRROR = packed(unpacked(unpacked(join(base, "m"), "5.100.0"), "5.99.1"), "6.0.0");
    writeFile(join(base, "m", AWS, "index.json"), "{}");
    expect(find()).toEqual({
      directory: join(base, "m"),
      source: "environment",
      versions: { "hashicorp/aws": ["5.99.1", "5.100.0", "6.0.0"] },
    });
  });

  test("takes ANDAMIO_PROVIDER_MIRROR before any other, a relative one from the project", () => {
    const { homeDir, projectDir, find, env } = machine();
    unpacked(join(homeDir, ".terraform.d", "plugins"), "5.100.0");
    unpacked(join(projectDir, "own"), "6.1.0");
    env.ANDAMIO_PROVIDER_MIRROR = "own";
    expect(find()).toMatchObject({ directory: join(projectDir, "own"), versions: { "hashicorp/aws": ["6.1.0"] } });
  });

  test.each([
    ["the project's terraform.d/plugins", "linux_amd64", "project/terraform.d/plugins"],
    ["~/.terraform.d/plugins", "linux_amd64", "home/.terraform.d/plugins"],
    ["~/.local/share", "linux_amd64", "home/.local/share/terraform/plugins"],
    ["XDG_DATA_DIRS", "linux_arm64", "share/terraform/plugins"],
    ["the application support of macOS", "darwin_arm64", "home/Library/Application Support/io.terraform/plugins"],
    ["%APPDATA%/terraform.d/plugins", "windows_amd64", "roaming/terraform.d/plugins"],
    ["%APPDATA%/HashiCorp/Terraform/plugins", "windows_amd64", "roaming/HashiCorp/Terraform/plugins"],
    ["a child of a system folder", "linux_amd64", "opt/providers"],
  ])("finds one in %s", (_place, platform, folder) => {
    const { base, env, find } = machine();
    env.APPDATA = join(base, "roaming");
    unpacked(join(base, folder), "5.100.0", platform);
    expect(find({ platform })).toEqual({
      directory: join(base, folder),
      source: "conventional",
      versions: { "hashicorp/aws": ["5.100.0"] },
    });
  });

  test("takes the first child of a system folder by name, and one that is a link too", () => {
    const { base, find } = machine();
    unpacked(join(base, "opt", "b"), "5.100.0");
    unpacked(join(base, "elsewhere"), "6.0.0");
    symlinkSync(join(base, "elsewhere"), join(base, "opt", "a"));
    expect(find()).toMatchObject({ directory: join(base, "opt", "a"), versions: { "hashicorp/aws": ["6.0.0"] } });
  });

  test("passes over a mirror that holds the provider for other platforms only", () => {
    const { base, find } = machine();
    unpacked(join(base, "opt", "a"), "5.100.0", "darwin_arm64");
    unpacked(join(base, "opt", "b"), "5.100.0");
    expect(find()?.directory).toBe(join(base, "opt", "b"));
  });

  test("ignores a provider folder that is a link, as Terraform does", () => {
    const { base, find } = machine();
    unpacked(join(base, "elsewhere"), "5.100.0");
    mkdirSync(join(base, "opt", "a", "registry.terraform.io", "hashicorp"), { recursive: true });
    symlinkSync(join(base, "elsewhere", AWS), join(base, "opt", "a", AWS));
    expect(find()).toBeUndefined();
  });

  test("names other registries' providers with their host, and gives no version where the platform lacks one", () => {
    const { base, env, find } = machine();
    const mirror = unpacked(join(base, "m"), "5.100.0");
    unpacked(mirror, "1.0.0", "linux_amd64", "example.com/team/thing");
    unpacked(mirror, "3.6.0", "windows_amd64", "registry.terraform.io/hashicorp/random");
    env.ANDAMIO_PROVIDER_MIRROR = mirror;
    expect(find()?.versions).toEqual({
      "example.com/team/thing": ["1.0.0"],
      "hashicorp/aws": ["5.100.0"],
      "hashicorp/random": [],
    });
  });

  test("says what a named mirror lacks", () => {
    const { base, env, projectDir, find } = machine();
    const explain = (named: string): string => {
      env.ANDAMIO_PROVIDER_MIRROR = named;
      try {
        return JSON.stringify(find());
      } catch (error) {
        const { code, message, why, fix } = error as Record<string, string>;
        return [code, message, why, fix].join("\n").replaceAll(base, "<base>");
      }
    };
    unpacked(join(projectDir, "mac"), "5.100.0", "darwin_arm64");
    expect(explain("nowhere")).toMatchInlineSnapshot(`
     "PROVIDER_MIRROR_INVALID
     ANDAMIO_PROVIDER_MIRROR names nowhere, which holds no hashicorp/aws for linux_amd64
     There is no such folder.
     Fill it: "terraform providers mirror -platform=linux_amd64 <base>/project/nowhere", or unset ANDAMIO_PROVIDER_MIRROR."
    `);
    expect(explain("mac")).toMatchInlineSnapshot(`
     "PROVIDER_MIRROR_INVALID
     ANDAMIO_PROVIDER_MIRROR names mac, which holds no hashicorp/aws for linux_amd64
     It holds hashicorp/aws for other platforms only.
     Fill it: "terraform providers mirror -platform=linux_amd64 <base>/project/mac", or unset ANDAMIO_PROVIDER_MIRROR."
    `);
    expect(explain("mac/registry.terraform.io")).toMatchInlineSnapshot(`
     "PROVIDER_MIRROR_INVALID
     ANDAMIO_PROVIDER_MIRROR names mac/registry.terraform.io, which holds no hashicorp/aws for linux_amd64
     It holds no provider.
     Name the folder above it: ANDAMIO_PROVIDER_MIRROR=<base>/project/mac"
    `);
  });
});

describe("linkProviderMirror", () => {
  const mirrorIn = (base: string) => {
    const directory = unpacked(join(base, "mirror"), "5.100.0");
    return { directory, source: "environment" as const, versions: { "hashicorp/aws": ["5.100.0"] } };
  };

  test("links the mirror where Terraform looks, twice with the same result", () => {
    const { base } = machine();
    const [stack, mirror] = [join(base, "stack"), mirrorIn(base)];
    expect([linkProviderMirror(stack, mirror), linkProviderMirror(stack, mirror)]).toEqual([true, true]);
    expect(existsSync(join(stack, "terraform.d/plugins", AWS, "5.100.0/linux_amd64"))).toBe(true);
  });

  test("replaces a link to elsewhere and one to nothing", () => {
    const { base } = machine();
    const [stack, mirror] = [join(base, "stack"), mirrorIn(base)];
    const link = join(stack, "terraform.d", "plugins");
    for (const stale of [base, join(base, "gone")]) {
      unlinkProviderMirror(stack);
      mkdirSync(join(stack, "terraform.d"), { recursive: true });
      symlinkSync(stale, link);
      expect(linkProviderMirror(stack, mirror)).toBe(true);
      expect(realpathSync(link)).toBe(mirror.directory);
    }
  });

  test("leaves a real folder of the user alone", () => {
    const { base } = machine();
    const [stack, mirror] = [join(base, "stack"), mirrorIn(base)];
    writeFile(join(stack, "terraform.d", "plugins", "own"));
    expect(linkProviderMirror(stack, mirror)).toBe(false);
    unlinkProviderMirror(stack);
    expect(readdirSync(join(stack, "terraform.d", "plugins"))).toEqual(["own"]);
  });

  test("is undone without touching the mirror or the rest of terraform.d", () => {
    const { base } = machine();
    const [stack, mirror] = [join(base, "stack"), mirrorIn(base)];
    linkProviderMirror(stack, mirror);
    writeFile(join(stack, "terraform.d", "other"));
    unlinkProviderMirror(stack);
    unlinkProviderMirror(stack);
    expect(readdirSync(join(stack, "terraform.d"))).toEqual(["other"]);
    linkProviderMirror(join(base, "second"), mirror);
    unlinkProviderMirror(join(base, "second"));
    expect(readdirSync(join(base, "second"))).toEqual([]);
    expect(lstatSync(join(mirror.directory, AWS, "5.100.0")).isDirectory()).toBe(true);
  });

  test("says where it cannot link", () => {
    const { base } = machine();
    const stack = writeFile(join(base, "a-file"));
    expect(() => linkProviderMirror(stack, mirrorIn(base))).toThrow(
      expect.objectContaining({ code: "PROVIDER_MIRROR_LINK_FAILED", where: join(stack, "terraform.d", "plugins") }),
    );
  });
});

describe("the lock file", () => {
  const text = `# This file is maintained automatically.
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0=",
  ]
}

provider "example.com/team/thing" {\r
  version = "1.2.3-beta1"\r
}
`;
  const mirror = (versions: Record<string, string[]>) => ({
    directory: "/m",
    source: "conventional" as const,
    versions,
  });

  test("is read provider by provider", () => {
    expect(lockedVersions(text)).toEqual({ "hashicorp/aws": "5.100.0", "example.com/team/thing": "1.2.3-beta1" });
    expect(lockedVersions("")).toEqual({});
  });

  test("is served by a mirror that has the pinned version, and by the registry for what the mirror does not hold", () => {
    expect(mirrorServes(mirror({ "hashicorp/aws": ["5.99.0", "5.100.0"] }), lockedVersions(text))).toBe(true);
  });

  test("is not served by a mirror that holds the provider in other versions or for other platforms", () => {
    expect(mirrorServes(mirror({ "hashicorp/aws": ["5.99.0"] }), lockedVersions(text))).toBe(false);
    const thing = { "hashicorp/aws": ["5.100.0"], "example.com/team/thing": [] };
    expect(mirrorServes(mirror(thing), lockedVersions(text))).toBe(false);
  });
});
