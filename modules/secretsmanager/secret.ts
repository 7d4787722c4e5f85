import { Construct } from "constructs";
import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { awsName, contextOf, Problems, type Tier } from "../core";
import { grant, type Grantee } from "../iam";
import { SecretRotation, type RotationOptions } from "./secret-rotation";
import { SecretValue } from "./secret-value";

export interface SecretProps {
  /** What it holds. A text does not compile. */
  readonly value: SecretValue;
  /**
   * Terraform cannot see that a value changed: raise the number, and the value is written again. For a generated one that is another value.
   * @default 1
   */
  readonly version?: number;
  /**
   * What it opens, for whoever finds it; at most 2,048 characters.
   * @default none
   */
  readonly description?: string;
  /**
   * ARN of the KMS key that encrypts it. Whoever reads the secret needs `kms:Decrypt`, which `grantRead` gives too. A secret that other accounts
   * read must have one.
   * @default AWS's own key for Secrets Manager
   */
  readonly kmsKeyArn?: string;
  /**
   * Days in which a secret that was destroyed can be had back, 7 to 30, or 0: gone at once. Until they are over its name is taken, so
   * that an environment that is destroyed and made again soon wants 0.
   * @default by tier: 0 in sandbox and development, 7 in staging, 30 in production
   */
  readonly recoveryWindowDays?: number;
  /**
   * Copies in other regions, by region, each with the ARN of a key there.
   * @default none
   */
  readonly replicaRegions?: Readonly<Record<string, { readonly kmsKeyArn?: string }>>;
  /**
   * Who else may do what, as an IAM policy in JSON: for other accounts. One that opens the secret to everybody is refused by AWS.
   * @default none: whoever has the permission in this account
   */
  readonly resourcePolicy?: string;
  /**
   * Let a Lambda function change the value regularly. From then on `version` is only for starting anew.
   * @default none
   */
  readonly rotation?: RotationOptions;
  /**
   * Addresses whose replacement writes the value again, with a new version of the secret: of a database, whose new password it must be.
   * @default none
   */
  readonly replaceTriggeredBy?: readonly string[];
}

/** Days by tier: where environments come and go, a name that is taken is in the way. */
const RECOVERY_DAYS: Readonly<Record<Tier, number>> = { sandbox: 0, development: 0, staging: 7, production: 30 };

/**
 * A secret in Secrets Manager. Its value goes there by a write-only argument: it is in no file of the program, no plan and no state.
 *
 * Replaced by: nothing that can be said here; a new `version` is a new version of the secret, and the one before stays as `AWSPREVIOUS`.
 * Costs: a fee a month and copy, and for each 10,000 calls. https://aws.amazon.com/secrets-manager/pricing/
 *
 * @example
 * const token = new Secret(this, "payment_token", { value: SecretValue.fromEnvironmentVariable("payment_token") });
 * token.grantRead(web);
 */
export class Secret extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What is in the secret, as a resource: what must come after the value depends on it. */
  readonly version: SecretsmanagerSecretVersion;
  readonly resource: SecretsmanagerSecret;

  private readonly kmsKeyArn: string | undefined;

  /** @throws InvalidConstructError when the recovery window or the version is none */
  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    this.check(props);
    this.kmsKeyArn = props.kmsKeyArn;
    this.resource = this.createSecret(props);
    this.arn = this.resource.arn;
    this.name = this.resource.name;
    this.version = this.createVersion(props);
    if (props.resourcePolicy !== undefined) this.createPolicy(props.resourcePolicy);
    if (props.rotation) new SecretRotation(this, "rotation", this, props.rotation);
  }

  /** Lets whatever has a role read the secret. */
  grantRead(grantee: Grantee): void {
    grant(grantee, this, "read", {
      actions: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      resources: [this.arn],
    });
    if (this.kmsKeyArn !== undefined)
      grant(grantee, this, "decrypt", { actions: ["kms:Decrypt"], resources: [this.kmsKeyArn] });
  }

  /**
   * What the secret holds, for another write-only argument, in this stack or a later one.
   * @param jsonKey one value of a secret that is a JSON object; without it the whole text
   */
  read(jsonKey?: string): SecretValue {
    // The version's ARN is the secret's, and is there when there is something to read.
    return SecretValue.fromSecretsManager(this.version.arn, jsonKey);
  }

  private check({ recoveryWindowDays: days = 30, version = 1 }: SecretProps): void {
    const problems = new Problems(this, "Secret");
    problems.require(
      Number.isInteger(days) && (days === 0 || (days >= 7 && days <= 30)),
      `recoveryWindowDays must be a whole number from 7 to 30, or 0 for none, got ${days}`,
    );
    problems.require(
      Number.isInteger(version) && version >= 1,
      `version must be a whole number from 1, got ${version}`,
    );
    problems.throwIfAny();
  }

  private createSecret(props: SecretProps): SecretsmanagerSecret {
    const { tier } = contextOf(this);
    const replicas = Object.entries(props.replicaRegions ?? {});
    return new SecretsmanagerSecret(this, "Resource", {
      name: awsName(this, "secret"),
      description: props.description,
      kmsKeyId: props.kmsKeyArn,
      recoveryWindowInDays: props.recoveryWindowDays ?? RECOVERY_DAYS[tier],
      replica:
        replicas.length === 0
          ? undefined
          : replicas.map(([region, { kmsKeyArn }]) => ({ region, kmsKeyId: kmsKeyArn })),
    });
  }

  private createVersion({ value, version = 1, replaceTriggeredBy }: SecretProps): SecretsmanagerSecretVersion {
    return new SecretsmanagerSecretVersion(this, "version", {
      secretId: this.arn,
      secretStringWo: value.reference(this),
      secretStringWoVersion: version,
      ...(replaceTriggeredBy ? { lifecycle: { replaceTriggeredBy: [...replaceTriggeredBy] } } : {}),
    });
  }

  private createPolicy(policy: string): void {
    new SecretsmanagerSecretPolicy(this, "policy", { secretArn: this.arn, policy, blockPublicPolicy: true });
  }
}
