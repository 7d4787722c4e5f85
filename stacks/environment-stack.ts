import { Aspects, TerraformOutput, TerraformStack, type TerraformElement } from "cdktf";
import type { Construct, IConstruct, Node } from "constructs";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { EnvironmentConfig } from "../environments/config";
import { AddressBook, captureSourceLines, provideContext } from "../modules/core";
import { createBackend } from "./backend";
import { prepareCrossStackReferences } from "./cross-stack-references";
import { providerConfig, setEmulatorEndpoints } from "./provider";
import { NameTags } from "./name-tags";
import { declareTargetVersions, finishTerraform } from "./terraform-json";

export interface EnvironmentStackProps {
  readonly environment: EnvironmentConfig;
  /**
   * URL of an AWS emulator, e.g. `http://127.0.0.1:5000`: provider and state are pointed at it.
   * @default none: AWS
   */
  readonly emulator?: string;
}

const ENVIRONMENT_STACK = Symbol.for("andamio/environment-stack");
const CONFIGURED_BY = Symbol.for("andamio/configured-by");

/**
 * One Terraform state of one environment. Decides once, for every stack: the provider with its account guard and tags, the
 * backend, addresses without hashes, `Name` tags, and what the Terraform JSON looks like.
 *
 * Its id is `<environment>-<name>`; its state is kept under `<environment>/<name>.tfstate`.
 */
export class EnvironmentStack extends TerraformStack {
  readonly environment: EnvironmentConfig;
  /** The emulator that this run is for, if any. */
  readonly emulator: string | undefined;

  private readonly addresses: AddressBook;

  /**
   * @param scope the app
   * @param name of the stack within its environment: `network`
   */
  constructor(scope: Construct, name: string, props: EnvironmentStackProps) {
    super(scope, `${props.environment.name}-${name}`);
    Object.defineProperty(this, ENVIRONMENT_STACK, { value: true });
    captureSourceLines();
    this.environment = props.environment;
    this.emulator = props.emulator;
    this.addresses = new AddressBook(this);

    this.provideContext();
    declareTargetVersions(this);
    this.createProvider();
    for (const region of props.environment.otherRegions ?? []) this.providerIn(region);
    createBackend(this, name, props);
    Aspects.of(this).add(new NameTags());
  }

  /** True for an EnvironmentStack of any copy of this package. */
  static isEnvironmentStack(construct: IConstruct): construct is EnvironmentStack {
    return ENVIRONMENT_STACK in construct;
  }

  /**
   * The provider of another region in the same account, made when it is first asked for. What it made it must also destroy: before the last thing
   * of a region is dropped, name the region in the environment's `otherRegions` until that is applied, or Terraform stops with "Provider configuration
   * not present".
   * @param region e.g. `us-east-1`, where certificates for CloudFront live
   */
  providerIn(region: string): AwsProvider {
    const id = `aws_${region.replaceAll("-", "_")}`;
    const existing = this.node.tryFindChild(id);
    if (existing) return existing as AwsProvider;
    return this.createProvider(region, id);
  }

  /**
   * Declares a public output: part of what other repositories and people may rely on.
   * @param name e.g. `vpc_id`
   */
  output(name: string, value: unknown, description: string): void {
    new TerraformOutput(this, name, { value, description });
  }

  /**
   * Writes down that a construct had another address, so that Terraform moves what is there instead of replacing it. Several
   * renames of one construct are written in the order in which they were made.
   * @param former the old address (`aws_vpc.old`), or for a module what its addresses began with (`old`)
   */
  renamed(former: string, construct: IConstruct): void {
    this.addresses.renamed(former, construct);
  }

  /**
   * Notes which key of the environment's configuration a construct comes from: findings about it, and about what is below
   * it, name the key.
   * @returns the construct
   */
  configuredBy<T extends IConstruct>(key: string, construct: T): T {
    Object.defineProperty(construct.node, CONFIGURED_BY, { value: key });
    return construct;
  }

  /** The configuration key that a construct comes from: its own, or that of the nearest scope. */
  static configurationKeyOf(construct: IConstruct): string | undefined {
    for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
      const key = (scope.node as { [CONFIGURED_BY]?: string })[CONFIGURED_BY];
      if (key !== undefined) return key;
    }
    return undefined;
  }

  override prepareStack(): void {
    this.ensureBackendExists();
    prepareCrossStackReferences(this);
  }

  override toTerraform(): Record<string, unknown> {
    return finishTerraform(super.toTerraform() as Record<string, unknown>, this.addresses.movedBlocks(), this.node.id);
  }

  protected override allocateLogicalId(element: TerraformElement | Node): string {
    return this.addresses.allocate(element);
  }

  private provideContext(): void {
    const { project, name, tier, region, account } = this.environment;
    provideContext(this, { project, environment: name, tier, region, account });
  }

  /** Without a region: the stack's own provider, which everything uses unless told otherwise. */
  private createProvider(region?: string, id = "aws"): AwsProvider {
    const provider = new AwsProvider(this, id, {
      ...providerConfig(this.environment, this.emulator),
      ...(region === undefined ? {} : { region, alias: region }),
    });
    if (this.emulator !== undefined) setEmulatorEndpoints(provider, this.emulator);
    return provider;
  }
}
