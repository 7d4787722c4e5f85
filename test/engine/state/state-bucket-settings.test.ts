import type { S3Client } from "@aws-sdk/client-s3";
import { bucketSettings } from "../../../engine/state/state-bucket-settings";

const KEY = "arn:aws:kms:eu-west-1:111111111111:key/1";

/** A bucket that has been set up in a way, and what is changed in it: by the name of the command. */
function bucket(answers: Readonly<Record<string, object>>) {
  const sent: Record<string, unknown> = {};
  const send = ({
    constructor,
    input,
  }: {
    readonly constructor: { readonly name: string };
    readonly input: object;
  }) => {
    const name = constructor.name.replace(/Command$/, "");
    if (!name.startsWith("Get")) return Promise.resolve(void (sent[name] = input));
    const answer = answers[name];
    const missing = Object.assign(new Error("not set"), { $metadata: { httpStatusCode: 404 } });
    return answer ? Promise.resolve(answer) : Promise.reject(missing);
  };
  return { client: { send } as unknown as S3Client, sent };
}

function setting(name: string, client: S3Client, kmsKeyArn?: string) {
  const found = bucketSettings(client, { bucket: "state", partition: "aws", kmsKeyArn }).find(
    (one) => one.name === name,
  );
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

const encryptedWith = (byDefault: object) => ({
  GetBucketEncryption: {
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] },
  },
});

test("a new bucket has none of the settings", async () => {
  const { client } = bucket({ GetBucketVersioning: {} });
  const settings = bucketSettings(client, { bucket: "state", partition: "aws" });
  expect(await Promise.all(settings.map((one) => one.isSet()))).toEqual(settings.map(() => false));
  expect(settings.map(({ name }) => name)).toEqual([
    "public access block",
    "bucket owner enforced",
    "versioning",
    "encryption",
    "TLS only",
  ]);
});

describe("the encryption", () => {
  test.each([
    ["S3's own key", { SSEAlgorithm: "AES256" }],
    ["a key that somebody chose", { SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY }],
  ])("with %s stays, where the environment names no key", async (_key, byDefault) => {
    expect(await setting("encryption", bucket(encryptedWith(byDefault)).client).isSet()).toBe(true);
  });

  test("is with the key that the environment names", async () => {
    const { client, sent } = bucket(encryptedWith({ SSEAlgorithm: "AES256" }));
    const encryption = setting("encryption", client, KEY);
    expect(await encryption.isSet()).toBe(false);
    await encryption.set();
    expect(sent).toMatchObject({
      PutBucketEncryption: encryptedWith({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: KEY }).GetBucketEncryption,
    });
    expect(await setting("encryption", bucket(encryptedWith({ KMSMasterKeyID: KEY })).client, KEY).isSet()).toBe(true);
  });
});

describe("a policy that is there already", () => {
  const own = { Sid: "Own", Effect: "Allow" };
  const policyOf = (sent: Record<string, unknown>): { Version: string; Statement: { Sid: string }[] } =>
    JSON.parse((sent["PutBucketPolicy"] as { Policy: string }).Policy) as never;

  test.each([
    ["a list of statements", [own]],
    ["one statement", own],
  ])("with %s keeps it, and its version", async (_what, Statement) => {
    const { client, sent } = bucket({
      GetBucketPolicy: { Policy: JSON.stringify({ Version: "2008-10-17", Statement }) },
    });
    expect(await setting("TLS only", client).isSet()).toBe(false);
    await setting("TLS only", client).set();
    expect(policyOf(sent)).toMatchObject({
      Version: "2008-10-17",
      Statement: [
        own,
        { Sid: "DenyInsecureTransport", Effect: "Deny", Resource: ["arn:aws:s3:::state", "arn:aws:s3:::state/*"] },
      ],
    });
  });

  test("that has the statement is left alone", async () => {
    const Policy = JSON.stringify({ Statement: { Sid: "DenyInsecureTransport" } });
    expect(await setting("TLS only", bucket({ GetBucketPolicy: { Policy } }).client).isSet()).toBe(true);
  });
});
