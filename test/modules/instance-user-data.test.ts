import { Instance, UserData, type InstanceProps } from "../../modules/ec2";
import { synthesized, type Json, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a"], ["private"]);

function build(userData: InstanceProps["userData"], props: Partial<InstanceProps> = {}): Synthesized {
  return synthesized((stack) => {
    new Instance(stack, "app", { vpc, instanceType: "t4g.small", image: { id: "ami-1" }, userData, ...props });
  });
}

function userDataOf(userData: InstanceProps["userData"]): unknown {
  return build(userData).resources["aws_instance.app"]?.["user_data"];
}

describe("user data", () => {
  test("as a text is what it is, and a variable of the shell is not one of Terraform", () => {
    expect(userDataOf("#!/bin/sh\necho $HOME")).toBe("#!/bin/sh\necho $HOME");
    expect(userDataOf("echo ${HOME} %{http_code}")).toBe("echo $${HOME} %%{http_code}");
    expect(userDataOf("echo $${HOME} %%{http_code}")).toBe("echo $${HOME} %%{http_code}");
  });

  test("may have attributes of other resources in it", () => {
    const { resources } = synthesized((stack) => {
      const common = { vpc, instanceType: "t4g.small" };
      const server = new Instance(stack, "server", common);
      new Instance(stack, "client", {
        ...common,
        userData: UserData.script(`ping -c1 ${server.privateIp} || echo \${?}`),
      });
    });
    expect(resources["aws_instance.client"]).toMatchObject({
      user_data: "#!/bin/bash\nset -euo pipefail\nping -c1 ${aws_instance.server.private_ip} || echo $${?}",
    });
  });

  test("as a script keeps the shell that it names", () => {
    expect(userDataOf(UserData.script("#!/usr/bin/env python3\nprint(1)"))).toBe("#!/usr/bin/env python3\nprint(1)");
  });

  test("as cloud-config is a document that YAML reads", () => {
    const text = userDataOf(UserData.cloudConfig({ packages: ["git"], package_update: true })) as string;
    const [header, ...body] = text.split("\n");
    expect(header).toBe("#cloud-config");
    expect(JSON.parse(body.join("\n"))).toEqual({ packages: ["git"], package_update: true });
  });

  test.each([
    ["amazon-linux", "httpd"],
    ["ubuntu", "apache2"],
  ] as const)("of a web server on %s installs and starts %s with the page", (distribution, server) => {
    const text = userDataOf(UserData.webServer({ distribution, page: "<h1>Hello</h1>" })) as string;
    expect(JSON.parse(text.replace("#cloud-config\n", ""))).toEqual({
      package_update: true,
      packages: [server],
      write_files: [{ path: "/var/www/html/index.html", content: "<h1>Hello</h1>", permissions: "0644" }],
      runcmd: [["systemctl", "enable", "--now", server]],
    });
  });

  test("of a web server has a page by default", () => {
    expect(userDataOf(UserData.webServer())).toContain("It works");
  });

  test("may have several parts, in the order in which they are given", () => {
    const parts = { packages: UserData.cloudConfig({ packages: ["git"] }), start: UserData.script("git --version") };
    expect(userDataOf(UserData.multipart(parts))).toMatchInlineSnapshot(`
     "Content-Type: multipart/mixed; boundary="==andamio-user-data=="
     MIME-Version: 1.0

     --==andamio-user-data==
     Content-Type: text/cloud-config; charset="utf-8"
     Content-Disposition: attachment; filename="packages"

     #cloud-config
     {
       "packages": [
         "git"
       ]
     }

     --==andamio-user-data==
     Content-Type: text/x-shellscript; charset="utf-8"
     Content-Disposition: attachment; filename="start"

     #!/bin/bash
     set -euo pipefail
     git --version
     --==andamio-user-data==--
     "
    `);
  });

  test("has no parts within parts, and none that are compressed", () => {
    const script = UserData.script("true");
    const refusal = 'The part "one" of user data is compressed or has parts itself: give its script or cloud-config';
    expect(() => UserData.multipart({ one: UserData.multipart({ script }) })).toThrow(refusal);
    expect(() => UserData.multipart({ one: script.compressed() })).toThrow(refusal);
  });

  test("is compressed by Terraform, so that what stands in it may be known at apply only", () => {
    const { json, resources } = build(UserData.script('echo "${HOME}" \\n').compressed());
    expect(resources["aws_instance.app"]).toMatchObject({ user_data_base64: "${base64gzip(local.app_user_data)}" });
    expect(resources["aws_instance.app"]).not.toHaveProperty("user_data");
    expect((json["locals"] as Json)["app_user_data"]).toBe('#!/bin/bash\nset -euo pipefail\necho "$${HOME}" \\n');
  });

  test.each([true, false])("replaces the instance when it changes, or not: %s", (replaceOnUserDataChange) => {
    for (const userData of ["true", UserData.of("true").compressed(), undefined])
      expect(build(userData, { replaceOnUserDataChange }).resources["aws_instance.app"]).toMatchObject({
        user_data_replace_on_change: replaceOnUserDataChange,
      });
  });
});
