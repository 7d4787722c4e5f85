import { each, fault, rule } from "../rule";

const TEMPLATE_DATA = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestLaunchTemplateData.html";

export const launchTemplateRules = [
  rule({
    id: "launch-template-user-data-base64",
    types: ["aws_launch_template"],
    title: "The user data of a launch template is base64-encoded",
    why: "AWS refuses plain text at apply: unlike an instance's, nobody encodes it on the way.",
    fix: 'Wrap it: base64encode(...) in Terraform, Fn.base64encode or Buffer.from(...).toString("base64") in TypeScript.',
    source: TEMPLATE_DATA,
    severity: "error",
    check: ({ body }) => {
      // A script shows at its beginning, whatever Terraform adds behind it.
      const [beginning = ""] = String(body.raw("user_data") ?? "").split(/[$%]\{/);
      const text = /[^A-Za-z0-9+/=\s]/.test(beginning) ? beginning : body.string("user_data");
      if (text === undefined || isBase64(text)) return undefined;
      return fault(body, "user_data", "the user data of a launch template is base64-encoded");
    },
  }),

  rule({
    id: "launch-template-security-groups",
    types: ["aws_launch_template"],
    title: "A launch template with network interfaces names its security groups there",
    why: "AWS refuses security groups of the instance together with a network interface.",
    fix: "Move them into the block network_interfaces (security_groups), or drop the block.",
    source: TEMPLATE_DATA,
    severity: "error",
    check: ({ body }) =>
      each(["vpc_security_group_ids", "security_group_names"], (name) => {
        if (!body.has(name) || !body.block("network_interfaces")?.present()) return undefined;
        return fault(body, name, "with network_interfaces, security groups stand in that block");
      }),
  }),
] as const;

/** Whole groups of four characters; line breaks do not count. */
function isBase64(text: string): boolean {
  const joined = text.replace(/\s+/g, "");
  return joined.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(joined);
}
