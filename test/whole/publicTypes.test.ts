import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript-for-cells";
import { CHECKOUT } from "../support/checkout.js";

/** What a public signature names can be imported from where the function is: otherwise nobody could write it down. */

const LIBRARY = join(CHECKOUT, "dist", "src");

/** Whether a type is a file's own helper: what it stands for is written out where it is used. */
const isExported = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Export);

const ENTRIES = ["index", "engineApi", "figuresApi"];
const fileOf = (entry: string) => join(LIBRARY, `${entry}.d.ts`);
const program = ts.createProgram(ENTRIES.map(fileOf), {
  moduleResolution: ts.ModuleResolutionKind.Node16,
  module: ts.ModuleKind.Node16,
  types: [],
});
const checker = program.getTypeChecker();

for (const entry of ENTRIES)
  test(`${entry}.d.ts exports every type that its signatures name`, () => {
    const source = program.getSourceFile(fileOf(entry));
    const module = source && checker.getSymbolAtLocation(source);
    assert.ok(module);
    const real = (symbol: ts.Symbol) =>
      symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const exported = new Set<ts.Symbol>();
    const missing = new Map<string, string>();
    const visited = new Set<ts.Symbol>();
    const namespaces: ts.Symbol[] = [module];
    for (const namespace of namespaces)
      for (const symbol of checker.getExportsOfModule(namespace)) {
        exported.add(real(symbol));
        if (real(symbol).flags & ts.SymbolFlags.ValueModule) namespaces.push(real(symbol));
      }
    assert.ok(exported.size > 10, `${exported.size} exports`);
    const visit = (symbol: ts.Symbol): void => {
      if (visited.has(symbol)) return;
      visited.add(symbol);
      for (const declaration of symbol.declarations ?? []) {
        if (ts.isSourceFile(declaration) || !declaration.getSourceFile().fileName.startsWith(LIBRARY))
          continue;
        ts.forEachChild(declaration, function look(node): void {
          const name = ts.isTypeReferenceNode(node)
            ? node.typeName
            : ts.isExpressionWithTypeArguments(node)
              ? node.expression
              : undefined;
          const found = name && checker.getSymbolAtLocation(name);
          const named = found && real(found);
          const own = named?.declarations?.some((one) => one.getSourceFile().fileName.startsWith(LIBRARY));
          if (named && own && !(named.flags & ts.SymbolFlags.TypeParameter)) {
            if (!exported.has(named) && isExported(named)) missing.set(named.name, symbol.name);
            visit(named);
          }
          ts.forEachChild(node, look);
        });
      }
    };
    for (const symbol of exported) visit(symbol);
    assert.deepEqual(Object.fromEntries(missing), {});
  });
