import type { IConstruct, Node } from "constructs";
import { TerraformElement, TerraformOutput, TerraformStack } from "cdktf";
import { rememberFormerId } from "./former-id";

const CROSS_STACK_OUTPUT = "cross-stack-output-";
const REMOTE_STATE = "cross-stack-reference-input-";

/** Two constructs ask for one Terraform address: their ids, joined by `_`, come out the same. */
export class AddressCollisionError extends Error {
  readonly code = "ADDRESS_COLLISION";

  /** @param construct the one that came second: its source line is where the error is reported */
  constructor(
    address: string,
    first: string,
    readonly construct: IConstruct,
  ) {
    super(
      `Two constructs have the address ${address}:\n  - ${first}\n  - ${construct.node.path}\n` +
        `An address is the construct ids joined by "_". Give one of the two another id.`,
    );
    this.name = "AddressCollisionError";
  }
}

interface Rename {
  /** Logical id, or the beginning of the logical ids of everything in the module, before the rename. */
  readonly former: string;
  readonly construct: IConstruct;
}

/**
 * The Terraform addresses of one stack: the construct ids joined by `_`, no hash, kept apart per block kind and type.
 * An address is for ever: what changes it destroys, unless the change is written down with `renamed`.
 */
export class AddressBook {
  private readonly pathOf = new Map<string, string>();
  private readonly renames: Rename[] = [];

  constructor(private readonly stack: TerraformStack) {}

  /**
   * The logical id of an element, and a place in the book.
   * @throws AddressCollisionError when another construct has it already
   */
  allocate(element: TerraformElement | Node): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const id = this.logicalId(node);
    const kind = TerraformElement.isTerraformElement(element) ? blockKind(element) : undefined;
    if (kind !== undefined) {
      const address = `${kind}.${id}`;
      const taken = this.pathOf.get(address);
      if (taken !== undefined && taken !== node.path)
        throw new AddressCollisionError(address, taken, element as TerraformElement);
      this.pathOf.set(address, node.path);
    }
    return id;
  }

  /** Notes that `construct` had another address before: `aws_vpc.old`, or `old` for everything in a module. */
  renamed(former: string, construct: IConstruct): void {
    const formerId = former.slice(former.lastIndexOf(".") + 1);
    this.renames.push({ former: formerId, construct });
    rememberFormerId(construct, formerId);
  }

  /**
   * The `moved` blocks: one for each managed resource of each construct that was renamed. Several renames of one construct are a
   * chain, so that a state of any age finds its way.
   */
  movedBlocks(): { from: string; to: string }[] {
    return this.renames.flatMap(({ former, construct }, index) => {
      const now = this.logicalId(construct.node);
      const next = this.renames.slice(index + 1).find((later) => later.construct === construct)?.former ?? now;
      return managedResources(construct).map((resource) => {
        const type = resource.terraformResourceType;
        const part = resource.friendlyUniqueId.slice(now.length);
        return { from: `${type}.${former}${part}`, to: `${type}.${next}${part}` };
      });
    });
  }

  private logicalId(node: Node): string {
    const id = node.id;
    if (id.startsWith(CROSS_STACK_OUTPUT))
      return this.formerName(readable(id.slice(CROSS_STACK_OUTPUT.length)).replace(/^_|_$/g, ""));
    if (id.startsWith(REMOTE_STATE)) return readable(this.withoutEnvironment(id.slice(REMOTE_STATE.length)));
    const scopes = node.scopes;
    const components = scopes
      .slice(scopes.indexOf(this.stack) + 1)
      .map((scope) => scope.node.id)
      .filter((component) => component !== "Resource");
    return components.map(readable).join("_");
  }

  /**
   * A cross-stack output keeps the name it had before a rename: a changed output would be a change of the plan, and the
   * stacks that read it would have to be applied in between.
   */
  private formerName(output: string): string {
    for (const { former, construct } of this.renames) {
      const now = this.logicalId(construct.node);
      for (const resource of managedResources(construct)) {
        const type = resource.terraformResourceType;
        const prefix = `${type}_${resource.friendlyUniqueId}`;
        if (output === prefix || output.startsWith(`${prefix}_`)) {
          return `${type}_${former}${resource.friendlyUniqueId.slice(now.length)}${output.slice(prefix.length)}`;
        }
      }
    }
    return output;
  }

  /** `dev-network` read from `dev-dns` is `network`: what two stacks of one environment have in common says nothing. */
  private withoutEnvironment(stackId: string): string {
    const environment = this.stack.node.id.slice(0, this.stack.node.id.indexOf("-") + 1);
    return environment && stackId.startsWith(environment) ? stackId.slice(environment.length) : stackId;
  }
}

interface ManagedResource extends TerraformElement {
  readonly terraformResourceType: string;
}

function managedResources(construct: IConstruct): ManagedResource[] {
  return construct.node
    .findAll()
    .filter((child): child is ManagedResource => "terraformResourceType" in child && isManaged(child));
}

function isManaged(construct: IConstruct): boolean {
  const kind = TerraformElement.isTerraformElement(construct) ? blockKind(construct) : undefined;
  return kind !== undefined && /^[a-z]/.test(kind) && !kind.includes(".") && !["output", "var", "local"].includes(kind);
}

/**
 * What an element's id must be unique within: its resource type, `data.<type>`, `output`, `var`, `local`, `module`.
 * Elements without an address of their own (providers, backends) have none.
 */
function blockKind(element: TerraformElement): string | undefined {
  if (TerraformOutput.isTerraformOutput(element)) return "output";
  return (element as unknown as { readonly _elementType?: string })._elementType;
}

/** What Terraform takes as an identifier: letters, digits, `_` and `-`. */
function readable(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]+/g, "_");
}
