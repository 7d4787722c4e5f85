import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parse } from "@babel/parser";
import type { CallExpression, Expression, Function as FunctionNode, Node, Statement } from "@babel/types";

/** What a name stands for: an expression, or a function, in the file that holds it. */
export interface Meaning {
  readonly file: SourceFile;
  readonly node: Expression | FunctionNode;
}

/** A file of the program, and what its names stand for. */
export class SourceFile {
  private readonly statements: readonly Statement[];

  private constructor(
    /** Relative to the project, with slashes. */
    readonly path: string,
    text: string,
    private readonly projectDir: string,
  ) {
    this.statements = statementsOf(text);
  }

  /** @returns undefined where the file cannot be read, or is nothing that a parser of TypeScript knows */
  static read(path: string, projectDir: string): SourceFile | undefined {
    try {
      return new SourceFile(path, readFileSync(resolve(projectDir, path), "utf8"), projectDir);
    } catch {
      return undefined;
    }
  }

  /** `file:line:column` */
  positionOf({ loc }: Node): string | undefined {
    return loc ? `${this.path}:${loc.start.line}:${loc.start.column + 1}` : undefined;
  }

  /** The call that begins at a line, the nearest to the column; of several in one another, the inner one. */
  callAt(line: number, column: number): CallExpression | undefined {
    return callsIn(this.statements)
      .filter(({ loc }) => loc?.start.line === line)
      .sort((one, other) => distance(one, column) - distance(other, column))[0];
  }

  /** What a name stands for at the top of the file: declared there, or imported. */
  meaningOf(name: string, depth = 0): Meaning | undefined {
    const declared = this.declared(name);
    if (declared) return { file: this, node: declared };
    for (const statement of this.statements) {
      if (statement.type !== "ImportDeclaration") continue;
      const specifier = statement.specifiers.find(({ local }) => local.name === name);
      if (!specifier || specifier.type === "ImportNamespaceSpecifier") continue;
      const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
      return this.neighbour(statement.source.value)?.exported(imported, depth + 1);
    }
    return undefined;
  }

  /** What a name stands for in the file that `import * as space` means. */
  meaningIn(space: string, name: string): Meaning | undefined {
    for (const statement of this.statements) {
      if (statement.type !== "ImportDeclaration") continue;
      const [specifier] = statement.specifiers;
      if (specifier?.type !== "ImportNamespaceSpecifier" || specifier.local.name !== space) continue;
      return this.neighbour(statement.source.value)?.exported(name, 1);
    }
    return undefined;
  }

  private exported(name: string, depth: number): Meaning | undefined {
    if (depth > DEEPEST) return undefined;
    for (const statement of this.statements) {
      if (statement.type === "ExportDefaultDeclaration" && name === "default") {
        const { declaration } = statement;
        if (declaration.type === "Identifier") return this.meaningOf(declaration.name, depth);
        return declaration.type === "ClassDeclaration" || declaration.type === "TSDeclareFunction"
          ? undefined
          : { file: this, node: declaration };
      }
      const renamed =
        statement.type === "ExportNamedDeclaration"
          ? statement.specifiers.find((one) => one.type === "ExportSpecifier" && nameOf(one.exported) === name)
          : undefined;
      if (statement.type !== "ExportNamedDeclaration" || renamed?.type !== "ExportSpecifier") continue;
      const local = renamed.local.name;
      return statement.source
        ? this.neighbour(statement.source.value)?.exported(local, depth + 1)
        : this.meaningOf(local, depth + 1);
    }
    const declared = this.declared(name);
    if (declared) return { file: this, node: declared };
    for (const statement of this.statements) {
      const passed =
        statement.type === "ExportAllDeclaration" && this.neighbour(statement.source.value)?.exported(name, depth + 1);
      if (passed) return passed;
    }
    return undefined;
  }

  private declared(name: string): Expression | FunctionNode | undefined {
    for (const statement of this.statements) {
      const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
      if (declaration?.type === "FunctionDeclaration" && declaration.id?.name === name) return declaration;
      if (declaration?.type !== "VariableDeclaration") continue;
      const found = declaration.declarations.find(({ id }) => id.type === "Identifier" && id.name === name);
      if (found?.init) return found.init;
    }
    return undefined;
  }

  /** Another file of the program. Packages are nobody's to change. */
  private neighbour(specifier: string): SourceFile | undefined {
    if (!specifier.startsWith(".")) return undefined;
    const base = join(resolve(this.projectDir, dirname(this.path)), specifier);
    const file = [
      base,
      // What a module of ECMAScript is called after it is compiled.
      base.replace(/\.([cm]?)js$/, ".$1ts"),
      ...EXTENSIONS.map((extension) => `${base}${extension}`),
      ...EXTENSIONS.map((extension) => join(base, `index${extension}`)),
    ].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
    return file === undefined
      ? undefined
      : SourceFile.read(relative(this.projectDir, file).split(sep).join("/"), this.projectDir);
  }
}

/** By text: one file holds what many findings are about. */
const parsed = new Map<string, readonly Statement[]>();

function statementsOf(text: string): readonly Statement[] {
  const known = parsed.get(text);
  if (known) return known;
  const { program } = parse(text, {
    sourceType: "module",
    plugins: ["typescript", "decorators", "explicitResourceManagement"],
    errorRecovery: true,
  });
  parsed.set(text, program.body);
  return program.body;
}

const EXTENSIONS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** How often a name may be handed on, by imports and exports. */
const DEEPEST = 20;

function nameOf(node: { readonly type: string; readonly name?: string; readonly value?: string }): string {
  return node.name ?? node.value ?? "";
}

function distance({ loc, callee }: CallExpression, column: number): number {
  // Where a call of a method is, is told by the method's name.
  const start = callee.loc?.end.column ?? loc?.start.column ?? 0;
  return Math.abs(start - column);
}

function callsIn(value: unknown): CallExpression[] {
  if (Array.isArray(value)) return value.flatMap(callsIn);
  if (typeof value !== "object" || value === null || !("type" in value)) return [];
  const inner = Object.entries(value)
    .filter(([name]) => name !== "loc" && !name.endsWith("Comments"))
    .flatMap(([, child]) => callsIn(child));
  return (value as Node).type === "CallExpression" ? [value as CallExpression, ...inner] : inner;
}
