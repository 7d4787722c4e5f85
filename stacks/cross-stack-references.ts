import { DefaultTokenResolver, StringConcat, TerraformElement, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct, type IConstruct } from "constructs";

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/**
 * Has cdktf make an output there and a remote state here for every token that leads into another stack: it does so when a token is resolved. What
 * holds no token is passed over, which cdktf's own way does not do: that is a tenth of a synth.
 */
export function prepareCrossStackReferences(stack: TerraformStack): void {
  for (const element of elementsOf(stack)) resolveTokens(stack, element.toTerraform());
}

/** Those of a stack within the stack are its own. */
function elementsOf(construct: IConstruct): TerraformElement[] {
  const below = construct.node.children.filter((child) => !TerraformStack.isStack(child)).flatMap(elementsOf);
  return TerraformElement.isTerraformElement(construct) ? [construct, ...below] : below;
}

/** A construct, which is no value, cdktf refuses when it resolves everything, and names the place. */
function resolveTokens(stack: TerraformStack, value: unknown): void {
  if (holdsToken(value)) Tokenization.resolve(value, { scope: stack, preparing: true, resolver: RESOLVER });
  else if (isObject(value) && !Construct.isConstruct(value))
    for (const item of Object.values(value)) resolveTokens(stack, item);
}

/** In its text, in an element that is no object, or in a key. A number's token in a text is a number that no text would have. */
function holdsToken(value: unknown): boolean {
  if (typeof value === "string") return value.includes("TfToken[") || value.includes("e+");
  if (typeof value === "number") return Token.isUnresolved(value);
  if (Array.isArray(value)) return value.some((item) => !isObject(item) && holdsToken(item));
  return isObject(value) && (Tokenization.isResolvable(value) || Object.keys(value).some(holdsToken));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
