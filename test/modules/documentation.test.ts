import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import * as ts from "typescript";

const MODULES = join(__dirname, "..", "..", "modules");

/** Methods that nobody calls by hand. */
const OF_THE_FRAMEWORK = ["toTerraform"];

/** What people read in their editor of what a module exports. */
interface Documented {
  readonly name: string;
  readonly node: ts.Node;
}

const parsed = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);

/** By the path of a file, what its folder's `index.ts` makes public of it. */
const publicNames = new Map<string, Set<string>>();
for (const folder of readdirSync(MODULES)) {
  for (const statement of parsed(join(MODULES, folder, "index.ts")).statements.filter(ts.isExportDeclaration)) {
    const clause = statement.exportClause;
    const names = clause && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
    const file = `${join(MODULES, folder, (statement.moduleSpecifier as ts.StringLiteral).text)}.ts`;
    // Values and types of one file may be exported by a line each.
    publicNames.set(file, new Set([...(publicNames.get(file) ?? []), ...names]));
  }
}

function textOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .map((comment) => comment.getText())
    .join("\n");
}

const isPublic = (node: ts.Node, name: string): boolean =>
  publicNames.get(node.getSourceFile().fileName)?.has(name) ?? false;

/** Public declarations of a file, but props of constructors: of these the class tells. */
function publicOf(source: ts.SourceFile): Documented[] {
  return source.statements.flatMap((node): Documented[] => {
    if (ts.isVariableStatement(node)) {
      const [first] = node.declarationList.declarations;
      return first && isPublic(first, first.name.getText()) ? [{ name: first.name.getText(), node }] : [];
    }
    const isNamed =
      ts.isClassDeclaration(node) ||
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isFunctionDeclaration(node);
    if (!isNamed || !node.name || !isPublic(node, node.name.text) || node.name.text.endsWith("Props")) return [];
    return [{ name: node.name.text, node }];
  });
}

/** Props that may be left out, and what may be missing of a result. */
function optionalProps(node: ts.Node): Documented[] {
  const own =
    ts.isPropertySignature(node) && node.questionToken && isOfInterface(node)
      ? [{ name: node.name.getText(), node }]
      : [];
  const below: Documented[] = [];
  ts.forEachChild(node, (child) => void below.push(...optionalProps(child)));
  return [...own, ...below];
}

/** Of a public interface, whose own text does not tell of its parts. */
function isOfInterface(node: ts.Node): boolean {
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (ts.isInterfaceDeclaration(parent))
      return isPublic(parent, parent.name.text) && !parent.name.text.endsWith("Like");
    if (ts.isFunctionLike(parent) || ts.isClassDeclaration(parent)) return false;
    if (ts.isPropertySignature(parent)) return false;
  }
  return false;
}

/** Methods that a user may call. */
function publicMethods(source: ts.SourceFile): Documented[] {
  return source.statements.flatMap((node) => {
    if (!ts.isClassDeclaration(node) || !node.name || !isPublic(node, node.name.text)) return [];
    return node.members.flatMap((member): Documented[] => {
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      if (!ts.isMethodDeclaration(member) || ts.getCombinedModifierFlags(member) & hidden) return [];
      if (OF_THE_FRAMEWORK.includes(member.name.getText())) return [];
      return [{ name: `${node.name?.text}.${member.name.getText()}`, node: member }];
    });
  });
}

describe.each([...publicNames.keys()].map((file) => [relative(MODULES, file), file]))("%s", (_, file) => {
  const source = parsed(file);
  const without = (what: RegExp, things: readonly Documented[]): string[] =>
    things.filter(({ node }) => !what.test(textOf(node))).map(({ name }) => name);

  test("says of all that it exports what it is, and of every prop that may be left out what happens then", () => {
    expect(without(/\S/, publicOf(source))).toEqual([]);
    expect(without(/\S/, publicMethods(source))).toEqual([]);
    expect(without(/@default|undefined/, optionalProps(source))).toEqual([]);
  });
});
