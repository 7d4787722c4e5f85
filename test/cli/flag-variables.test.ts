import { Command, Option } from "commander";
import { flagsOf, withVariable } from "../../cli/flag-variables";

const FLAGS = ["--auto-approve", "--no-refresh", "--emulator [url]", "--lock-timeout <duration>"];

/** What a command takes its flags for, with these words and these variables. */
function flags(words: readonly string[], variables: Readonly<Record<string, string>>): Record<string, unknown> {
  const command = new Command();
  for (const words of FLAGS) command.addOption(withVariable(new Option(words)));
  command.addOption(withVariable(new Option("--shell <shell>").default("sh")));
  const before = process.env;
  // Commander reads it itself.
  process.env = { ...before, ...variables };
  try {
    return flagsOf(command.parse([...words], { from: "user" }), process.env);
  } finally {
    process.env = before;
  }
}

const PLAIN = { refresh: true, shell: "sh" };

test("a flag may come from its variable, a negative one from that of its own name", () => {
  const variables = {
    ANDAMIO_AUTO_APPROVE: "1",
    ANDAMIO_NO_REFRESH: "true",
    ANDAMIO_EMULATOR: "http://127.0.0.1:5000",
    ANDAMIO_LOCK_TIMEOUT: "0",
    ANDAMIO_SHELL: "fish",
  };
  expect(flags([], variables)).toEqual({
    autoApprove: true,
    refresh: false,
    emulator: "http://127.0.0.1:5000",
    lockTimeout: "0",
    shell: "fish",
  });
});

test.each(["0", "false", ""])("a variable that says %j is no flag", (no) => {
  const variables = { ANDAMIO_AUTO_APPROVE: no, ANDAMIO_NO_REFRESH: no, ANDAMIO_EMULATOR: no };
  expect(flags([], variables)).toEqual(PLAIN);
});

test("a variable that is empty leaves the default", () => {
  expect(flags([], { ANDAMIO_LOCK_TIMEOUT: "", ANDAMIO_SHELL: "" })).toEqual(PLAIN);
});

test("what is typed comes before what a variable says", () => {
  expect(flags(["--auto-approve"], { ANDAMIO_AUTO_APPROVE: "0" })).toEqual({ ...PLAIN, autoApprove: true });
});
