import { byAction, planOf } from "../support/andamio-json";
import { startEmulator } from "../support/emulator";
import { projectCopy } from "../support/project-copy";
import { endedWith, succeeded } from "../support/run-command";

/*
 * The web stack of an environment, with what a program adds to its load balancer: applied once, then one change after the other is planned, and
 * the one that fails most easily, a target group that is replaced while it is used, is applied.
 */

const copy = projectCopy();
const LISTENER = "aws_lb_listener.alb_listener_443";

const ENVIRONMENT = `import { base } from "./base";
import { defineEnvironment } from "./define";

export const dev = defineEnvironment(base, {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: { cidr: "10.10.0.0/16", availabilityZones: ["a", "b"], natGateways: "none", subnetTiers: ["public"] },
  web: {
    domain: { zone: "public", name: "www" },
    services: {
      shop: {
        instanceType: "t4g.small",
        subnets: "public",
        minSize: 1,
        maxSize: 2,
        desiredSize: 1,
        port: 8080,
        userData: "#!/bin/sh\\ntrue\\n",
        green: { percent: 10 },
      },
    },
  },
});
`;

const PROGRAM = `import { App } from "cdktf";
import { Certificate } from "./modules/acm";
import { HostedZone } from "./modules/route53";
import { Vpc } from "./modules/vpc";
import { dev } from "./environments/dev";
import { validateEnvironments } from "./environments/validate";
import { EnvironmentStack, synth } from "./stacks";
import { WebStack } from "./stacks/web";

const app = new App();
const [environment] = validateEnvironments([dev]);
if (!environment) throw new Error("no environment");
const props = { environment, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", props);
const vpc = new Vpc(network, "vpc", environment.network);
const zone = new HostedZone(network, "zone", { domainName: "acme.example.net" });

const web = new WebStack(app, { ...props, vpc, zones: { public: zone } });
const certificate = (name: string): Certificate =>
  new Certificate(web, name, { domainName: name + ".acme.example.net", zone });
const [admin, api, docs] = [certificate("admin"), certificate("api"), certificate("docs")];
const alb = web.loadBalancer;
const https = alb.listeners[443];
if (!https) throw new Error("no HTTPS");
https.addCertificate("admin", admin);
https.addCertificate("api", api);
https.addCertificate("docs", docs);
alb.forward("api", { to: { addresses: { legacy: "10.10.64.10" } }, port: 9000, hosts: ["api.acme.example.net"] });
alb.respond("ping", { paths: ["/ping"], statusCode: 200 });
synth(app, process.env);
`;
const FIRST_ROUTE = 'alb.forward("api"';
const LAST_LINE = "synth(app, process.env);";

const web = (verb: "plan" | "apply", ...flags: string[]): ReturnType<typeof copy.andamio> =>
  copy.andamio([verb, "dev", "web", "--emulator", "--json", ...flags]).then(succeeded);

/** What is planned for the web stack while a text of a file is another. */
const changed = async (file: string, from: string, to: string): Promise<Record<string, string[]>> =>
  byAction(planOf(await copy.whileReplaced(file, from, to, () => web("plan")), "dev-web"));

const inProgram = (from: string, to: string): Promise<Record<string, string[]>> => changed("main.ts", from, to);
const inEnvironment = (from: string, to: string): Promise<Record<string, string[]>> =>
  changed("environments/dev.ts", from, to);

describe("the web stack of an environment", () => {
  test("applies, and the next plan is empty", async () => {
    copy.write("environments/dev.ts", ENVIRONMENT);
    copy.write("main.ts", PROGRAM);
    await startEmulator(copy);
    succeeded(await copy.andamio(["bootstrap", "dev", "--emulator"]));
    succeeded(await copy.andamio(["apply", "dev", "--emulator", "--auto-approve"]));
    endedWith(0, await copy.andamio(["plan", "dev", "--emulator", "--detailed-exitcode"]));
  });

  test("gets one more rule by one creation", async () => {
    const rule = 'alb.redirect("blog", { paths: ["/blog/*"], to: { host: "blog.acme.example.net" } });\n';
    expect(await inProgram(LAST_LINE, rule + LAST_LINE)).toEqual({
      create: ["aws_lb_listener_rule.alb_listener_443_blog"],
    });
  });

  test("gets a rule in front of all others by one creation, and no other priority changes", async () => {
    const rule = 'alb.respond("closed", { sourceIps: ["192.0.2.0/24"], statusCode: 403, priority: 1 });\n';
    expect(await inProgram(FIRST_ROUTE, rule + FIRST_ROUTE)).toEqual({
      create: ["aws_lb_listener_rule.alb_listener_443_closed"],
    });
  });

  test("loses the first of three further certificates by one deletion", async () => {
    expect(await inProgram('https.addCertificate("admin", admin);\n', "")).toEqual({
      delete: ["aws_lb_listener_certificate.alb_listener_443_certificate_admin"],
    });
  });

  test("shifts from blue to green by one number, which updates the listener and nothing else", async () => {
    expect(await inEnvironment("percent: 10", "percent: 60")).toEqual({ update: [LISTENER] });
  });

  test("gets another certificate under a listener that stays", async () => {
    const plan = await inEnvironment('name: "www"', 'name: "web"');
    expect(plan["update"]).toEqual([LISTENER]);
    expect(plan["replace"]).toEqual([
      "aws_acm_certificate.certificate",
      "aws_acm_certificate_validation.certificate_validation",
    ]);
  });

  test("starts its instances from a new version of the template, in groups that stay", async () => {
    expect(await inEnvironment("\\ntrue\\n", "\\nfalse\\n")).toEqual({
      update: [
        "aws_autoscaling_group.shop",
        "aws_autoscaling_group.shop_green",
        "aws_launch_template.shop_green_launch_template",
        "aws_launch_template.shop_launch_template",
      ],
    });
  });

  test("leaves the desired size alone or not, under the same addresses and without a change", async () => {
    expect(await inEnvironment("desiredSize: 1", "desiredSize: 1, ignoreDesiredSize: true")).toEqual({});
  });

  test("replaces a target group that is used: the new one is there before the old one goes", async () => {
    copy.replace("main.ts", "port: 9000", "port: 9001");
    expect(byAction(planOf(await web("apply", "--auto-approve"), "dev-web"))).toMatchObject({
      replace: ["aws_lb_target_group.alb_api", "aws_lb_target_group_attachment.alb_api_legacy"],
      update: ["aws_lb_listener_rule.alb_listener_443_api"],
    });
    expect(byAction(planOf(await web("plan"), "dev-web"))).toEqual({});
  });

  test("is destroyed without anything left in the way", async () => {
    succeeded(await copy.andamio(["destroy", "dev", "--emulator", "--auto-approve"]));
  });
});
