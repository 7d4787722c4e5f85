import { Construct } from "constructs";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { LbListenerRule, type LbListenerRuleAction } from "@cdktf/provider-aws/lib/lb-listener-rule";
import type { CertificateLike } from "../acm";
import { Problems, shown } from "../core";
import { fixedResponseAction } from "./actions";
import { conditionBlocks, type RuleConditions } from "./conditions";
import { HIGHEST_PRIORITY, priorityProblems, rulePriority, type RankedRule } from "./priority";
import { mutualAuthentication, type MutualTls } from "./trust-store";

/** What a listener is told by its Application Load Balancer. */
export interface ListenerProps {
  readonly loadBalancer: { readonly arn: string };
  /** Port that clients come to, 1 to 65535. Changing it changes the listener in place. */
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /**
   * What HTTPS answers with when none of `certificates` fits.
   * @default none: HTTP
   */
  readonly certificate?: CertificateLike;
  /**
   * Further certificates by a name of your own, chosen by the host that a client asks for. Dropping one touches no other.
   * @default none
   */
  readonly certificates?: Readonly<Record<string, CertificateLike>>;
  /** TLS versions and ciphers, by the name of AWS's policy. */
  readonly tlsPolicy: string;
  /**
   * Ask clients of HTTPS for a certificate.
   * @default off
   */
  readonly mutualTls?: MutualTls;
}

/** A rule of a listener, as `forward`, `redirect` and `respond` make it. */
export interface RuleOptions {
  readonly conditions: RuleConditions;
  readonly actions: LbListenerRuleAction[];
  /** @default made from the rule itself */
  readonly priority?: number;
  /**
   * Where the rule is made: what it sends to may be in a later stack.
   * @default the listener
   */
  readonly scope?: Construct;
}

/**
 * A port that an Application Load Balancer listens at, with its rules. It answers 404 until it is told otherwise. Made by the load balancer.
 *
 * Replaced by: nothing that can be said here. Costs: nothing.
 */
export class Listener extends Construct {
  readonly arn: string;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** By name. */
  readonly rules: Readonly<Record<string, LbListenerRule>>;
  readonly resource: LbListener;

  private readonly ruleByName: Record<string, LbListenerRule> = {};
  private readonly ranked: RankedRule[] = [];
  private defaultName?: string;

  constructor(scope: Construct, id: string, props: ListenerProps) {
    super(scope, id);
    const { loadBalancer, port, protocol, certificate, tlsPolicy, mutualTls } = props;
    this.port = port;
    this.protocol = protocol;
    this.resource = new LbListener(this, "Resource", {
      loadBalancerArn: loadBalancer.arn,
      port,
      protocol,
      ...(protocol === "HTTPS"
        ? {
            certificateArn: certificate?.arn,
            sslPolicy: tlsPolicy,
            mutualAuthentication: mutualAuthentication(mutualTls),
          }
        : {}),
      defaultAction: [fixedResponseAction({ statusCode: 404 })],
    });
    this.arn = this.resource.arn;
    this.rules = this.ruleByName;
    for (const [name, further] of Object.entries(props.certificates ?? {})) this.addCertificate(name, further);
  }

  /** One more certificate, by a name of your own. */
  addCertificate(name: string, certificate: CertificateLike): void {
    new LbListenerCertificate(this, `certificate_${name}`, {
      listenerArn: this.arn,
      certificateArn: certificate.arn,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /**
   * What is done with a request that no rule is for.
   * @param name who says so, for the message when somebody else does too
   * @param joined with forwards that share the default: they say it again and again
   * @returns what does it: the listener itself
   */
  setDefault(name: string, actions: LbListenerRuleAction[], joined = false): LbListener {
    const problems = new Problems(this, "Listener");
    problems.require(
      this.defaultName === undefined || (joined && this.defaultName === name),
      `port ${this.port} can have one default only, got "${name}" besides "${this.defaultName}": give one of them conditions (hosts, paths, ...)`,
    );
    problems.throwIfAny();
    this.defaultName = name;
    this.resource.putDefaultAction(actions);
    return this.resource;
  }

  /** @throws InvalidConstructError when its priority is taken, or one of the rules would never be reached */
  addRule(name: string, { conditions, actions, priority, scope = this }: RuleOptions): LbListenerRule {
    const rule = { name, conditions, priority: priority ?? rulePriority(name, conditions) };
    this.checkRule(rule);
    this.ranked.push(rule);
    const id = scope === this ? name : `rule_${name}`;
    const resource = new LbListenerRule(scope, id, {
      listenerArn: this.arn,
      priority: rule.priority,
      condition: conditionBlocks(conditions),
      action: actions,
    });
    this.ruleByName[name] = resource;
    return resource;
  }

  private checkRule(rule: RankedRule): void {
    const problems = new Problems(this, "Listener");
    const { name, priority } = rule;
    problems.require(this.ruleByName[name] === undefined, `there is a rule "${name}" already: choose another name`);
    problems.require(
      !name.startsWith("certificate_") && name !== "Resource",
      `a rule must not be named ${shown(name)}, which is an address of the listener's own: rename it`,
    );
    problems.require(
      Number.isInteger(priority) && priority >= 1 && priority <= HIGHEST_PRIORITY,
      `priority of "${name}" must be 1 to ${HIGHEST_PRIORITY}, got ${shown(priority)}`,
    );
    for (const problem of priorityProblems(rule, this.ranked)) problems.add(problem);
    problems.throwIfAny();
  }
}
