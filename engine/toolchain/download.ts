import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** How far a download is. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  /** @default undefined: the server does not say */
  readonly totalBytes: number | undefined;
}

export interface DownloadOptions {
  /** Where the body is written; a file that is there is replaced. */
  readonly file: string;
  /** More than this is refused, before it is read where the server announces it. */
  readonly maxBytes: number;
  /** The longest time without a single byte. @default 30 */
  readonly stallSeconds?: number;
  /** Called for every piece that arrives. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Stops the download. */
  readonly signal?: AbortSignal;
}

/**
 * Downloads a file over HTTP or HTTPS, redirects included. A user and password in the URL are sent as basic
 * authentication.
 *
 * @returns the SHA-256 of what was written, in lower-case hexadecimal
 * @throws Error with a message for people, when the server cannot be reached, refuses, breaks off, stalls or sends too
 * much; the file is then incomplete or missing
 */
export async function download(url: string, options: DownloadOptions): Promise<string> {
  const stallSeconds = options.stallSeconds ?? 30;
  const stop = new AbortController();
  const abort = (): void => stop.abort(new Error("it was interrupted"));
  const stalled = new Error(`no data arrived for ${stallSeconds} s`);
  const timer = setTimeout(() => stop.abort(stalled), stallSeconds * 1000);
  options.signal?.addEventListener("abort", abort);
  if (options.signal?.aborted) abort();
  try {
    return await transfer(url, options, stop.signal, () => timer.refresh());
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : new Error(reasonOf(error), { cause: error });
  } finally {
    stop.abort(); // lets go of a body that was not read
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}

/** The URL without a user and password, for messages. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/@]*@/i, "$1");
}

async function transfer(
  url: string,
  { file, maxBytes, onProgress }: DownloadOptions,
  signal: AbortSignal,
  onData: () => void,
): Promise<string> {
  const response = await fetch(withoutCredentials(url), { headers: authorization(url), signal });
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status} ${response.statusText}`);
  const announced = Number(response.headers.get("content-length") ?? Number.NaN);
  const totalBytes = Number.isFinite(announced) && !response.headers.has("content-encoding") ? announced : undefined;
  const tooMuch = new Error(`it is larger than ${Math.round(maxBytes / 1024)} KiB`);
  if ((totalBytes ?? 0) > maxBytes) throw tooMuch;
  const hash = createHash("sha256");
  let receivedBytes = 0;
  const watch = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      onData();
      receivedBytes += chunk.length;
      if (receivedBytes > maxBytes) throw tooMuch;
      hash.update(chunk);
      onProgress?.({ receivedBytes, totalBytes });
      yield chunk;
    }
  };
  await pipeline(response.body, watch, createWriteStream(file), { signal });
  return hash.digest("hex");
}

function authorization(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  if (!username) return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

/** fetch says "fetch failed" and "terminated", and hides what happened in the cause. */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: Error & { errors?: readonly Error[] } };
  const inner = cause?.errors?.[0]?.message || cause?.message;
  return message === "terminated" ? `the connection broke off (${inner ?? message})` : (inner ?? message);
}
