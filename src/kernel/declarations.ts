import ts from "typescript-for-cells";

/** A declaration at the top of a cell, as TypeScript: what later cells are checked against. */
export interface Declaration {
  readonly text: string;
  /** The name, if it has one: what is declared for all files has none. */
  readonly name?: string;
  readonly isValue: boolean;
  readonly isType: boolean;
}

export const textOfDeclarations = (declarations: readonly Declaration[]): string =>
  declarations.map(({ text }) => text).join("\n");

/** What is declared after a cell: what it declares, and of what was declared before what it does not declare anew. */
export function declarationsAfter(
  earlier: readonly Declaration[],
  added: readonly Declaration[],
): readonly Declaration[] {
  if (added.length === 0) return earlier;
  const names = (wanted: "isValue" | "isType") =>
    new Set(added.filter((one) => one[wanted]).map(({ name }) => name));
  const [values, types] = [names("isValue"), names("isType")];
  const texts = new Set(added.map(({ text }) => text));
  const kept = earlier.flatMap((one): Declaration[] => {
    const { name, isValue, isType, text } = one;
    if (name === undefined) return texts.has(text) ? [] : [one];
    if (isValue && values.has(name)) return [];
    if (!isType || !types.has(name)) return [one];
    return isValue ? [variable(name)] : []; // its type is another's now
  });
  return [...added, ...kept];
}

/**
 * The declarations in a declaration file that the compiler has written for a cell.
 *
 * @param names  all names that the cell declares; values for which the compiler found no type have any
 */
export function declarationsIn(
  written: string,
  names: readonly string[],
  checker: ts.TypeChecker,
  cell: ts.SourceFile & { readonly locals?: ts.SymbolTable },
): Declaration[] {
  const symbolOf = (name: string) => cell.locals?.get(ts.escapeLeadingUnderscores(name));
  const meaningOf = (name: string) => {
    const symbol = symbolOf(name);
    const isAlias = symbol && symbol.flags & ts.SymbolFlags.Alias;
    const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    const known = target && !checker.isUnknownSymbol(target) ? target.flags : ts.SymbolFlags.All;
    return {
      isValue: (known & ts.SymbolFlags.Value) !== 0,
      isType: (known & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) !== 0,
    };
  };
  // The compiler writes no declaration of a `var` in a block.
  const typeOf = (name: string) => {
    const symbol = symbolOf(name);
    const type = symbol && checker.getTypeOfSymbolAtLocation(symbol, cell);
    return type && checker.typeToString(type, cell, ts.TypeFormatFlags.NoTruncation);
  };
  // TypeScript refers to the file of TensorFlow.js's types by its path as well. It is found without that.
  const text = written.replace(/^\/\/\/ <reference path=.*\n/gm, "");
  const file = ts.createSourceFile("cells.d.ts", text, ts.ScriptTarget.Latest, true);
  const found = file.statements.flatMap((statement) => declarationsOf(statement, meaningOf));
  const declared = new Set(found.map(({ name }) => name));
  const missing = names.filter((name) => !declared.has(name) && meaningOf(name).isValue);
  return [...found, ...missing.map((name) => variable(name, typeOf(name)))].map((one) =>
    one.name !== undefined && one.isValue && !isWellFormed(one.text) ? variable(one.name) : one,
  );
}

/** Whether the compiler has written what it can read itself: not where it only names a class without a name, say. */
function isWellFormed(text: string): boolean {
  return ts.createSourceFile("one.d.ts", text, ts.ScriptTarget.Latest).parseDiagnostics.length === 0;
}

const variable = (name: string, type = "any"): Declaration => ({
  text: `declare let ${name}: ${type};`,
  name,
  isValue: true,
  isType: false,
});

type Meaning = Pick<Declaration, "isValue" | "isType">;

/** The declarations of a statement: each variable and each import by itself, others whole. */
function declarationsOf(statement: ts.Statement, meaningOf: (name: string) => Meaning): Declaration[] {
  const whole = statement.getFullText().trim();
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [];
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    const head = statement
      .getFullText()
      .slice(0, declarations[0].getStart() - statement.getFullStart())
      .trim();
    return declarations.map((one) => ({
      text: `${head} ${one.getText()};`,
      name: one.name.getText(),
      isValue: true,
      isType: false,
    }));
  }
  if (ts.isImportDeclaration(statement)) {
    const { importClause: clause, moduleSpecifier } = statement;
    if (!clause) return [{ text: whole, isValue: false, isType: false }];
    const type = clause.isTypeOnly ? "type " : "";
    const from = `from ${moduleSpecifier.getText()}${statement.attributes ? ` ${statement.attributes.getText()}` : ""};`;
    const imported = (name: ts.Identifier, what: string): Declaration => ({
      text: `import ${type}${what} ${from}`,
      name: name.text,
      ...meaningOf(name.text),
    });
    const bindings = clause.namedBindings;
    return [
      ...(clause.name ? [imported(clause.name, clause.name.text)] : []),
      ...(bindings && ts.isNamespaceImport(bindings) ? [imported(bindings.name, bindings.getText())] : []),
      ...(bindings && ts.isNamedImports(bindings)
        ? bindings.elements.map((one) => imported(one.name, `{ ${one.getText()} }`))
        : []),
    ];
  }
  const { name } = statement as ts.Statement & { readonly name?: ts.Identifier };
  if (!name || !ts.isIdentifier(name) || statement.flags & ts.NodeFlags.GlobalAugmentation)
    return [{ text: whole, isValue: false, isType: false }];
  if (ts.isModuleDeclaration(statement)) return [{ text: whole, name: name.text, ...meaningOf(name.text) }];
  const isType = !ts.isFunctionDeclaration(statement);
  const isValue = !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
  return [{ text: whole, name: name.text, isValue, isType }];
}
