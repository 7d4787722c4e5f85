import { Construct } from "constructs";
import { KeyPair as AwsKeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { awsName, Problems, stableHash } from "../core";

/** What other modules need of a key pair: one that is made here (`KeyPair`), or one that exists (`existingKeyPair`). */
export interface KeyPairLike {
  readonly name: string;
}

export interface KeyPairProps {
  /**
   * Public half of an SSH key, as `ssh-keygen` writes it: `ssh-ed25519 AAAA...`. The private half never comes near Terraform. Changing
   * it replaces the pair, and every instance that starts with it.
   */
  readonly publicKey: string;
}

/**
 * An SSH key that instances are started with. Without one, Session Manager is the way in.
 *
 * Replaced by: a change of `publicKey`. Costs: nothing.
 */
export class KeyPair extends Construct implements KeyPairLike {
  readonly name: string;
  readonly resource: AwsKeyPair;

  /** @throws InvalidConstructError when it is given a private key */
  constructor(scope: Construct, id: string, props: KeyPairProps) {
    super(scope, id);
    this.check(props);
    this.resource = new AwsKeyPair(this, "Resource", {
      keyName: awsName(this, "keyPair", stableHash(props.publicKey)),
      publicKey: props.publicKey,
      lifecycle: { createBeforeDestroy: true },
    });
    this.name = this.resource.keyName;
  }

  /** A rule says what a public key looks like; it reads what was written, which a private key must never be. */
  private check({ publicKey }: KeyPairProps): void {
    const problems = new Problems(this, "KeyPair");
    problems.require(
      !publicKey.includes("PRIVATE KEY"),
      "publicKey is a private key: give the file that ends in .pub, and make a new pair if this one was ever committed",
    );
    problems.throwIfAny();
  }
}

/**
 * A key pair that exists in the account and region already.
 * @param name as AWS has it
 */
export function existingKeyPair(name: string): KeyPairLike {
  return { name };
}
