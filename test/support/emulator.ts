import { jsonDocument } from "./andamio-json";
import type { ProjectCopy } from "./project-copy";
import { succeeded } from "./run-command";

/**
 * Starts the copy's own emulator the way a user does. Without one no end-to-end test says anything, so this fails, with what
 * mends it, rather than skip them.
 * @returns its URL
 */
export async function startEmulator(copy: ProjectCopy): Promise<string> {
  const started = succeeded(await copy.andamio(["emulator", "start", "--json"]));
  return jsonDocument<{ url: string }>(started).url;
}
