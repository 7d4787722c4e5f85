import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { jsonDocument, planOf, type ErrorDocument } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { refused } from "../support/refused";
import { endedWith, succeeded, type CommandResult } from "../support/run-command";
import { makeDevSmall } from "../support/small-dev";

const APPLY_DEV = ["apply", "dev", "--emulator", "--auto-approve"];

const copy = projectCopy();

beforeAll(async () => {
  makeDevSmall(copy);
  await startEmulator(copy);
  succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
});

describe("two runs at once, and one that is interrupted", () => {
  const log = (): string => {
    const folder = copy.path(".andamio", "logs");
    const files = existsSync(folder) ? readdirSync(folder).map((run) => join(folder, run, "dev-network.log")) : [];
    return files
      .filter(existsSync)
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
  };
  const until = async (holds: () => boolean): Promise<void> => {
    const deadline = Date.now() + 120_000;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error(`It did not come about. The log is:\n${log()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  let first: Promise<CommandResult>;
  let secondIsDone = false;

  test("the second is refused while the first is at work, and is told who holds the lock", async () => {
    first = copy.andamio([...APPLY_DEV, "--json"], { interruptWhen: () => secondIsDone });
    try {
      await until(() => log().includes("aws_vpc.vpc: Creating..."));
      await refused(copy, ["apply", "dev", "network", "--emulator", "--auto-approve"], {
        code: "LOCK_HELD",
        exitCode: 6,
        says: /The state of dev-network is locked by \S+@\S+ \(OperationTypeApply, since \d{4}-/,
        fix: /--lock-timeout 5m.*force-unlock [0-9a-f-]{36}$/,
      });
    } finally {
      secondIsDone = true;
    }
  });

  test("Ctrl-C ends the first in good order with 130: it says how far it came, and what was not attempted", async () => {
    const result = endedWith(130, await first);
    const { error, stacks } = jsonDocument<{ error: ErrorDocument; stacks: { status: string }[] }>(result);
    expect(error).toMatchObject({ code: "INTERRUPTED", exit_code: 130 });
    expect(error.message).toMatch(/^Interrupted while dev-network was being applied, after \d+ of 20 changes:/);
    expect(error.fix).toMatch(/Run the same command again/);
    expect(stacks.map(({ status }) => status)).toEqual(["interrupted", "not-attempted"]);
    expect(result.stderr).toContain("waiting for terraform to stop in good order");
    expect(result.stderr).toContain("aws_vpc.vpc: Creating...");
  });

  test("the lock is released and the state is kept: the same command again completes what was begun", async () => {
    const applied = succeeded(
      await copy.andamio(["apply", "dev", "network", "--emulator", "--auto-approve", "--json"]),
    );
    expect(planOf(applied, "dev-network").status).toBe("changes");
    const planned = await copy.andamio(["plan", "dev", "network", "--emulator", "--detailed-exitcode"]);
    endedWith(0, planned);
  });
});
