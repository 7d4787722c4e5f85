import type { Command, Option } from "commander";

/** Whether a variable says yes: `0`, `false` and nothing say no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

/** Lets a flag's value come from `ANDAMIO_<FLAG>` too: `--no-refresh` from `ANDAMIO_NO_REFRESH`. */
export function withVariable(option: Option): Option {
  return option.env(`ANDAMIO_${option.name().replaceAll("-", "_").toUpperCase()}`);
}

/**
 * The flags of a command as they were meant. Commander takes a variable that is there for a flag that is given, whatever it says:
 * `ANDAMIO_AUTO_APPROVE=false` would approve.
 */
export function flagsOf(command: Command, env: NodeJS.ProcessEnv): Record<string, unknown> {
  const flags: Record<string, unknown> = command.opts();
  for (const option of command.options) {
    const name = option.attributeName();
    if (command.getOptionValueSource(name) !== "env" || option.envVar === undefined) continue;
    const value = env[option.envVar];
    if (option.required ? value !== "" : isSet(value)) continue;
    flags[name] = option.negate ? true : option.defaultValue;
  }
  return flags;
}
