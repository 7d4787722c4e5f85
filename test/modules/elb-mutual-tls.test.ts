import { ApplicationLoadBalancer, TrustStore, type ApplicationLoadBalancerProps } from "../../modules/elb";
import { synthesized, type Synthesized } from "../support/synthesized";
import { vpcWith } from "../support/vpc-like";

const vpc = vpcWith(["a", "b"], ["public", "private"]);
const certificate = { arn: "arn:aws:acm:eu-west-1:111111111111:certificate/a" };
const trustStore = { arn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:truststore/partners/1" };

function balancer(props: Partial<ApplicationLoadBalancerProps> = {}): Synthesized["resources"] {
  return synthesized((stack) => void new ApplicationLoadBalancer(stack, "alb", { vpc, certificate, ...props }))
    .resources;
}

describe("clients of an application load balancer", () => {
  test("are asked for no certificate by default", () => {
    expect(balancer()["aws_lb_listener.alb_listener_443"]).not.toHaveProperty("mutual_authentication");
  });

  test("hand their certificates on to the targets with passthrough, on HTTPS only", () => {
    const resources = balancer({ mutualTls: "passthrough" });
    expect(resources["aws_lb_listener.alb_listener_443"]).toMatchObject({
      mutual_authentication: { mode: "passthrough" },
    });
    expect(resources["aws_lb_listener.alb_listener_80"]).not.toHaveProperty("mutual_authentication");
  });

  test("have theirs verified against a trust store; expired ones are let in when that is said", () => {
    const verify = { mode: "verify", trust_store_arn: trustStore.arn };
    expect(balancer({ mutualTls: { trustStore } })["aws_lb_listener.alb_listener_443"]).toMatchObject({
      mutual_authentication: {
        ...verify,
        ignore_client_certificate_expiry: false,
        advertise_trust_store_ca_names: "off",
      },
    });
    const lenient = balancer({ mutualTls: { trustStore, acceptExpired: true, advertiseAuthorities: true } });
    expect(lenient["aws_lb_listener.alb_listener_443"]).toMatchObject({
      mutual_authentication: {
        ...verify,
        ignore_client_certificate_expiry: true,
        advertise_trust_store_ca_names: "on",
      },
    });
  });

  test("cannot be asked for one over HTTP", () => {
    expect(() => balancer({ mutualTls: "passthrough", certificate: undefined })).toThrow(
      "mutualTls is for HTTPS listeners and needs a certificate of the load balancer's own, got none: give certificate",
    );
  });

  test("see nothing but the HTTPS listener change when it is switched on", () => {
    const { "aws_lb_listener.alb_listener_443": before, ...others } = balancer();
    const { "aws_lb_listener.alb_listener_443": after, ...same } = balancer({ mutualTls: "passthrough" });
    expect(same).toEqual(others);
    expect(after).toEqual({ ...before, mutual_authentication: { mode: "passthrough" } });
  });
});

describe("a trust store", () => {
  const authorities = { bucket: "acme-trust", key: "partners.pem", version: "1" };
  const stored = (revocations: Readonly<Record<string, { bucket: string; key: string }>> = {}) =>
    synthesized((stack) => void new TrustStore(stack, "partners", { authorities, revocations })).resources;

  test("is made of a bundle in S3", () => {
    expect(stored()).toEqual({
      "aws_lb_trust_store.partners": {
        name: "acme-dev-partners",
        ca_certificates_bundle_s3_bucket: "acme-trust",
        ca_certificates_bundle_s3_key: "partners.pem",
        ca_certificates_bundle_s3_object_version: "1",
        tags: { Name: "acme-dev-partners" },
      },
    });
  });

  test("has lists of revoked certificates by name: one more touches no other", () => {
    const leavers = { bucket: "acme-trust", key: "leavers.crl" };
    const one = stored({ leavers });
    expect(one["aws_lb_trust_store_revocation.partners_leavers"]).toEqual({
      trust_store_arn: "${aws_lb_trust_store.partners.arn}",
      revocations_s3_bucket: "acme-trust",
      revocations_s3_key: "leavers.crl",
    });
    expect(stored({ earlier: leavers, leavers })).toMatchObject(one);
  });
});
