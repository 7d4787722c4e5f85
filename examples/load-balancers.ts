import { App } from "cdktf";
import { Certificate } from "../modules/acm";
import { Dashboard } from "../modules/cloudwatch";
import { Instance } from "../modules/ec2";
import { ApplicationLoadBalancer, NetworkLoadBalancer, TargetGroup } from "../modules/elb";
import { HostedZone } from "../modules/route53";
import { LogBucket } from "../modules/s3";
import { Topic } from "../modules/sns";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const servers = new EnvironmentStack(app, "servers", settings);
const vpc = new Vpc(servers, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
const shop = new Instance(servers, "shop", { vpc, instanceType: "t4g.small" });
const broker = new Instance(servers, "broker", { vpc, instanceType: "t4g.small", availabilityZone: "b" });

const web = new EnvironmentStack(app, "web", settings);
const zone = new HostedZone(web, "zone", { domainName: "acme.example.net" });
const topic = new Topic(web, "alarms", { emails: { ops: "ops@acme.example.net" } });
const logs = new LogBucket(web, "logs", { expireAfterDays: 30, forceDestroy: true });
const certificate = (name: string): Certificate =>
  new Certificate(web, `certificate_${name}`, { domainName: `${name}.acme.example.net`, zone });

// HTTPS at 443 and a redirect from 80, open to the internet; certificates by name, so that one can go without the others noticing.
const alb = new ApplicationLoadBalancer(web, "alb", {
  vpc,
  internetFacing: true,
  certificate: certificate("www"),
  certificates: { api: certificate("api"), admin: certificate("admin") },
  accessLogs: { bucket: logs },
  connectionLogs: { bucket: logs },
});
zone.alias("www", alb);
zone.alias("api", alb);

// The default, with the target group, the attachment and the security group rules that it takes.
alb.forward("shop", { to: shop, port: 8080, healthCheck: { path: "/health" }, stickiness: { type: "lb_cookie" } });

// Rules. Their order comes from themselves: hosts first, long paths before short ones; or it is said.
alb.forward("api", { to: shop, port: 8081, hosts: ["api.acme.example.net"], slowStartSeconds: 60 });
alb.forward("orders", { to: shop, port: 8082, hosts: ["api.acme.example.net"], paths: ["/orders/*"] });
alb.forward("beta", { to: shop, port: 8083, headers: { "x-beta": ["yes"] }, methods: ["GET", "HEAD"] });
alb.forward("legacy", { to: { addresses: { mainframe: "10.40.1.10" } }, port: 9000, paths: ["/legacy/*"] });
alb.redirect("blog", { paths: ["/blog/*"], to: { host: "blog.acme.example.net", permanent: false } });
alb.respond("office", {
  sourceIps: ["203.0.113.0/24"],
  queryStrings: [{ key: "ping", value: "*" }],
  statusCode: 200,
  body: "pong",
});

// A new version beside the old one: a tenth of the requests, each client staying with what it got.
const blue = new TargetGroup(web, "blue", { vpc, port: 8090, targets: [shop] });
const green = new TargetGroup(web, "green", { vpc, port: 8091, targets: [{ instance: shop, port: 8092 }] });
const weighted = { blue: { to: blue, weight: 9 }, green: { to: green, weight: 1 } };
alb.forward("checkout", { to: { weighted, stickySeconds: 3600 }, paths: ["/checkout/*"], priority: 100 });

alb.alarms({ notify: [topic], latencySeconds: 1 });
new Dashboard(web, "dashboard", { widgets: alb.widgets() });

// Layer 4, with fixed addresses: TCP as it is, TLS that ends here, and UDP.
const nlb = new NetworkLoadBalancer(web, "nlb", {
  vpc,
  internetFacing: true,
  elasticIps: true,
  certificate: certificate("mqtt"),
  accessLogs: { bucket: logs, prefix: "nlb" },
});
nlb.forward("mqtt", { to: broker, port: 1883, listenerPort: 8883, protocol: "TLS", preserveClientIp: true });
nlb.forward("syslog", { to: broker, port: 514, listenerPort: 514, protocol: "UDP", stickiness: { type: "source_ip" } });
const versions = { old: { to: broker, weight: 3 }, new: { to: broker, weight: 1, port: 5141 } };
nlb.forward("logs", { to: { weighted: versions }, port: 5140, listenerPort: 5140 });
nlb.forward("web", { to: alb, listenerPort: 443 });
nlb.alarms({ notify: [topic] });

// Of a later stack, which joins a load balancer that is there already: attachment and rules are made on this side.
const reports = new EnvironmentStack(app, "reports", settings);
const printer = new Instance(reports, "printer", { vpc, instanceType: "t4g.small" });
alb.forward("reports", { to: printer, port: 8080, paths: ["/reports/*"] });

synth(app, process.env);
