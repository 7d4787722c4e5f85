import { App } from "cdktf";
import { ImageCopy, ImageFromInstance, Instance } from "../modules/ec2";
import { ImageComponent, ImagePipeline } from "../modules/imagebuilder";
import { Vpc } from "../modules/vpc";
import { EnvironmentStack, synth } from "../stacks";
import { example } from "./environment";

const app = new App();
const settings = { environment: example, emulator: process.env.ANDAMIO_EMULATOR };

const network = new EnvironmentStack(app, "network", settings);
const vpc = new Vpc(network, "vpc", { cidr: "10.40.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });

const stack = new EnvironmentStack(app, "images", settings);

// By hand: a machine that somebody has set up, as an image by version. To roll back, start from the version before. Another account may use it.
const builder = new Instance(stack, "builder", { vpc, instanceType: "t4g.small" });
const byHand = new ImageFromInstance(stack, "by_hand", {
  instance: builder,
  versions: { v1: { description: "first" } },
  sharedWith: ["555555555555"],
});
const { v1 } = byHand.images;
if (v1) new ImageCopy(stack, "by_hand_us", { image: v1, provider: stack.providerIn("us-east-1") });

// By machine: every Monday, when AWS has published a newer Amazon Linux, with nginx, tested, in two regions.
const nginx = new ImageComponent(stack, "nginx", {
  build: { install: ["dnf install -y nginx", "systemctl enable nginx"] },
  validate: { configured: ["nginx -t"] },
  test: { answers: ["curl --fail --silent http://localhost/ > /dev/null"] },
});
new ImagePipeline(stack, "web", {
  vpc,
  parentImage: { managed: "amazon-linux-2023-arm64" },
  components: [{ managed: "update-linux" }, nginx, { managed: "reboot-test-linux" }],
  rootVolume: { sizeGib: 12 },
  schedule: { cron: "cron(0 4 ? * mon *)", timeZone: "Europe/Madrid" },
  distributeTo: { "eu-west-1": { ssmParameter: "/imagebuilder/web" }, "us-east-1": {} },
});

synth(app, process.env);
