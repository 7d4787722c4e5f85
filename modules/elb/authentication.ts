import { Token } from "cdktf";
import type {
  LbListenerRuleAction,
  LbListenerRuleActionAuthenticateCognito,
  LbListenerRuleActionAuthenticateOidc,
} from "@cdktf/provider-aws/lib/lb-listener-rule";

/** What both kinds of authentication have. */
interface SessionOptions {
  /**
   * What happens to a request without a session: the sign-in page, a refusal (401), or on to the target without an identity.
   * @default "authenticate"
   */
  readonly onUnauthenticatedRequest?: "authenticate" | "deny" | "allow";
  /**
   * Claims that are asked for, separated by spaces.
   * @default "openid"
   */
  readonly scope?: string;
  /**
   * @default "AWSELBAuthSessionCookie"
   */
  readonly sessionCookieName?: string;
  /**
   * Seconds until a user must sign in again, 1 to 604,800 (seven days).
   * @default 604800
   */
  readonly sessionTimeoutSeconds?: number;
  /**
   * Further parameters of the sign-in request, at most 10.
   * @default none
   */
  readonly extraParameters?: Readonly<Record<string, string>>;
}

/** A Cognito user pool. */
export interface CognitoAuthentication extends SessionOptions {
  readonly userPoolArn: string;
  readonly userPoolClientId: string;
  /** Prefix of the pool's domain, or the domain itself. */
  readonly userPoolDomain: string;
}

/** Any provider of OpenID Connect. */
export interface OidcAuthentication extends SessionOptions {
  /** `https://example.okta.com` */
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientId: string;
  /**
   * A reference, never the secret itself: the value of a sensitive `TerraformVariable`, or an attribute of another resource. The provider has no
   * write-only argument for it (5.100), so that its value lies in the state: encrypt that, and let few read it.
   */
  readonly clientSecret: string;
}

/**
 * Who may go on: requests of users who have signed in. HTTPS listeners only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export type Authentication = { readonly cognito: CognitoAuthentication } | { readonly oidc: OidcAuthentication };

/** The action that goes before what an authenticated request is for. */
export function authenticationAction(authentication: Authentication): LbListenerRuleAction {
  if ("cognito" in authentication) {
    const { userPoolArn, userPoolClientId, userPoolDomain } = authentication.cognito;
    const authenticateCognito: LbListenerRuleActionAuthenticateCognito = {
      userPoolArn,
      userPoolClientId,
      userPoolDomain,
      ...sessionArguments(authentication.cognito),
    };
    return { type: "authenticate-cognito", authenticateCognito };
  }
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId, clientSecret } =
    authentication.oidc;
  const authenticateOidc: LbListenerRuleActionAuthenticateOidc = {
    issuer,
    authorizationEndpoint,
    tokenEndpoint,
    userInfoEndpoint,
    clientId,
    clientSecret,
    ...sessionArguments(authentication.oidc),
  };
  return { type: "authenticate-oidc", authenticateOidc };
}

/** What is wrong with it, with the fix. */
export function authenticationProblems(authentication: Authentication, protocol: string): string[] {
  const secret = "oidc" in authentication ? authentication.oidc.clientSecret : undefined;
  return [
    ...(protocol === "HTTPS" ? [] : [`authenticate needs an HTTPS listener, got ${protocol}: give a certificate`]),
    ...(secret === undefined || Token.isUnresolved(secret)
      ? []
      : [
          "authenticate.oidc.clientSecret must be a reference, got the secret itself, which would be written to disk: " +
            "take the value of a sensitive TerraformVariable and set TF_VAR_<name>",
        ]),
  ];
}

function sessionArguments(options: SessionOptions): {
  onUnauthenticatedRequest?: string;
  scope?: string;
  sessionCookieName?: string;
  sessionTimeout?: number;
  authenticationRequestExtraParams?: Record<string, string>;
} {
  return {
    onUnauthenticatedRequest: options.onUnauthenticatedRequest ?? "authenticate",
    scope: options.scope,
    sessionCookieName: options.sessionCookieName,
    sessionTimeout: options.sessionTimeoutSeconds,
    authenticationRequestExtraParams: options.extraParameters,
  };
}
