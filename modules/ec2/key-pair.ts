import { Construct } from "constructs";
import { KeyPair as AwsKeyPair } from "@cdktf/provider-aws/lib/key-pair";
import { awsName, stableHash } from "../core";

export interface KeyPairProps {
  /**
   * Public half of an SSH key, as `ssh-keygen` writes it: `ssh-ed25519 AAAA...`. The private half never comes near Terraform. Changing
   * it replaces the pair, and every instance that starts with it.
   */
  readonly publicKey: string;
}

/** An SSH key that instances are started with. Without one, Session Manager is the way in. Costs: nothing. */
export class KeyPair extends Construct {
  readonly name: string;
  readonly resource: AwsKeyPair;

  constructor(scope: Construct, id: string, props: KeyPairProps) {
    super(scope, id);
    this.resource = new AwsKeyPair(this, "Resource", {
      keyName: awsName(this, "keyPair", stableHash(props.publicKey)),
      publicKey: props.publicKey,
      lifecycle: { createBeforeDestroy: true },
    });
    this.name = this.resource.keyName;
  }
}
