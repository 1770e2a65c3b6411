import type {
  EntityName,
  Expression,
  Identifier,
  ImportDeclaration,
  ImportEqualsDeclaration,
  Statement,
  TypeChecker,
} from "typescript-for-cells";
import type { TypeScript } from "./edition.js";
import type { Variables } from "./variables.js";

/** How a cell's code calls what the kernel gives it besides pages: `require`, `namespaceOf`, `import`, and `import.meta`. */
export const KERNEL = "__kernel__";

export function given(ts: TypeScript, name: "require" | "namespaceOf" | "import" | "meta"): Expression {
  return ts.factory.createPropertyAccessExpression(ts.factory.createIdentifier(KERNEL), name);
}

/** A cell's import as assignments of what it imports; only of values. */
export function importStatements(
  ts: TypeScript,
  checker: TypeChecker,
  variables: Variables,
  node: ImportDeclaration,
): Statement[] {
  const { factory } = ts;
  const { importClause: clause, moduleSpecifier } = node;
  const required = factory.createCallExpression(given(ts, "require"), undefined, [moduleSpecifier]);
  if (!clause) return [variables.statement(required, node)];
  if (clause.isTypeOnly) return [];
  const namespace = factory.createCallExpression(given(ts, "namespaceOf"), undefined, [required]);
  const { name, namedBindings: bindings } = clause;
  const statements: Statement[] = [];
  const members: (readonly [key: string, name: Identifier])[] = [];
  if (name && isValue(ts, checker, name)) members.push(["default", name]);
  if (bindings && ts.isNamespaceImport(bindings))
    statements.push(variables.assign(bindings.name, namespace, node));
  else
    for (const { isTypeOnly, propertyName, name } of bindings?.elements ?? [])
      if (!isTypeOnly && isValue(ts, checker, name)) members.push([(propertyName ?? name).text, name]);
  if (members.length === 0) return statements;
  const properties = members.map(([key, to]) =>
    factory.createPropertyAssignment(factory.createStringLiteral(key), variables.access(to)),
  );
  const from = members.some(([key]) => key === "default") ? namespace : required;
  const pattern = factory.createObjectLiteralExpression(properties);
  return [...statements, variables.statement(factory.createAssignment(pattern, from), node)];
}

/** `import short = a.b.c` as an assignment. */
export function aliasStatements(
  ts: TypeScript,
  checker: TypeChecker,
  variables: Variables,
  node: ImportEqualsDeclaration,
): Statement[] {
  const entityValue = (entity: EntityName): Expression => {
    if (ts.isIdentifier(entity)) return variables.is(entity) ? variables.access(entity) : entity;
    return ts.factory.createPropertyAccessExpression(entityValue(entity.left), entity.right.text);
  };
  const { name, moduleReference: entity } = node;
  if (!ts.isEntityName(entity) || !isValue(ts, checker, name)) return [];
  return [variables.assign(name, entityValue(entity), node)];
}

function isValue(ts: TypeScript, checker: TypeChecker, name: Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  const target = symbol && checker.getAliasedSymbol(symbol);
  return !target || checker.isUnknownSymbol(target) || (target.flags & ts.SymbolFlags.Value) !== 0;
}
