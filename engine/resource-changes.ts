import { holdsData } from "./data-stores";

/** What Terraform means to do with one resource. */
export interface ResourceChange {
  readonly address: string;
  /** `forget`: it leaves the state and goes on to exist (a `removed` block). */
  readonly action: "create" | "update" | "replace" | "delete" | "read" | "move" | "import" | "forget";
  /** Where it was before, when it moves. */
  readonly previousAddress?: string;
  /** True when it is taken into the state, and changed at once. */
  readonly imported?: boolean;
  /** True when data goes with it: a database, a volume, a bucket that is replaced or deleted. */
  readonly destroysData?: boolean;
  /** The arguments that force a replacement: `engine`, `storage_encrypted`. */
  readonly forcedBy?: readonly string[];
}

export interface ChangeCounts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly move: number;
  readonly import: number;
  readonly forget: number;
}

/** The parts of Terraform's plan JSON that are used. https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly previous_address?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: object;
    readonly before?: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** What a plan does with a resource; undefined for nothing. */
function resourceChange({ address, type, previous_address, change }: PlannedChange): ResourceChange | undefined {
  const action = actionOf(change.actions);
  const moved = previous_address === undefined ? {} : { previousAddress: previous_address };
  const imported = change.importing ? { imported: true } : {};
  if (action) return { address, action, ...moved, ...imported, ...whatGoes(action, type, change) };
  if (change.importing) return { address, action: "import" };
  return previous_address === undefined ? undefined : { address, action: "move", ...moved };
}

function whatGoes(
  action: ResourceChange["action"],
  type: string,
  { before, replace_paths = [] }: PlannedChange["change"],
): Pick<ResourceChange, "destroysData" | "forcedBy"> {
  if (action !== "replace" && action !== "delete") return {};
  const forcedBy = [...new Set(replace_paths.map((path) => path.join(".")))].sort();
  return {
    ...(forcedBy.length === 0 ? {} : { forcedBy }),
    ...(holdsData(type, before) ? { destroysData: true } : {}),
  };
}

/** As the plan JSON names them, where there is one. `no-op` is none. */
const SINGLE_ACTIONS = ["create", "update", "delete", "read", "forget"] as const;

function actionOf(actions: readonly string[]): ResourceChange["action"] | undefined {
  if (actions.length === 2) return "replace";
  return SINGLE_ACTIONS.find((action) => action === actions[0]);
}

/** Everything that a plan does. */
export function resourceChanges({ resource_changes = [] }: PlanJson): ResourceChange[] {
  return resource_changes.flatMap((change) => resourceChange(change) ?? []);
}

/** As Terraform counts: a replacement is one to add and one to destroy. */
export function count(resources: readonly ResourceChange[]): ChangeCounts {
  const of = (...actions: ResourceChange["action"][]): number =>
    resources.filter(({ action }) => actions.includes(action)).length;
  return {
    add: of("create", "replace"),
    change: of("update"),
    destroy: of("delete", "replace"),
    move: resources.filter(({ previousAddress }) => previousAddress !== undefined).length,
    import: resources.filter(({ action, imported }) => action === "import" || imported).length,
    forget: of("forget"),
  };
}

/** What becomes of a data store, in words: `aws_db_instance.orders would be replaced: engine forces it`. */
export function destructionText({ address, action, forcedBy = [] }: ResourceChange): string {
  if (action === "delete") return `${address} would be deleted`;
  const force = forcedBy.length === 1 ? "forces" : "force";
  return `${address} would be replaced${forcedBy.length === 0 ? "" : `: ${forcedBy.join(", ")} ${force} it`}`;
}

/**
 * The flags that let these addresses go, for a person to paste: an address with a key, `aws_ebs_volume.data["a"]`, is quoted, or the shell would take
 * its quotes away.
 */
export function allowDestroyFlags(changes: readonly ResourceChange[]): string {
  const quoted = (address: string): string => (/^[\w.-]+$/.test(address) ? address : `'${address}'`);
  return changes.map(({ address }) => `--allow-destroy ${quoted(address)}`).join(" ");
}
