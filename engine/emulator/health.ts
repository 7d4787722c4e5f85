import { AndamioError, ExitCode } from "../errors";

/** What an emulator says of itself. */
export interface EmulatorHealth {
  /** True when Andamio's extension is loaded: plain moto lacks some of what the AWS provider asks for. */
  readonly extension: boolean;
  /** Changes with every start: state kept in an earlier one is gone. Plain moto has none. */
  readonly bootId?: string;
  readonly pid?: number;
  readonly motoVersion?: string;
}

const PROBE_TIMEOUT_MS = 3_000;

/**
 * Asks whether an AWS emulator answers at `url`. Terraform itself waits for more than a minute where nothing listens.
 * @param signal ends the asking
 * @returns undefined when none does
 */
export async function emulatorHealth(url: string, signal?: AbortSignal): Promise<EmulatorHealth | undefined> {
  const own = await get(`${url}/andamio/health`, signal);
  if (own?.ok) {
    const text = await own.text();
    try {
      const health = JSON.parse(text) as { extension?: boolean; boot_id?: string; pid?: number; moto_version?: string };
      if (health.extension !== undefined) {
        const { extension, boot_id: bootId, pid, moto_version: motoVersion } = health;
        return { extension, bootId, pid, motoVersion };
      }
    } catch {
      // Something else answers on this path: plain moto does, with a page of its own.
    }
  }
  const plain = await get(`${url}/moto-api/`, signal);
  return plain?.ok ? { extension: false } : undefined;
}

/** @param url where nothing answers */
export function emulatorUnreachable(url: string): AndamioError {
  return new AndamioError({
    code: "EMULATOR_UNREACHABLE",
    message: `No AWS emulator answers at ${url}.`,
    fix: "Start it with npx andamio emulator start, or unset ANDAMIO_EMULATOR to work on AWS.",
    exitCode: ExitCode.usage,
  });
}

async function get(url: string, stop: AbortSignal | undefined): Promise<Response | undefined> {
  const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    return await fetch(url, { signal: stop ? AbortSignal.any([stop, timeout]) : timeout });
  } catch {
    return undefined;
  }
}
