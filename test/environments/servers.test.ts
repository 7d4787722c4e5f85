import type { EnvironmentDefinition } from "../../environments/define";
import { checked, unchecked, unsetKeys } from "../support/environment-definition";

function refusal(servers: EnvironmentDefinition["servers"]): () => unknown {
  return checked({ servers });
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
        snapshots: { nightly: unchecked({ everyHours: 24, startTime: "03:00" }) },
      },
    });
    expect(unset).toThrow(
      unsetKeys("servers.app.overrides.a1.dataVolumes.uploads.deviceName", "servers.app.snapshots.nightly.keep"),
    );
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
    // @ts-expect-error -- half of a schedule
    refusal({ app: { instanceType: "t4g.small", snapshots: { nightly: { everyHours: 24, startTime: "03:00" } } } });
    // @ts-expect-error -- no such zone
    refusal({ app: { instanceType: "t4g.small", instancesPerZone: { z: 1 } } });
    // @ts-expect-error -- no such key in a schedule
    refusal({ app: { instanceType: "t4g.small", powerSchedule: { stopp: "cron(0 20 ? * * *)" } } });
    expect(refusal({})).not.toThrow();
  });
});
