/** A file of `cloud-config`: its keys are cloud-init's modules. https://cloudinit.readthedocs.io/en/latest/reference/modules.html */
export type CloudConfig = Readonly<Record<string, unknown>>;

/** What the web server of `UserData.webServer` is, and shows. */
export interface WebServerOptions {
  /**
   * Family of the image: `amazon-linux` installs Apache as `httpd`, `ubuntu` (and Debian) as `apache2`.
   * @default "amazon-linux"
   */
  readonly distribution?: "amazon-linux" | "ubuntu";
  /**
   * The start page, HTML.
   * @default a page that says that it works
   */
  readonly page?: string;
}

type ContentType = "text/x-shellscript" | "text/cloud-config" | "multipart/mixed";

/** Packages and services by the family of the image. */
const WEB_SERVERS = { "amazon-linux": "httpd", ubuntu: "apache2" } as const;

const BOUNDARY = "==andamio-user-data==";

/**
 * What an instance runs at its first start, as root. Attributes of other resources may stand anywhere in it; every other `${` is the shell's.
 * It is in the state in clear text and readable on the instance: no secrets.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 *
 * @example
 * const userData = UserData.multipart({
 *   packages: UserData.cloudConfig({ package_update: true, packages: ["git"] }),
 *   start: UserData.script(`aws s3 cp s3://${bucket.name}/start.sh - | sh`),
 * });
 */
export class UserData {
  private constructor(
    /** As Terraform takes it. */
    readonly text: string,
    private readonly contentType: ContentType,
    /** Whether the instance gets it compressed. */
    readonly isCompressed = false,
  ) {}

  /**
   * A shell script.
   * @param script with or without its `#!` line; without one, bash runs it and stops at the first error
   */
  static script(script: string): UserData {
    const text = script.startsWith("#!") ? script : `#!/bin/bash\nset -euo pipefail\n${script}`;
    return new UserData(escaped(text), "text/x-shellscript");
  }

  /** What cloud-init is to do: packages, files, users, commands. It is written as JSON, which cloud-init reads as the YAML that it is. */
  static cloudConfig(config: CloudConfig): UserData {
    return new UserData(escaped(`#cloud-config\n${JSON.stringify(config, undefined, 2)}\n`), "text/cloud-config");
  }

  /** An Apache web server that starts with the instance and shows one page, on port 80. */
  static webServer(options: WebServerOptions = {}): UserData {
    const { distribution = "amazon-linux", page = "<!doctype html><title>It works</title><h1>It works</h1>\n" } =
      options;
    const server = WEB_SERVERS[distribution];
    return UserData.cloudConfig({
      package_update: true,
      packages: [server],
      write_files: [{ path: "/var/www/html/index.html", content: page, permissions: "0644" }],
      runcmd: [["systemctl", "enable", "--now", server]],
    });
  }

  /**
   * Several parts in one, in the order in which they are given: scripts run in that order.
   * @param parts by a name of your own, which is the name of the file on the instance
   * @throws Error for a part that is compressed or has parts itself
   */
  static multipart(parts: Readonly<Record<string, UserData>>): UserData {
    const sections = Object.entries(parts).map(([name, part]) => {
      if (part.isCompressed || part.contentType === "multipart/mixed")
        throw new Error(
          `The part "${name}" of user data is compressed or has parts itself: give its script or cloud-config`,
        );
      const header = `Content-Type: ${part.contentType}; charset="utf-8"\nContent-Disposition: attachment; filename="${name}"`;
      return `--${BOUNDARY}\n${header}\n\n${part.text}\n`;
    });
    const head = `Content-Type: multipart/mixed; boundary="${BOUNDARY}"\nMIME-Version: 1.0\n\n`;
    return new UserData(`${head}${sections.join("")}--${BOUNDARY}--\n`, "multipart/mixed");
  }

  /**
   * What a plain text means: the same text, in which `${` is the shell's.
   * @param userData text, or what this class made
   */
  static of(userData: string | UserData): UserData {
    return typeof userData === "string" ? new UserData(escaped(userData), "text/x-shellscript") : userData;
  }

  /**
   * The same, compressed: cloud-init unpacks it. For what is over 16,384 bytes; AWS counts it compressed. Terraform compresses it, so that
   * attributes of other resources may still stand in it.
   */
  compressed(): UserData {
    return new UserData(this.text, this.contentType, true);
  }
}

/** Terraform takes `${` and `%{` for its own: what is not a reference of this program is meant for the shell. */
export function escaped(text: string): string {
  return text.replace(/(?<!\$)\$\{(?!TfToken\[)/g, "$$$${").replace(/(?<!%)%\{/g, "%%{");
}
