import ts from "typescript-for-cells";
import type { Variables } from "./variables.js";

/** How code calls what the kernel gives it besides pages: `require`, `namespaceOf`, `follow`, `import`, `meta`. */
export const KERNEL = "__kernel__";

/** The names that code is given, in order. */
export const GIVEN = [KERNEL, "require", "module", "exports", "__filename", "__dirname"];

export function given(
  name: "require" | "namespaceOf" | "follow" | "import" | "meta",
): ts.PropertyAccessExpression {
  return ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier(KERNEL), name);
}

/** A cell's import as assignments of what it imports; only of values. Exports that may change are followed. */
export function importStatements(
  checker: ts.TypeChecker,
  variables: Variables,
  node: ts.ImportDeclaration,
): ts.Statement[] {
  const { factory } = ts;
  const { importClause: clause, moduleSpecifier } = node;
  const call = (name: Parameters<typeof given>[0], ...rest: readonly ts.Expression[]): ts.Expression =>
    factory.createCallExpression(given(name), undefined, rest);
  const required = call("require", moduleSpecifier);
  if (!clause) return [variables.statement(required, node)];
  if (clause.isTypeOnly) return [];
  const namespace = call("namespaceOf", required);
  const { name, namedBindings: bindings } = clause;
  const statements: ts.Statement[] = [];
  const members: (readonly [key: string, name: ts.Identifier])[] = [];
  if (name && isValue(checker, name)) members.push(["default", name]);
  if (bindings && ts.isNamespaceImport(bindings))
    statements.push(variables.assign(bindings.name, namespace, node));
  else
    for (const { isTypeOnly, propertyName, name } of bindings?.elements ?? [])
      if (!isTypeOnly && isValue(checker, name)) members.push([(propertyName ?? name).text, name]);
  if (members.length === 0) return statements;
  const from = members.some(([key]) => key === "default") ? namespace : required;
  const [changing, fixed] = [true, false].map((may) =>
    members.filter(([, to]) => mayChange(checker, to) === may),
  );
  const properties = fixed.map(([key, to]) =>
    factory.createPropertyAssignment(factory.createStringLiteral(key), variables.access(to)),
  );
  const pattern = factory.createObjectLiteralExpression(properties);
  const text = (name: string): ts.Expression => factory.createStringLiteral(name);
  const followed = changing.map(([key, to]) =>
    call("follow", variables.page(to.text), text(to.text), from, text(key)),
  );
  const all = [...(fixed.length > 0 ? [factory.createAssignment(pattern, from)] : []), ...followed];
  return [...statements, ...all.map((one) => variables.statement(one, node))];
}

/** `import short = a.b.c`, and `import short = require("name")`, as an assignment. */
export function aliasStatements(
  checker: ts.TypeChecker,
  variables: Variables,
  node: ts.ImportEqualsDeclaration,
): ts.Statement[] {
  const entityValue = (entity: ts.EntityName): ts.Expression => {
    if (ts.isIdentifier(entity)) return variables.is(entity) ? variables.access(entity) : entity;
    return ts.factory.createPropertyAccessExpression(entityValue(entity.left), entity.right.text);
  };
  const { name, moduleReference: entity } = node;
  if (!isValue(checker, name)) return [];
  if (ts.isEntityName(entity)) return [variables.assign(name, entityValue(entity), node)];
  const asked = [entity.expression, ts.factory.createStringLiteral("require")];
  const required = ts.factory.createCallExpression(given("require"), undefined, asked);
  return [variables.assign(name, required, node)];
}

function isValue(checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  const target = symbol && checker.getAliasedSymbol(symbol);
  return !target || checker.isUnknownSymbol(target) || (target.flags & ts.SymbolFlags.Value) !== 0;
}

/** Whether what is imported is declared by `let` or `var`. */
function mayChange(checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  const declaration = symbol && checker.getAliasedSymbol(symbol).valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return false;
  return (ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const) === 0;
}
