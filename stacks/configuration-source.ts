import type { ArrayExpression, CallExpression, Expression, Function as FunctionNode, Node } from "@babel/types";
import type { ObjectExpression } from "@babel/types";
import { SourceFile } from "./source-file";

/** Where a key is set, as far as the source shows it. */
export interface KeyPosition {
  /** `file:line:column` */
  readonly source: string;
  /** False when it is set somewhere below: what is there is made by a function, say. */
  readonly isExact: boolean;
  /** How many of the key's names lead there. */
  readonly depth: number;
}

/**
 * Where a key of an environment is set: by the call of `defineEnvironment(base, own)` that a frame shows. What is own comes before what its base
 * says, and what is plain to see before what only may be.
 * @param key `servers.web.rootVolume.iops`
 */
export function positionOfKey(
  { file, line, column }: { readonly file: string; readonly line: number; readonly column: number },
  key: string,
  projectDir: string,
): KeyPosition | undefined {
  const source = SourceFile.read(file, projectDir);
  const call = source?.callAt(line, column);
  if (!source || !call) return undefined;
  const [base, own] = call.arguments.map((argument) => find(scopeOf(source), argument, key.split(".")));
  const found = [own, base].filter((position) => position !== undefined);
  return found.find(({ isExact }) => isExact) ?? found.sort((a, b) => b.depth - a.depth)[0];
}

/** Where an expression stands, and what its names mean there: those of a function are what its call says. */
interface Scope {
  readonly file: SourceFile;
  readonly parameters: ReadonlyMap<string, { readonly node: Node; readonly scope: Scope }>;
  readonly level: number;
}

/** How often one name may stand for another. */
const DEEPEST = 30;

function scopeOf(file: SourceFile): Scope {
  return { file, parameters: new Map(), level: 0 };
}

/** @returns undefined when it certainly is not set there */
function find(scope: Scope, node: Node, names: readonly string[], depth = 0): KeyPosition | undefined {
  const expression = unwrapped(node);
  const here = position(scope, expression, depth);
  if (names.length === 0) return argumentBehind(scope, expression, depth) ?? (here && { ...here, isExact: true });
  if (scope.level > DEEPEST) return here;
  switch (expression.type) {
    case "ObjectExpression":
      return findInObject(scope, expression, names, depth);
    case "ArrayExpression":
      return findInList(scope, expression, names, depth) ?? here;
    case "Identifier":
      return findBehind(scope, expression.name, names, depth) ?? here;
    case "MemberExpression":
      return findInMember(scope, expression, names, depth) ?? here;
    case "CallExpression":
      return findInResult(scope, expression, names, depth) ?? here;
    default:
      return here;
  }
}

function position({ file }: Scope, node: Node, depth: number): KeyPosition | undefined {
  const source = file.positionOf(node);
  return source === undefined ? undefined : { source, isExact: false, depth };
}

/** The last one that sets it counts. */
function findInObject(
  scope: Scope,
  { properties }: ObjectExpression,
  [name = "", ...rest]: readonly string[],
  depth: number,
): KeyPosition | undefined {
  let possible: KeyPosition | undefined;
  for (const property of [...properties].reverse()) {
    if (property.type === "SpreadElement") {
      const found = find(scope, property.argument, [name, ...rest], depth);
      if (found?.isExact) return found;
      possible ??= found;
    } else if (property.type === "ObjectProperty") {
      const written = keyOf(property.key as Expression, property.computed);
      if (written === name) return find(scope, property.value, rest, depth + 1);
      if (written === undefined) possible ??= position(scope, property, depth);
    } else if (keyOf(property.key, property.computed) === name) {
      return position(scope, property, depth + 1);
    }
  }
  return possible;
}

/** @returns undefined when only the program can tell */
function keyOf(key: Node, computed: boolean): string | undefined {
  if (key.type === "Identifier" && !computed) return key.name;
  if (key.type === "StringLiteral" || key.type === "NumericLiteral") return String(key.value);
  return key.type === "TemplateLiteral" && key.expressions.length === 0 ? key.quasis[0]?.value.raw : undefined;
}

function findInList(
  scope: Scope,
  { elements }: ArrayExpression,
  [name = "", ...rest]: readonly string[],
  depth: number,
): KeyPosition | undefined {
  const element = elements[Number(name)];
  const isPlain = elements.every((one) => one?.type !== "SpreadElement");
  return element && isPlain ? find(scope, element, rest, depth + 1) : undefined;
}

function findBehind(
  { file, parameters, level }: Scope,
  name: string,
  names: readonly string[],
  depth: number,
): KeyPosition | undefined {
  const argument = parameters.get(name);
  if (argument) return find({ ...argument.scope, level: level + 1 }, argument.node, names, depth);
  const meaning = file.meaningOf(name);
  return meaning && find({ ...scopeOf(meaning.file), level: level + 1 }, meaning.node, names, depth);
}

/** `shared.volumes.small`, of an object or of what is imported as one. */
function findInMember(
  scope: Scope,
  member: Extract<Node, { type: "MemberExpression" }>,
  names: readonly string[],
  depth: number,
): KeyPosition | undefined {
  const { object, property, computed } = member;
  const name = keyOf(property, computed);
  if (name === undefined) return undefined;
  const imported = object.type === "Identifier" ? scope.file.meaningIn(object.name, name) : undefined;
  if (imported) return find({ ...scopeOf(imported.file), level: scope.level + 1 }, imported.node, names, depth);
  const found = find({ ...scope, level: scope.level + 1 }, object, [name, ...names], depth - 1);
  return found?.isExact ? found : undefined;
}

/** What a function of the program returns, where that is an object. */
function findInResult(
  scope: Scope,
  call: CallExpression,
  names: readonly string[],
  depth: number,
): KeyPosition | undefined {
  const { callee } = call;
  const meaning = callee.type === "Identifier" ? scope.file.meaningOf(callee.name) : undefined;
  if (!meaning || !isFunction(meaning.node)) return undefined;
  const result = resultOf(meaning.node);
  if (!result) return undefined;
  const parameters = new Map(
    meaning.node.params.flatMap((parameter, index) => {
      const node = call.arguments[index];
      return parameter.type === "Identifier" && node ? [[parameter.name, { node, scope }] as const] : [];
    }),
  );
  const found = find({ file: meaning.file, parameters, level: scope.level + 1 }, result, names, depth);
  return found?.isExact ? found : undefined;
}

/** A value that a function is called with is written in the call. */
function argumentBehind(scope: Scope, expression: Node, depth: number): KeyPosition | undefined {
  const argument = expression.type === "Identifier" ? scope.parameters.get(expression.name) : undefined;
  return argument && find(argument.scope, argument.node, [], depth);
}

function isFunction(node: Node): node is FunctionNode {
  return ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"].includes(node.type);
}

function resultOf({ body }: FunctionNode): Expression | undefined {
  if (body.type !== "BlockStatement") return body;
  const returned = body.body.filter((statement) => statement.type === "ReturnStatement");
  return returned.length === 1 ? (returned[0]?.argument ?? undefined) : undefined;
}

/** Without `as const`, `satisfies T` and the like. */
function unwrapped(node: Node): Node {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "ParenthesizedExpression":
      return unwrapped(node.expression);
    default:
      return node;
  }
}
