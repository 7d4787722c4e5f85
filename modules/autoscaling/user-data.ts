import { Fn, TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { UserData } from "../ec2";

/**
 * User data as a launch template takes it: in base64. What is known now is encoded now, so that rules can read it; what has attributes of other
 * resources in it, or is to be compressed, is encoded by Terraform.
 */
export function encodedUserData(construct: Construct, given: string | UserData | undefined): string | undefined {
  if (given === undefined) return undefined;
  const { text, isCompressed } = UserData.of(given);
  if (!isCompressed && !Token.isUnresolved(text)) return Buffer.from(unescaped(text), "utf8").toString("base64");
  // A local, because as an argument of a function the text would have to be quoted.
  const local = new TerraformLocal(construct, "user_data", text);
  return isCompressed ? Fn.base64gzip(local.asString) : Fn.base64encode(local.asString);
}

/** What Terraform would make of the text: user data has `$${` for the shell's `${`. */
function unescaped(text: string): string {
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
