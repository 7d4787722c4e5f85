import { Fn, TerraformResource, Token, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { awsName, withoutSourceLines } from "../modules/core";

interface Taggable {
  readonly tagsInput?: Record<string, string>;
  tags: Record<string, string>;
}

/** Gives every resource that takes tags its `Name`, unless it has one. All other tags are the provider's default tags. */
export class NameTags implements IAspect {
  visit(construct: IConstruct): void {
    if (!TerraformResource.isTerraformResource(construct) || !isTaggable(construct)) return;
    const tags = construct.tagsInput;
    if (tags?.["Name"] !== undefined) return;
    const Name = awsName(construct, "tag");
    // What is known when it is applied may hold a name.
    const named = Token.isUnresolved(tags) ? (Fn.merge([{ Name }, tags]) as Record<string, string>) : { Name, ...tags };
    withoutSourceLines(() => (construct.tags = named));
  }
}

function isTaggable(construct: object): construct is Taggable {
  return "tagsInput" in construct;
}
