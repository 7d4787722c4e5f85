import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runningEmulator, startEmulator, stopEmulator, type EmulatorOptions } from "../../../engine/emulator/emulator";
import { temporaryFolder, writeFile, writeProgram } from "../../support/temporary-folder";

const started: string[] = [];
let count = 0;

// Before the folder goes, in which it is written which processes there are.
afterAll(() => Promise.all(started.map((projectDir) => stopEmulator({ projectDir }))));
const root = temporaryFolder();

/** A Python with a moto in it, whose emulator answers as the real one does; or listens, and never answers. */
function fakePython(file: string, answers: boolean): string {
  return writeProgram(
    file,
    `const args = process.argv.slice(2), fs = require("fs");
     if (args[0] === "-c") {
       console.log(JSON.stringify({ path: ${JSON.stringify(file)}, version: [3, 12], venv: true, moto: "5.2.1" }));
     } else {
       const health = JSON.stringify({ extension: true, boot_id: "boot-" + process.pid, pid: process.pid });
       const server = require("http").createServer((_request, response) => ${answers} && response.end(health));
       server.listen(0, "127.0.0.1", () => {
         const ready = args[args.indexOf("--ready-file") + 1];
         fs.writeFileSync(ready + ".new", JSON.stringify({ port: server.address().port }));
         fs.renameSync(ready + ".new", ready);
       });
     }`,
  );
}

function project({ answers = true } = {}): EmulatorOptions & { readonly file: (name: string) => string } {
  const projectDir = join(root, String(++count));
  mkdirSync(projectDir);
  started.push(projectDir);
  const env = { PATH: "", ANDAMIO_PYTHON: fakePython(join(projectDir, "python"), answers) };
  return { projectDir, packageDir: root, env, file: (name) => join(projectDir, ".andamio", "emulator", name) };
}

async function emulatorOfAnotherProject(): Promise<{ readonly port: number; readonly close: () => void }> {
  const health = JSON.stringify({ extension: true, boot_id: "another" });
  const server = createServer((_request, response) => response.end(health));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe("the project's own emulator", () => {
  test("is started once, found again, and gone when it was stopped", async () => {
    const options = project();
    const { url, started: first } = await startEmulator(options);
    expect(first).toBe(true);
    expect(await startEmulator(options)).toMatchObject({ url, started: false });
    expect(await runningEmulator(options)).toMatchObject({ url, source: "own", health: { extension: true } });
    expect(await stopEmulator(options)).toBe(true);
    expect(await runningEmulator(options)).toBeUndefined();
    expect(await stopEmulator(options)).toBe(false);
    expect(readdirSync(options.file("."))).toEqual(["emulator.log"]);
  });

  test("is one, however many start it at once", async () => {
    const options = project();
    const all = await Promise.all([1, 2, 3].map(() => startEmulator(options)));
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    expect(all.filter((each) => each.started)).toHaveLength(1);
  });

  test("is none where what is written of it is half of it", async () => {
    const options = project();
    writeFile(options.file("emulator.json"), '{"url": "http');
    expect(await runningEmulator(options)).toBeUndefined();
    expect(await stopEmulator(options)).toBe(false);
  });

  test("is not the one of another project that has its port now, which is left alone", async () => {
    const options = project();
    const another = await emulatorOfAnotherProject();
    const record = { url: `http://127.0.0.1:${another.port}`, pid: process.pid, bootId: "gone" };
    writeFile(options.file("emulator.json"), JSON.stringify(record));
    try {
      expect(await runningEmulator(options)).toBeUndefined();
      // This process has the number of the one that is gone: it would not come to the next line.
      expect(await stopEmulator(options)).toBe(false);
    } finally {
      another.close();
    }
  });

  test("leaves no process behind when its start is interrupted", async () => {
    const options = project({ answers: false });
    const signal = AbortSignal.timeout(1_000);
    await expect(startEmulator({ ...options, signal })).rejects.toMatchObject({ code: "INTERRUPTED", exitCode: 130 });
    const { port } = JSON.parse(readFileSync(options.file("ready.json"), "utf8")) as { port: number };
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow("fetch failed");
    expect(readdirSync(options.file("."))).not.toContain("start.lock");
  });
});
