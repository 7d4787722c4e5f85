/* What the emulator holds, asked for as AWS is asked, without a client of AWS: the emulator checks no signature. */

/** An account in an emulator. */
export class EmulatedAccount {
  private accessKey: string | undefined;

  constructor(
    private readonly url: string,
    private readonly account: string,
    private readonly region = "eu-west-1",
  ) {}

  /** The text of a secret. */
  async secret(name: string): Promise<string> {
    const body = JSON.stringify({ SecretId: name });
    const target = { "x-amz-target": "secretsmanager.GetSecretValue", "content-type": "application/x-amz-json-1.1" };
    const answer = await this.post("secretsmanager", body, target, await this.credentials());
    return (JSON.parse(answer) as { SecretString: string }).SecretString;
  }

  /** The emulator knows the account by the key of a role that was assumed in it. */
  private async credentials(): Promise<string> {
    if (this.accessKey !== undefined) return this.accessKey;
    const RoleArn = `arn:aws:iam::${this.account}:role/test`;
    const form = new URLSearchParams({ Action: "AssumeRole", Version: "2011-06-15", RoleArn, RoleSessionName: "test" });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const [, key] = /<AccessKeyId>(\w+)</.exec(await this.post("sts", form.toString(), type, "andamio")) ?? [];
    if (key === undefined) throw new Error("the emulator gave no key");
    return (this.accessKey = key);
  }

  private async post(service: string, body: string, headers: Record<string, string>, key: string): Promise<string> {
    const scope = `${key}/20260101/${this.region}/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
    const response = await fetch(this.url, { method: "POST", body, headers: { ...headers, authorization } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} answered ${response.status}: ${text}`);
    return text;
  }
}
