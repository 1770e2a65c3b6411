import ts from "typescript-for-cells";
import type { OpenedCell } from "./programs.js";

/** What TypeScript's language service says of a cell. It makes programs of its own, so its functions are called one by one. */

/** What can be written at a position, the most likely first. */
export function entriesAt({ program, cell }: OpenedCell, position: number): readonly ts.CompletionEntry[] {
  const settings = { getCompilationSettings: () => program.getCompilerOptions() };
  const host = { ...ts.sys, ...settings, useCaseSensitiveFileNames: () => true };
  const found = ts.Completions.getCompletionsAtPosition(
    host,
    program,
    () => {},
    cell,
    position,
    {},
    undefined,
    ts.CompletionTriggerKind.Invoked,
  );
  const entries = found?.entries ?? [];
  return [...entries].sort((a, b) => a.sortText.localeCompare(b.sortText) || a.name.localeCompare(b.name));
}

export type Info = Pick<ts.QuickInfo, "kind" | "displayParts" | "documentation" | "tags">;

/** What is known of the name at a position. */
export function infoAt({ program, cell }: OpenedCell, position: number): Info | undefined {
  const node = ts.getTouchingPropertyName(cell, position);
  if (node === cell) return undefined;
  const checker = program.getTypeChecker();
  const container = ts.getContainerNode(node);
  const symbol = optionAt(checker, node) ?? checker.getSymbolAtLocation(node);
  if (symbol && !checker.isUnknownSymbol(symbol)) {
    const { symbolKind: kind, ...told } = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker,
      symbol,
      cell,
      container,
      node,
    );
    return { ...told, kind };
  }
  const typed = [ts.SyntaxKind.Identifier, ts.SyntaxKind.ThisKeyword, ts.SyntaxKind.SuperKeyword];
  if (!typed.includes(node.kind)) return undefined;
  const displayParts = ts.typeToDisplayParts(checker, checker.getTypeAtLocation(node), container);
  return { kind: ts.ScriptElementKind.unknown, displayParts };
}

/** The option that a name in an object literal sets, as the function that takes the object declares it. */
function optionAt(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const element = ts.getContainingObjectLiteralElement(node);
  if (!element || !ts.isObjectLiteralExpression(element.parent)) return undefined;
  const { parent, name } = element;
  const type = checker.getContextualType(parent)?.getNonNullableType();
  // Of a union, such as the optimizers, only what fits the literal's other properties.
  const members = type?.isUnion() ? type.types : type ? [type] : [];
  const fitting = members.filter((one) => !checker.isTypeInvalidDueToUnionDiscriminant(one, parent));
  return fitting.map((one) => one.getProperty(name.getText())).find((property) => property !== undefined);
}
