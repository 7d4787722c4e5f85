import { AndamioError } from "../engine/errors";

const NO_SPACE = "Make room there, and run it again.";
const NO_RIGHT = "Let this user read and write there, and run it again.";
const IN_PLACE = "What lies there is in the place of something else: move it away, and run it again.";

/** What a person can do about what the operating system answers. */
const FIXES: Readonly<Record<string, string>> = {
  ENOSPC: NO_SPACE,
  EDQUOT: NO_SPACE,
  EACCES: NO_RIGHT,
  EPERM: NO_RIGHT,
  EROFS: NO_RIGHT,
  EEXIST: IN_PLACE,
  EISDIR: IN_PLACE,
  ENOTDIR: IN_PLACE,
  EMFILE: "Let processes open more files (ulimit -n), and run it again.",
};

/** A file or folder that the machine refuses (a full disk, a read-only folder), which is no mistake of andamio's; undefined for any other error. */
export function refusedByMachine(error: NodeJS.ErrnoException): AndamioError | undefined {
  const fix = FIXES[error.code ?? ""];
  if (fix === undefined || error.syscall === undefined) return undefined;
  return new AndamioError({ code: "FILE_SYSTEM", message: error.message, where: error.path, fix, cause: error });
}
