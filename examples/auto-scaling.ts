import { App } from "cdktf";
import { AutoScalingGroup, LaunchTemplate } from "../modules/autoscaling";
import { ApplicationLoadBalancer } from "../modules/elb";
import { Topic } from "../modules/sns";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const { cidr, availabilityZones } = example.network;
const emulator = process.env.ANDAMIO_EMULATOR;
const stack = new EnvironmentStack(app, "auto_scaling", { environment: example, emulator });

const vpc = new Vpc(stack, "vpc", { cidr, availabilityZones, natGateways: "none" });
const onCall = new Topic(stack, "on_call");

// Web servers that follow their load, and are fewer at night.
const web = new AutoScalingGroup(stack, "web", {
  vpc,
  instanceType: "t4g.small",
  port: 80,
  minSize: 2,
  desiredSize: 2,
  maxSize: 6,
  userData: "#!/bin/sh\ndnf install -y nginx && systemctl enable --now nginx\n",
  rootVolume: { sizeGib: 20 },
  blockDevices: { "/dev/sdf": { sizeGib: 10 } },
  warmupSeconds: 120,
  instanceRefresh: { minHealthyPercent: 100, maxHealthyPercent: 150 },
  scaling: {
    cpu: { type: "cpu", targetPercent: 60 },
    requests: { type: "requests", targetPerInstance: 1000 },
    slow: {
      type: "step",
      metric: { namespace: "Shop", name: "QueueSeconds", statistic: "Average", periodSeconds: 60, dimensions: {} },
      steps: [
        { atLeast: 5, change: 1 },
        { atLeast: 20, change: 3 },
      ],
    },
    ahead: { type: "predictive", metric: "cpu", target: 60 },
  },
  schedules: {
    morning: { recurrence: "0 7 * * MON-FRI", timeZone: "Europe/Madrid", minSize: 2 },
    night: { recurrence: "0 20 * * *", timeZone: "Europe/Madrid", minSize: 1 },
  },
  hooks: { drain: { transition: "terminating", timeoutSeconds: 120, defaultResult: "continue" } },
  notifications: { failures: { topic: onCall, events: ["launch-error", "terminate-error"] } },
  alarms: { notify: [onCall] },
  tags: { Service: "shop" },
});
const alb = new ApplicationLoadBalancer(stack, "alb", { vpc, internetFacing: true });
alb.forward("web", { to: web, listenerPort: 80 });

// Workers: cheap Spot capacity of whatever type there is, above one instance that stays.
const template = new LaunchTemplate(stack, "worker", { vpc, instanceType: "m7g.large" });
new AutoScalingGroup(stack, "workers", {
  vpc,
  launchTemplate: template,
  minSize: 1,
  maxSize: 4,
  instanceTypes: { "m7g.large": {}, "m6g.large": {}, "c7g.xlarge": {} },
  spot: { onDemandBase: 1 },
});

// A batch that starts slowly: what it needs is described, and stopped instances wait.
new AutoScalingGroup(stack, "batch", {
  vpc,
  subnets: "public",
  availabilityZones: ["a"],
  instanceType: "m7g.large",
  minSize: 0,
  maxSize: 2,
  warmPool: { minSize: 1 },
  maintenance: { minHealthyPercent: 100, maxHealthyPercent: 150 },
  maxInstanceLifetimeDays: 30,
});

synth(app, process.env);
