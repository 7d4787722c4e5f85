import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findMoto, installMoto } from "../../../engine/toolchain/python";
import { temporaryFolder, writeFile, writeProgram } from "../../support/temporary-folder";

const root = temporaryFolder();
let count = 0;

interface Fake {
  /** The moto that it imports once `pip install` ran, or from the start. */
  readonly moto?: string;
  readonly version?: readonly [number, number];
  readonly venv?: boolean;
  /** The path that it says it has, as an interpreter behind a shim does. */
  readonly path?: string;
  /** What pip does in the environments that it makes. */
  readonly pip?: "installs" | "fails" | "hangs" | "installs nothing";
}

/** A program that answers as a Python interpreter does, and notes what it was told. */
function fakePython(path: string, journal: string, fake: Fake): string {
  const { moto = null, version = [3, 12], venv = true, pip = "installs" } = fake;
  return writeProgram(
    path,
    `const fs = require("fs"), { dirname, join } = require("path");
     const args = process.argv.slice(2), self = ${JSON.stringify(path)};
     fs.appendFileSync(${JSON.stringify(journal)}, self + " " + args.filter((each) => !each.includes("\\n")).join(" ") + "\\n");
     if (args[0] === "-c") {
       const installed = fs.existsSync(self + ".installed") ? "5.2.1" : ${JSON.stringify(moto)};
       const moto = args.includes("moto") ? installed : null;
       const facts = { path: ${JSON.stringify(fake.path ?? path)}, version: ${JSON.stringify(version)}, venv: ${venv}, moto };
       console.log("a line of a shim\\n" + JSON.stringify(facts));
     } else if (args[1] === "venv") {
       console.log("making", args[2]);
       fs.mkdirSync(join(args[2], "bin"), { recursive: true });
       const text = fs.readFileSync(self, "utf8").replace(/self = ".*?"/, "self = " + JSON.stringify(join(args[2], "bin/python")));
       fs.writeFileSync(join(args[2], "bin", "python"), text, { mode: 0o755 });
     } else if (args[1] === "pip") {
       console.log("Collecting", fs.readFileSync(args.at(-1), "utf8").trim(), "from", process.env.PIP_INDEX_URL);
       console.log("PYTHONPATH is", process.env.PYTHONPATH);
       if (${JSON.stringify(pip)} === "fails") { console.error("ERROR: No matching distribution found"); process.exit(1); }
       if (${JSON.stringify(pip)} === "hangs") setTimeout(() => {}, 60000);
       if (${JSON.stringify(pip)} === "installs") fs.writeFileSync(self + ".installed", "");
     }`,
  );
}

/** A machine with a PATH of one folder, and a project. */
function machine() {
  const base = join(root, String(++count));
  const projectDir = join(base, "project");
  const env: NodeJS.ProcessEnv = { PATH: [join(base, "bin"), "/nowhere"].join(delimiter) };
  const journal = writeFile(join(base, "journal"));
  mkdirSync(projectDir);
  return {
    base,
    env,
    projectDir,
    venv: join(projectDir, ".andamio", "emulator", "venv"),
    python: (name: string, fake: Fake = {}) => fakePython(join(base, name), journal, fake),
    told: () => readFileSync(journal, "utf8").replaceAll(base, "<base>").split("\n").filter(Boolean),
    find: () => findMoto({ env, projectDir }),
    install: (more = {}) => {
      const requirementsFile = writeFile(join(projectDir, "emulator", "requirements.txt"), "moto[server]==5.2.1\n");
      return installMoto({ env, projectDir, requirementsFile, ...more });
    },
  };
}

describe("findMoto", () => {
  test("finds nothing where there is neither Python nor moto", async () => {
    await expect(machine().find()).resolves.toBeUndefined();
  });

  test("asks the Python on the PATH once, and gives the interpreter behind a shim", async () => {
    const { python, find, told } = machine();
    python("bin/python3", { moto: "5.2.1", path: "/real/python3.12" });
    await expect(find()).resolves.toEqual({
      python: "/real/python3.12",
      version: "5.2.1",
      source: "path",
      extension: true,
    });
    expect(told()).toEqual(["<base>/bin/python3 -c moto"]);
  });

  test("prefers ANDAMIO_PYTHON, then the private environment, then what moto_server belongs to, then the PATH", async () => {
    const { env, base, python, find, told } = machine();
    env.ANDAMIO_PYTHON = python("own/python");
    python("project/.andamio/emulator/venv/bin/python");
    writeProgram(join(base, "bin", "moto_server"), "");
    writeFile(join(base, "bin", "moto_server"), `#!${python("tools/python3.12")} -s\nimport moto.server\n`);
    python("bin/python3");
    python("bin/python", { moto: "5.2.0" });
    await expect(find()).resolves.toMatchObject({ python: join(base, "bin", "python") });
    expect(told()).toEqual([
      "<base>/own/python -c moto",
      "<base>/project/.andamio/emulator/venv/bin/python -c moto",
      "<base>/tools/python3.12 -c moto",
      "<base>/bin/python3 -c moto",
      "<base>/bin/python -c moto",
    ]);
  });

  test.each(["own", "project"])("says where the interpreter is from: %s", async (kind) => {
    const { env, python, find } = machine();
    const path = kind === "own" ? "own/python" : "project/.andamio/emulator/venv/bin/python";
    const program = python(path, { moto: "5.2.1" });
    if (kind === "own") env.ANDAMIO_PYTHON = program;
    const source = kind === "own" ? "environment" : "project";
    await expect(find()).resolves.toEqual({ python: program, version: "5.2.1", source, extension: true });
  });

  test.each([
    ["a console script of pip", (python: string) => `#!${python}\nfrom moto.server import main\n`],
    ["one with an interpreter's option", (python: string) => `#! ${python} -sE\n`],
    ["one of a long path", (python: string) => `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''\n`],
    ["one of a long path without quotes", (python: string) => `#!/bin/sh\n'''exec' ${python} "$0" "$@"\n' '''\n`],
  ])("finds the interpreter of moto_server: %s", async (_case, script) => {
    const { base, python, find } = machine();
    const program = python("pipx/venvs/moto/bin/python", { moto: "5.2.1" });
    writeProgram(join(base, "bin", "moto_server"), "");
    writeFile(join(base, "bin", "moto_server"), script(program));
    await expect(find()).resolves.toMatchObject({ python: program, source: "path" });
  });

  test("finds the interpreter that env finds for moto_server", async () => {
    const { base, python, find } = machine();
    writeProgram(join(base, "bin", "moto_server"), "");
    writeFile(join(base, "bin", "moto_server"), "#!/usr/bin/env python3.11\n");
    const program = python("bin/python3.11", { moto: "5.2.1" });
    await expect(find()).resolves.toMatchObject({ python: program });
  });

  test("finds the interpreter beside the file that moto_server is a link to", async () => {
    const { base, python, find } = machine();
    const program = python("pipx/venvs/moto/bin/python3", { moto: "5.2.1" });
    writeProgram(join(base, "pipx/venvs/moto/bin/moto_server"), "");
    mkdirSync(join(base, "bin"));
    symlinkSync(join(base, "pipx/venvs/moto/bin/moto_server"), join(base, "bin", "moto_server"));
    await expect(find()).resolves.toMatchObject({ python: program, extension: true });
  });

  test("takes moto_server without the extension where no interpreter imports it", async () => {
    const { base, python, find } = machine();
    python("bin/python3");
    const server = writeProgram(join(base, "bin", "moto_server"), 'process.exit(process.argv[2] === "--help" ? 0 : 1)');
    await expect(find()).resolves.toEqual({ server, source: "path", extension: false });
  });

  test("takes neither a moto of another version nor a moto_server that does not run", async () => {
    const { base, python, find } = machine();
    python("bin/python3", { moto: "4.2.14" });
    python("bin/python", { moto: "5.3.0" });
    writeProgram(join(base, "bin", "moto_server"), "process.exit(1)");
    await expect(find()).resolves.toBeUndefined();
  });

  test("passes over a Python that does not run or answers something else", async () => {
    const { base, python, find } = machine();
    writeProgram(join(base, "bin", "python3"), "process.exit(49)");
    writeProgram(join(base, "bin", "moto_server"), 'console.log("hello")');
    const program = python("bin/python", { moto: "5.2.1" });
    await expect(find()).resolves.toMatchObject({ python: program });
  });

  test("says when ANDAMIO_PYTHON names nothing", async () => {
    const { env, find } = machine();
    env.ANDAMIO_PYTHON = "python9";
    await expect(find()).rejects.toMatchObject({
      code: "PYTHON_MISSING",
      message: "ANDAMIO_PYTHON names python9, and there is no such executable",
    });
  });
});

describe("installMoto", () => {
  test("makes a private environment with the caller's pip settings, line by line, which findMoto then finds", async () => {
    const { env, python, venv, find, install } = machine();
    python("bin/python3");
    Object.assign(env, { PIP_INDEX_URL: "https://index.example/simple", PYTHONPATH: "/elsewhere" });
    const lines: string[] = [];
    const runtime = { python: join(venv, "bin", "python"), version: "5.2.1", source: "project", extension: true };
    await expect(install({ onProgress: (line: string) => lines.push(line) })).resolves.toEqual(runtime);
    expect(lines).toEqual([
      `making ${venv}`,
      "Collecting moto[server]==5.2.1 from https://index.example/simple",
      "PYTHONPATH is undefined",
    ]);
    await expect(find()).resolves.toMatchObject({ source: "project", version: "5.2.1" });
  });

  test("passes over a Python that is too old, and replaces an environment that is broken", async () => {
    const { python, venv, install } = machine();
    python("bin/python3", { version: [3, 9] });
    python("bin/python", { version: [3, 10] });
    writeFile(join(venv, "bin", "half"));
    await expect(install()).resolves.toMatchObject({ source: "project" });
    expect(existsSync(join(venv, "bin", "half"))).toBe(false);
  });

  test("says which Pythons there are, and why none will do", async () => {
    const { base, python, install } = machine();
    python("bin/python3", { version: [3, 11], venv: false });
    python("bin/python", { version: [2, 7] });
    await expect(install()).rejects.toMatchObject({
      code: "PYTHON_MISSING",
      message: "The emulator needs Python 3.10 or newer, and none was found",
      where:
        `${base}/bin/python3 is Python 3.11 without the venv module (on Debian and Ubuntu: apt install python3-venv); ` +
        `${base}/bin/python is Python 2.7`,
    });
  });

  test("uses the Python that ANDAMIO_PYTHON names, and no other", async () => {
    const { env, python, install } = machine();
    python("bin/python3");
    env.ANDAMIO_PYTHON = python("old/python", { version: [3, 8] });
    await expect(install()).rejects.toMatchObject({
      code: "PYTHON_MISSING",
      where: `${env.ANDAMIO_PYTHON} is Python 3.8`,
    });
  });

  test.each([
    ["fails", /\nERROR: No matching distribution found\nexit code 1$/],
    ["installs nothing", /^pip reported success, but the environment cannot import moto.server$/],
  ] as const)("removes the environment and says why when pip %s", async (pip, why) => {
    const { python, projectDir, install } = machine();
    python("bin/python3", { pip });
    await expect(install()).rejects.toMatchObject({
      code: "EMULATOR_INSTALL_FAILED",
      message: "The emulator (moto) could not be installed",
      why: expect.stringMatching(why),
      fix: expect.stringContaining(`python3 -m pip install -r ${join(projectDir, "emulator", "requirements.txt")}`),
      exitCode: 1,
    });
    expect(readdirSync(join(projectDir, ".andamio", "emulator"))).toEqual([]);
  });

  test("stops when it is told to, with the exit code of an interruption, and leaves nothing", async () => {
    const { python, projectDir, install } = machine();
    python("bin/python3", { pip: "hangs" });
    const stop = new AbortController();
    const onProgress = (line: string): void => (line.startsWith("Collecting") ? stop.abort() : undefined);
    await expect(install({ signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: "EMULATOR_INSTALL_FAILED",
      message: "The installation of the emulator was interrupted",
      exitCode: 130,
    });
    expect(readdirSync(join(projectDir, ".andamio", "emulator"))).toEqual([]);
  });
});
