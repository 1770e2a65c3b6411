import type { Statement } from "typescript-for-cells";
import type { TypeScript } from "./compiler.js";

/**
 * What is declared after a cell that failed half-way: the new declarations of what it had assigned, the old ones of the
 * rest.
 *
 * @param before  declarations before the cell
 * @param after   declarations if all of it had run
 * @param exists  whether a name has a value now
 */
export function declarationsAfterFailure(
  ts: TypeScript,
  before: string,
  after: string,
  exists: (name: string) => boolean,
): string {
  const kept: string[] = [];
  const there = new Set<string>();
  for (const { text, names } of pieces(ts, after)) {
    const missing = names.filter((name) => !exists(name));
    if (names.length > 0 && missing.length > 0) continue;
    kept.push(text);
    for (const name of names) there.add(name);
  }
  const old = pieces(ts, before).filter(({ names }) =>
    names.some((name) => exists(name) && !there.has(name)),
  );
  return [...kept, ...old.map(({ text }) => text)].join("\n");
}

interface Piece {
  readonly text: string;
  /** The values it declares; none if it declares only types. */
  readonly names: readonly string[];
}

/** The pieces of a declaration text: each variable by itself, other statements whole. */
function pieces(ts: TypeScript, declarations: string): Piece[] {
  const file = ts.createSourceFile("cells.d.ts", declarations, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement: Statement): Piece[] => {
    if (ts.isVariableStatement(statement)) {
      const [first] = statement.declarationList.declarations;
      const keyword = declarations.slice(statement.getStart(), first.getStart());
      return statement.declarationList.declarations.map((one) => ({
        text: `${keyword}${one.getText()};`,
        names: ts.isIdentifier(one.name) ? [one.name.text] : [],
      }));
    }
    const text = statement.getText();
    if (ts.isImportDeclaration(statement)) return [{ text, names: importedNames(ts, statement) }];
    const valued =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return [{ text, names: valued && statement.name ? [statement.name.text] : [] }];
  });
}

/** Imported values; of an import that may be of types alone nothing is known at run time. */
function importedNames(
  ts: TypeScript,
  { importClause }: import("typescript-for-cells").ImportDeclaration,
): string[] {
  const bindings = importClause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) return [bindings.name.text];
  return importClause?.name && !bindings ? [importClause.name.text] : [];
}
