import { AndamioError, ExitCode } from "../../engine/errors";
import { lockProviders } from "../../engine/toolchain/lock";
import { findProviderMirror, type ProviderMirror } from "../../engine/toolchain/provider-mirror";
import { LOCK_FILE } from "../../engine/stack-folders";
import { findTerraform } from "../../engine/toolchain/terraform-binary";
import type { Session } from "../session";

interface LockFlags {
  readonly upgrade?: boolean;
  readonly mirror?: boolean;
  readonly platform?: readonly string[];
}

/** `andamio lock` */
export async function lock(session: Session, _args: readonly never[], flags: LockFlags): Promise<ExitCode> {
  const { terminal, projectDir, env } = session;
  const { path: terraform } = await findTerraform({ env, projectDir });
  const project = await session.synthesize(undefined);
  const mirror = flags.mirror ? requireMirror(session) : undefined;
  const versions = await terminal.step("Locking the providers", (update) =>
    lockProviders({
      project,
      projectDir,
      terraform,
      env,
      mirror,
      upgrade: flags.upgrade,
      platforms: flags.platform,
      onLine: (line) => line.trim() && update(line.trim()),
    }),
  );
  const pinned = Object.entries(versions).map(([provider, version]) => `${provider} ${version}`);
  terminal.print(`Wrote ${LOCK_FILE}: ${pinned.join(", ")}. Commit it.`);
  terminal.document({ file: LOCK_FILE, versions });
  return ExitCode.done;
}

function requireMirror({ env, homeDir, projectDir }: Session): ProviderMirror {
  const mirror = findProviderMirror({ env, homeDir, projectDir });
  if (mirror) return mirror;
  throw new AndamioError({
    code: "NO_PROVIDER_MIRROR",
    message: "There is no local provider mirror on this machine.",
    fix: "Name one in ANDAMIO_PROVIDER_MIRROR, or leave out --mirror to ask the registry.",
    exitCode: ExitCode.usage,
  });
}
