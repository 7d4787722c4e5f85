import { defineEnvironment, type EnvironmentBase, type EnvironmentDefinition } from "../../environments/define";
import { validateEnvironments } from "../../environments/validate";

const base: EnvironmentBase = {
  project: "acme",
  backend: { type: "s3" },
  network: { availabilityZones: ["a", "b"] },
};
const own: EnvironmentDefinition = {
  name: "dev",
  tier: "development",
  account: "111111111111",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16" },
};

function refusal(servers: EnvironmentDefinition["servers"]): () => unknown {
  return () => validateEnvironments([defineEnvironment(base, { ...own, servers })]);
}

describe("servers in an environment", () => {
  test("that contradict themselves are refused, with everything that is wrong", () => {
    const wrong = refusal({
      app: {
        instanceType: "t4g.small",
        publicKey: "ssh-ed25519 AAAA me",
        keyPair: { name: "ops" },
        overrides: { b1: {} },
        formerServer: "a1",
        snapshots: { nightly: { everyHours: 24, startTime: "03:00", keep: { count: 7 } } },
      },
      worker: { instanceType: "t4g.small", instancesPerZone: 1, availabilityZone: "a", privateIp: "10.0.0.9" },
    });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: servers.app has publicKey and keyPair, which are two keys: drop one of the two
       - dev: servers.app.snapshots are of data volumes, and there are none: give dataVolumes, or drop it
       - dev: servers.app.overrides is for several instances: give instancesPerZone, or drop it
       - dev: servers.app.formerServer is for several instances: give instancesPerZone, or drop it
       - dev: servers.worker.availabilityZone is for one instance, and instancesPerZone makes several: drop it
       - dev: servers.worker.privateIp is for one instance, and instancesPerZone makes several: drop it"
    `);
  });

  test("say what their parts need, in overrides too", () => {
    const unset = refusal({
      app: {
        instanceType: "t4g.small",
        instancesPerZone: 1,
        overrides: { a1: { dataVolumes: { uploads: { sizeGib: 1 } } } },
        snapshots: { nightly: { everyHours: 24, startTime: "03:00" } },
      },
    });
    expect(unset).toThrowErrorMatchingInlineSnapshot(`
     "The environments are invalid:
       - dev: servers.app.overrides.a1.dataVolumes.uploads.deviceName is not set: set it in environments/base.ts for all, or in environments/dev.ts
       - dev: servers.app.snapshots.nightly.keep is not set: set it in environments/base.ts for all, or in environments/dev.ts"
    `);
  });

  test("may be one, several, or several of which some differ", () => {
    const accepted = refusal({
      one: { instanceType: "t4g.small", availabilityZone: "b" },
      several: { instanceType: "t4g.small", instancesPerZone: { a: 2 }, overrides: { a2: { privateIp: "10.0.0.9" } } },
    });
    expect(accepted).not.toThrow();
  });

  /** Compiled by the type check; each line fails there when the mistake below it compiles. */
  test("with a mistake do not compile", () => {
    // @ts-expect-error -- what is made of other constructs is wired in a stack
    refusal({ app: { instanceType: "t4g.small", securityGroup: {} } });
    // @ts-expect-error -- no such choice
    refusal({ app: { instanceType: "t4g.small", tenancy: "alone" } });
    // @ts-expect-error -- no such zone
    refusal({ app: { instanceType: "t4g.small", instancesPerZone: { z: 1 } } });
    // @ts-expect-error -- no such key in a schedule
    refusal({ app: { instanceType: "t4g.small", powerSchedule: { stopp: "cron(0 20 ? * * *)" } } });
    expect(refusal({})).not.toThrow();
  });
});
