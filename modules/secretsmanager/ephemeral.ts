import { ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

/** Ephemeral resources exist from Terraform 1.10 on; write-only arguments, which is where their values go, from 1.11 on. */
const REQUIRED_TERRAFORM = { required_version: ">= 1.11.0" };

/** The arguments of each type, as provider 5.100.0 has them. https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs */
interface EphemeralArguments {
  readonly aws_secretsmanager_random_password: {
    readonly password_length?: number;
    readonly exclude_characters?: string;
    readonly exclude_lowercase?: boolean;
    readonly exclude_numbers?: boolean;
    readonly exclude_punctuation?: boolean;
    readonly exclude_uppercase?: boolean;
    readonly include_space?: boolean;
    readonly require_each_included_type?: boolean;
  };
  readonly aws_secretsmanager_secret_version: {
    readonly secret_id: string;
    readonly version_id?: string;
    readonly version_stage?: string;
  };
  readonly aws_ssm_parameter: {
    readonly arn: string;
    readonly with_decryption?: boolean;
  };
}

/** What each type gives. */
interface EphemeralAttributes {
  readonly aws_secretsmanager_random_password: "random_password";
  readonly aws_secretsmanager_secret_version: "secret_string" | "secret_binary" | "version_id";
  readonly aws_ssm_parameter: "value";
}

/** A type of ephemeral resource. */
export type EphemeralType = keyof EphemeralArguments;

/**
 * An ephemeral resource: Terraform opens it in each run, and what it gives is neither in the plan nor in the state. Its attributes may only go
 * where nothing is kept: into write-only arguments (`*_wo`), provider blocks and other ephemeral resources.
 *
 * It is opened anew in each phase of a run, so that a random value differs between plan and apply. cdktf has no such element, and
 * no way to write one as HCL. https://developer.hashicorp.com/terraform/language/block/ephemeral
 *
 * @example
 * const password = new Ephemeral(this, "password", "aws_secretsmanager_random_password", { password_length: 30 });
 * new DbInstance(this, "Resource", { passwordWo: password.attribute("random_password"), passwordWoVersion: 1, ... });
 */
export class Ephemeral<T extends EphemeralType = EphemeralType> extends TerraformElement {
  /** By this name the side file and the table of addresses know what it is. */
  readonly terraformResourceType: T;

  /** @param terraformArguments by the names that Terraform has for them */
  constructor(
    scope: Construct,
    id: string,
    type: T,
    private readonly terraformArguments: EphemeralArguments[T],
  ) {
    super(scope, id, `ephemeral.${type}`);
    this.terraformResourceType = type;
  }

  /** A reference to what it gives. It holds in its own stack only: what goes from stack to stack is kept in a state. */
  attribute(name: EphemeralAttributes[T]): string {
    const address = `ephemeral.${this.terraformResourceType}.${this.friendlyUniqueId}`;
    return Token.asString(ref(`${address}.${name}`, this.cdktfStack));
  }

  override toTerraform(): object {
    const { terraformResourceType: type, friendlyUniqueId: name } = this;
    return {
      terraform: REQUIRED_TERRAFORM,
      ephemeral: { [type]: { [name]: { ...this.terraformArguments, ...(this.rawOverrides as object) } } },
    };
  }

  /**
   * cdktf joins the HCL of the kinds of blocks that it knows, and would leave this one out without a word.
   * @throws Error always
   */
  override toHclTerraform(): never {
    throw new Error(
      `"${this.node.path}" is an ephemeral resource, which cdktf cannot write as HCL: write JSON, without SYNTH_HCL_OUTPUT.`,
    );
  }
}

/** Asks for the Terraform that ephemeral values need, in a stack that has them without an ephemeral resource: from a variable. */
export class RequiredTerraform extends TerraformElement {
  override toTerraform(): object {
    return { terraform: REQUIRED_TERRAFORM };
  }
}
