import { TerraformElement, TerraformStack } from "cdktf";
import { Node, type IConstruct } from "constructs";
import { captureStack, firstUserFrame, type CapturedStack, type SourceLine } from "./captured-stack";

const CREATED_AT = Symbol.for("andamio/created-at");
const WRITTEN_AT = Symbol.for("andamio/written-at");
const OVERRIDDEN_AT = Symbol.for("andamio/overridden-at");
const CAPTURING = Symbol.for("andamio/captures-source-lines");

interface Remembered {
  [CREATED_AT]?: CapturedStack;
  /** By argument: what was set after the element was made. */
  [WRITTEN_AT]?: Map<string, CapturedStack>;
  /** By argument: what was overridden, which holds whatever is assigned before or after. */
  [OVERRIDDEN_AT]?: Map<string, CapturedStack>;
}

/**
 * From now on, every Terraform element remembers the frames that made it, and the frames that set an argument of it afterwards
 * (an override, an assignment, a `putX`). Frames are kept as V8 took them and formatted only when somebody asks.
 *
 * The hook is `Node.addMetadata`, which cdktf calls once from the constructor of each element.
 */
export function captureSourceLines(): void {
  const prototype = Node.prototype as unknown as Record<symbol, unknown> & Pick<Node, "addMetadata">;
  if (prototype[CAPTURING]) return;
  prototype[CAPTURING] = true;
  const original = prototype.addMetadata;
  prototype.addMetadata = function addMetadata(this: Node, type, data, options) {
    if (type === "stacktrace") {
      (this as Remembered)[CREATED_AT] = captureStack(addMetadata);
      rememberAssignments((this as unknown as { readonly host: object }).host);
    }
    original.call(this, type, data, options);
  };
  rememberOverrides();
}

/** Runs `work` without remembering that it sets anything: what Andamio itself adds to everything is not what a user wrote. */
export function withoutSourceLines<T>(work: () => T): T {
  paused = true;
  try {
    return work();
  } finally {
    paused = false;
  }
}

let paused = false;

/**
 * Where a construct was written.
 * @param projectDir what paths are relative to
 * @returns undefined when nothing was captured
 */
export function sourceLineOf(construct: IConstruct, projectDir: string): SourceLine | undefined {
  const captured = (construct.node as Remembered)[CREATED_AT];
  return captured && firstUserFrame(captured, projectDir);
}

/**
 * The lines that set single arguments after the element was made, by argument: `root_block_device.0.iops`. Of a stack, by what it overrides:
 * `resource.aws_instance.web.ami`.
 */
export function writtenLinesOf(construct: IConstruct, projectDir: string): Record<string, string> {
  const { [WRITTEN_AT]: written = [], [OVERRIDDEN_AT]: overridden = [] } = construct.node as Remembered;
  return Object.fromEntries(
    [...written, ...overridden].flatMap(([argument, captured]) => {
      const line = firstUserFrame(captured, projectDir);
      return line ? [[argument, line.source]] : [];
    }),
  );
}

/** Where an error was caused: the same frames, of a thrown error. */
export function sourceLineOfError(error: Error, projectDir: string): SourceLine | undefined {
  return firstUserFrame(error as unknown as CapturedStack, projectDir);
}

function remember(
  construct: IConstruct,
  argument: string,
  below: (...args: never[]) => unknown,
  how: typeof WRITTEN_AT | typeof OVERRIDDEN_AT = WRITTEN_AT,
): void {
  if (paused) return;
  const node = construct.node as Remembered;
  (node[how] ??= new Map()).set(argument, captureStack(below));
}

function rememberOverrides(): void {
  for (const prototype of [TerraformElement.prototype, TerraformStack.prototype]) {
    const original = prototype.addOverride;
    prototype.addOverride = function addOverride(this: IConstruct, path: string, value: unknown) {
      remember(this, path, addOverride, OVERRIDDEN_AT);
      original.call(this as never, path, value);
    };
  }
}

const wrapped = new WeakSet<object>();

/** An element, or a block of one: `resource.rootBlockDevice`. */
type Assignable = IConstruct | { readonly terraformAttribute: string; readonly terraformResource: Assignable };

/** Wraps the setters and `putX` methods of a generated class, once: a constructor does not use them. */
function rememberAssignments(target: object): void {
  const prototype = Object.getPrototypeOf(target) as object;
  if (wrapped.has(prototype)) return;
  wrapped.add(prototype);
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    const { get, set } = property;
    if (set && name !== INTERNAL) {
      const assign = function (this: Assignable, value: unknown): void {
        rememberPart(this, name, assign);
        set.call(this, value);
      };
      Object.defineProperty(prototype, name, { ...property, set: assign });
    } else if (/^put[A-Z]/.test(name)) {
      const put = property.value as (...args: unknown[]) => unknown;
      const replaced = function (this: Assignable, ...args: unknown[]): unknown {
        rememberPart(this, name.slice(3), replaced);
        return put.apply(this, args);
      };
      Object.defineProperty(prototype, name, { ...property, value: replaced });
    } else if (get && `put${name.charAt(0).toUpperCase()}${name.slice(1)}` in prototype) {
      const block = function (this: Assignable): object {
        const found = get.call(this) as object;
        rememberAssignments(found);
        return found;
      };
      Object.defineProperty(prototype, name, { ...property, get: block });
    }
  }
}

/** What `putX` and constructors set a whole block by. */
const INTERNAL = "internalValue";

function rememberPart(target: Assignable, name: string, below: (...args: never[]) => unknown): void {
  const names = [snakeCase(name)];
  let part = target;
  for (; !("node" in part); part = part.terraformResource) names.unshift(part.terraformAttribute);
  remember(part, names.join("."), below);
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}
