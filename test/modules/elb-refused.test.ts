import { Instance } from "../../modules/ec2";
import { ApplicationLoadBalancer, TargetGroup, type ApplicationLoadBalancerProps } from "../../modules/elb";
import { Vpc } from "../../modules/vpc";
import { EnvironmentStack } from "../../stacks";
import { plainEnvironment, synthesized, synthesizedApp } from "../support/synthesized";

const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };

interface Scene {
  readonly alb: ApplicationLoadBalancer;
  readonly app: Instance;
  readonly vpc: Vpc;
  readonly stack: EnvironmentStack;
}

function built(
  use: (scene: Scene) => void,
  props: Partial<ApplicationLoadBalancerProps> = { certificate },
): () => void {
  return () =>
    synthesized((stack) => {
      const vpc = new Vpc(stack, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"], natGateways: "none" });
      const app = new Instance(stack, "app", { vpc, instanceType: "t4g.small" });
      use({ alb: new ApplicationLoadBalancer(stack, "alb", { vpc, ...props }), app, vpc, stack });
    });
}

const lambda = { arn: "arn:aws:lambda:eu-west-1:111111111111:function:web" };

describe("an application load balancer refuses", () => {
  test("HTTPS without a certificate, with the way out", () => {
    expect(built(({ alb, app }) => alb.forward("web", { to: app, port: 80 }), {})).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - HTTPS at port 443 needs a certificate, got none ("web"): give certificate, or listenerPort: 80 for plain HTTP"
    `);
    expect(built(({ alb, app }) => alb.forward("web", { to: app, port: 80, listenerPort: 8443 }), {})).toThrow(
      'HTTPS at port 8443 needs a certificate, got none ("web"): give certificate, or listenerProtocol: "HTTP"',
    );
  });

  test("further certificates where there is no HTTPS", () => {
    expect(built(() => undefined, { certificates: { api: certificate } })).toThrow(
      "certificates is for HTTPS listeners and needs a certificate of the load balancer's own, got none: give certificate",
    );
  });

  test("a port that nobody knows", () => {
    expect(built(({ alb, app }) => alb.forward("web", { to: app }))).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - forward "web" needs port, got none: its target does not know which one it listens on"
    `);
  });

  test("two defaults of one listener, and one where the redirect is", () => {
    expect(
      built(({ alb, app }) => {
        alb.forward("web", { to: app, port: 80 });
        alb.forward("api", { to: app, port: 81 });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "Listener "dev-test/alb/listener_443" is invalid:
       - port 443 can have one default only, got "api" besides "web": give one of them conditions (hosts, paths, ...)"
    `);
    expect(built(({ alb, app }) => alb.forward("web", { to: app, port: 80, listenerPort: 80 })))
      .toThrowErrorMatchingInlineSnapshot(`
     "Listener "dev-test/alb/listener_80" is invalid:
       - port 80 can have one default only, got "web" besides "redirectHttpToHttps (false switches it off)": give one of them conditions (hosts, paths, ...)"
    `);
    expect(
      built(({ alb }) => {
        alb.respond("ok", { statusCode: 200 });
        alb.respond("ok", { statusCode: 204 });
      }),
    ).toThrow('port 443 can have one default only, got "ok" besides "ok"');
  });

  test("a name that is taken, or an address of its own", () => {
    expect(
      built(({ alb, app }) => {
        alb.forward("web", { to: app, port: 80 });
        alb.forward("web", { to: app, port: 80, paths: ["/a"] });
      }),
    ).toThrow('there is a forward "web" already: choose another name');
    expect(built(({ alb, app }) => alb.forward("security_group", { to: app, port: 80 }))).toThrow(
      'a forward must not be named "security_group", which is an address of the load balancer\'s own: rename it',
    );
    expect(
      built(({ alb }) => {
        alb.respond("a", { statusCode: 200, paths: ["/a"] });
        alb.respond("a", { statusCode: 200, paths: ["/b"] });
      }),
    ).toThrow('there is a rule "a" already: choose another name');
  });

  test("one port that speaks two protocols", () => {
    expect(
      built(({ alb, app }) =>
        alb.forward("web", { to: app, port: 80, listenerPort: 443, listenerProtocol: "HTTP", paths: ["/a"] }),
      ),
    ).toThrow('port 443 speaks HTTPS, got HTTP ("web"): say the same, or take another listenerPort');
  });

  test("a weight that is a share of nothing, a priority of the default, and weights of nobody", () => {
    expect(built(({ alb, app }) => alb.forward("web", { to: app, port: 80, weight: 1, paths: ["/a"] })))
      .toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - weight of "web" is a share of the listener's default, got 1 with conditions, authenticate or weighted destinations: say to: { weighted: { ... } } with a weight for each"
    `);
    expect(built(({ alb, app }) => alb.forward("web", { to: app, port: 80, priority: 5 }))).toThrow(
      'priority of "web" needs conditions, got 5: the default has no place among the rules',
    );
    expect(built(({ alb }) => alb.forward("web", { to: { weighted: {} } }))).toThrow(
      'forward "web" must have somewhere to go, got no weighted destinations: name one',
    );
  });

  test("a client secret that is written out, and does not repeat it", () => {
    const endpoint = "https://id.example.com";
    const sign = built(({ alb, app }) =>
      alb.forward("web", {
        to: app,
        port: 80,
        authenticate: {
          oidc: {
            issuer: endpoint,
            authorizationEndpoint: endpoint,
            tokenEndpoint: endpoint,
            userInfoEndpoint: endpoint,
            clientId: "web",
            clientSecret: "hunter2",
          },
        },
      }),
    );
    expect(sign).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - "web": authenticate.oidc.clientSecret must be a reference, got the secret itself, which would be written to disk: take the value of a sensitive TerraformVariable and set TF_VAR_<name>"
    `);
    expect(sign).not.toThrow("hunter2");
  });

  test("to let users sign in over plain HTTP", () => {
    const cognito = { userPoolArn: "arn:pool", userPoolClientId: "client", userPoolDomain: "acme" };
    expect(
      built(
        ({ alb, app }) => alb.forward("web", { to: app, port: 80, listenerPort: 80, authenticate: { cognito } }),
        {},
      ),
    ).toThrow('"web": authenticate needs an HTTPS listener, got HTTP: give a certificate');
  });

  test("a default that sends to a group of a later stack", () => {
    expect(() =>
      synthesizedApp((app) => {
        const stack = (name: string): EnvironmentStack =>
          new EnvironmentStack(app, name, { environment: plainEnvironment });
        const network = stack("network");
        const vpc = new Vpc(network, "vpc", { cidr: "10.0.0.0/16", availabilityZones: ["a", "b"] });
        const alb = new ApplicationLoadBalancer(network, "alb", { vpc, certificate });
        alb.forward("web", { to: new TargetGroup(stack("later"), "web", { vpc, port: 80 }) });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-network/alb" is invalid:
       - "web" sends to a group of a later stack, "dev-later/web", which a default cannot: give it conditions, or make the group here"
    `);
  });
});

describe("a target group refuses", () => {
  test("ports that are none, or that a Lambda function does not have", () => {
    const group = (props: object): (() => void) =>
      built(({ stack, vpc }) => void new TargetGroup(stack, "web", { vpc, ...props }));
    expect(group({})).toThrow("port must be given, got none: the targets do not say which one they listen on");
    expect(group({ port: 70_000 })).toThrow("port must be 1 to 65535, got 70000");
    expect(group({ port: 80, targetType: "lambda" })).toThrow(
      "port must not be given for a Lambda function, got 80: it has none",
    );
  });

  test("targets of another type", () => {
    expect(built(({ alb, app }) => alb.forward("web", { to: [app, { lambda }], port: 80 }))).toThrow(
      'a target of type "lambda" cannot be in a group of type "instance": give it a group of its own',
    );
  });

  test("a second load balancer, and options that are not said where it is made", () => {
    expect(
      built(({ alb, stack, vpc }) => {
        const web = new TargetGroup(stack, "web", { vpc, port: 80 });
        alb.forward("web", { to: web });
        new ApplicationLoadBalancer(stack, "other", { vpc, certificate }).forward("web", { to: web });
      }),
    ).toThrowErrorMatchingInlineSnapshot(`
     "TargetGroup "dev-test/web" is invalid:
       - only one load balancer can send to a group, got "dev-test/other" besides "dev-test/alb": make a group for each"
    `);
    expect(
      built(({ alb, stack, vpc }) =>
        alb.forward("web", { to: new TargetGroup(stack, "web", { vpc, port: 80 }), port: 81, slowStartSeconds: 30 }),
      ),
    ).toThrowErrorMatchingInlineSnapshot(`
     "ApplicationLoadBalancer "dev-test/alb" is invalid:
       - slowStartSeconds of forward "web" belongs to its target group, got 30: say it there
       - port of forward "web" belongs to its target group, got 81: say it there"
    `);
  });

  test("to be measured before something sends to it", () => {
    expect(
      built(({ stack, vpc }) => {
        const web = new TargetGroup(stack, "web", { vpc, port: 80 });
        stack.output("label", web.loadBalancerArnSuffix, "of requests per target");
      }),
    ).toThrow('TargetGroup "dev-test/web" has no load balancer: forward to it, alb.forward("…", { to: … })');
  });
});
