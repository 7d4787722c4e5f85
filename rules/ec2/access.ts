import { UnknownValueError, type Block } from "../values/block";
import { LAUNCH_TYPES } from "./machines";
import { format, pattern } from "../kinds";
import { isExpression } from "../values/references";
import { each, fault, rule } from "../rule";

const KEY_PAIRS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html";
const USER_DATA = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html";

/** An OpenSSH line; EC2 takes the file of RFC 4716, and base64 of DER, too. */
const PUBLIC_KEY =
  /^(ssh-(rsa|ed25519) AAAA[A-Za-z0-9+/]+=*( .*)?|---- BEGIN SSH2 PUBLIC KEY ----[^]*|MII[A-Za-z0-9+/=\s]+)\s*$/;

const LARGEST_USER_DATA = 16_384;
const USER_DATA_ARGUMENTS = ["user_data", "user_data_base64"];

/** What a secret in a script looks like. A variable of the shell, a parameter's path or an ARN is none. */
const SECRETS = [
  /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|sk_live_[A-Za-z0-9]{16,})/,
  /aws_secret_access_key\s+[A-Za-z0-9/+]{40}/,
  /:\/\/[^\s:/@$<{]+:[^\s:/@$<{]{3,}@/,
  /\b[\w-]+:[^\s:$`'"]+["']?\s*\|\s*(?:sudo\s+)?chpasswd\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // Not the part of an ARN.
  /(?<!:)(?:password|mysql_pwd|passwd|secret|secret_?access_?key|token|api_?key)["']?\s*[=:]\s*["']?(?![$`<{(/*]|arn:|null\b|none\b|required\b|optional\b|true\b|false\b|[\w.]+[([])[^\s"'$`;&|<>]{6,}/i,
];

export const accessRules = [
  pattern({
    id: "ec2-key-pair-public-key",
    types: ["aws_key_pair"],
    argument: "public_key",
    what: "the public key of a key pair",
    matches: PUBLIC_KEY,
    rule: "is an OpenSSH line of an RSA or ED25519 key",
    fix: 'Take the line of the .pub file: "ssh-ed25519 AAAA..." or "ssh-rsa AAAA...".',
    source: KEY_PAIRS,
  }),

  rule({
    id: "ec2-user-data-size",
    types: LAUNCH_TYPES,
    title: `User data is at most ${format(LARGEST_USER_DATA)} bytes, before it is base64-encoded`,
    why: "AWS refuses more at apply.",
    fix: "Compress it (gzip, user_data_base64), or let it fetch the rest from S3.",
    source: USER_DATA,
    severity: "error",
    check: ({ type, body }) =>
      each(USER_DATA_ARGUMENTS, (name) => {
        const text = body.string(name);
        if (text === undefined) return undefined;
        const size = isEncoded(type, name) ? Buffer.from(text, "base64").length : Buffer.byteLength(unescaped(text));
        if (size <= LARGEST_USER_DATA) return undefined;
        return fault(body, name, `user data is at most ${format(LARGEST_USER_DATA)} bytes, this is ${format(size)}`);
      }),
  }),

  rule({
    id: "ec2-user-data-secret",
    types: LAUNCH_TYPES,
    title: "User data holds no secret",
    why: "Whoever is on the instance, or may describe it, reads it in clear text; so does who reads the Terraform state.",
    fix: "Let the script read it from Secrets Manager or Parameter Store with the instance's role.",
    source: USER_DATA,
    severity: "warning",
    check: ({ type, body }) =>
      each(USER_DATA_ARGUMENTS, (name) => {
        const written = body.raw(name);
        if (typeof written !== "string") return undefined;
        const text = isEncoded(type, name) ? decoded(written) : written;
        if (SECRETS.some((secret) => secret.test(text)))
          return fault(body, name, "user data holds what looks like a secret");
        return unlessUnknown(body, name);
      }),
  }),
] as const;

function unlessUnknown(body: Block, name: string): undefined {
  if (isExpression(body.raw(name))) throw new UnknownValueError(body.argument(name));
  return undefined;
}

/** A launch template wants it encoded. */
function isEncoded(type: string, name: string): boolean {
  return type === "aws_launch_template" || name === "user_data_base64";
}

/** What was encoded; a function that encodes has it in clear text. */
function decoded(written: string): string {
  return isExpression(written) ? written : Buffer.from(written, "base64").toString("utf8");
}

function unescaped(text: string): string {
  return text.replace(/\$\$\{/g, "${").replace(/%%\{/g, "%{");
}
