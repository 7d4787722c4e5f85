import { parse } from "@babel/parser";
import type { Expression, ObjectExpression, Statement } from "@babel/types";

/** The two arguments of a call of `defineEnvironment`. */
export interface Definition {
  readonly own: ObjectExpression;
  readonly base: {
    /** As the call names it. */
    readonly name: string;
    /** The object itself, when it is written in the same file. */
    readonly object?: ObjectExpression;
    /** Module that it is imported from: `./base`. */
    readonly importedFrom?: string;
  };
}

/** The call of `defineEnvironment(base, { ... })` that begins on a line, if both arguments are written plainly. */
export function definitionAt(text: string, line: number): Definition | undefined {
  const statements = statementsOf(text);
  for (const value of statements.flatMap(valuesOf)) {
    const call = unwrapped(value.expression);
    if (call?.type !== "CallExpression" || call.loc?.start.line !== line) continue;
    const [base, own] = call.arguments;
    const object = own && unwrapped(own as Expression);
    if (object?.type !== "ObjectExpression" || !base) return undefined;
    return { own: object, base: baseOf(statements, base as Expression) };
  }
  return undefined;
}

/** The object that a file exports under a name. */
export function exportedObject(text: string, name: string): ObjectExpression | undefined {
  const value = statementsOf(text)
    .flatMap(valuesOf)
    .find((candidate) => candidate.name === name);
  const object = value && unwrapped(value.expression);
  return object?.type === "ObjectExpression" ? object : undefined;
}

/** `line:column` of the property that a key leads to: `network.availabilityZones.0`. */
export function lineOfKey(object: ObjectExpression, key: string): string | undefined {
  let current: Expression = object;
  let position: string | undefined;
  for (const name of key.split(".")) {
    const child: Expression | undefined = childOf(current, name);
    const start = child?.loc?.start;
    if (!child || !start) return undefined;
    position = `${start.line}:${start.column + 1}`;
    current = child;
  }
  return position;
}

interface NamedValue {
  readonly name: string;
  readonly expression: Expression;
}

function statementsOf(text: string): Statement[] {
  return parse(text, { sourceType: "module", plugins: ["typescript"] }).program.body;
}

function valuesOf(statement: Statement): NamedValue[] {
  const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (declaration?.type !== "VariableDeclaration") return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === "Identifier" && init ? [{ name: id.name, expression: init }] : [],
  );
}

function baseOf(statements: readonly Statement[], base: Expression): Definition["base"] {
  const expression = unwrapped(base);
  if (expression.type === "ObjectExpression") return { name: "", object: expression };
  const local = expression.type === "Identifier" ? expression.name : "";
  const here = statements.flatMap(valuesOf).find(({ name }) => name === local);
  const object = here && unwrapped(here.expression);
  if (object?.type === "ObjectExpression") return { name: local, object };
  for (const statement of statements) {
    if (statement.type !== "ImportDeclaration") continue;
    const specifier = statement.specifiers.find((candidate) => candidate.local.name === local);
    if (specifier?.type !== "ImportSpecifier") continue;
    const { imported } = specifier;
    return {
      name: imported.type === "Identifier" ? imported.name : imported.value,
      importedFrom: statement.source.value,
    };
  }
  return { name: local };
}

function childOf(expression: Expression, name: string): Expression | undefined {
  const container = unwrapped(expression);
  if (container.type === "ArrayExpression")
    return (container.elements[Number(name)] ?? undefined) as Expression | undefined;
  if (container.type !== "ObjectExpression") return undefined;
  for (const property of container.properties) {
    if (property.type !== "ObjectProperty" || property.computed) continue;
    const { key } = property;
    const written = key.type === "Identifier" ? key.name : key.type === "StringLiteral" ? key.value : undefined;
    if (written === name) return property.value as Expression;
  }
  return undefined;
}

/** Without `as const`, `satisfies T` and the like. */
function unwrapped(expression: Expression): Expression {
  switch (expression.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return unwrapped(expression.expression);
    default:
      return expression;
  }
}
