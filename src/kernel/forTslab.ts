import type {
  CancellationToken,
  Symbol as NamedThing,
  Node,
  Program,
  QuickInfo,
  SourceFile,
  SymbolDisplayPart,
  TypeChecker,
} from "typescript-for-cells";
import type { TypeScript } from "./edition.js";

/** What TypeScript has besides what it declares, as far as it is used here. */
interface Insides {
  readonly Completions: { getCompletionsAtPosition(...given: unknown[]): unknown };
  readonly SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: TypeChecker,
      symbol: NamedThing,
      file: SourceFile,
      container: Node | undefined,
      node: Node,
    ): Pick<QuickInfo, "displayParts" | "documentation" | "tags"> & {
      readonly symbolKind: QuickInfo["kind"];
    };
    getSymbolModifiers(checker: TypeChecker, symbol: NamedThing): string;
  };
  getTouchingPropertyName(file: SourceFile, position: number): Node;
  getContainerNode(node: Node): Node | undefined;
  getContainingObjectLiteralElement(node: Node): (Node & { readonly name: Node }) | undefined;
  typeToDisplayParts(checker: TypeChecker, type: object, container: Node | undefined): SymbolDisplayPart[];
}

type Discriminating = TypeChecker & {
  isTypeInvalidDueToUnionDiscriminant(type: object, literal: Node): boolean;
};

/**
 * The functions by which the compiler that tslab brings along (TypeScript 5.0.4) differs from TypeScript itself: with them
 * tslab runs on a current one.
 */
export function additionsForTslab(ts: TypeScript): object {
  const insides = ts as unknown as Insides;
  return {
    getDefaultTypeRoots: (folder: string) =>
      ts.getEffectiveTypeRoots({}, { getCurrentDirectory: () => folder }),
    getQuickInfoAtPosition: (
      file: SourceFile,
      checker: TypeChecker,
      _: CancellationToken,
      position: number,
    ): QuickInfo | undefined => infoAt(ts, insides, checker, file, position),
    Completions: {
      ...insides.Completions,
      getCompletionsAtPositionForTslab: (_: object, program: Program, ...rest: unknown[]) => {
        // tslab's host is empty. With this one, the names of packages and of files are offered in an import.
        const settings = { getCompilationSettings: () => program.getCompilerOptions() };
        const host = { ...ts.sys, ...settings, useCaseSensitiveFileNames: () => true };
        return insides.Completions.getCompletionsAtPosition(host, program, ...rest);
      },
    },
  };
}

/** What is known of the name at a position. */
function infoAt(
  ts: TypeScript,
  insides: Insides,
  checker: TypeChecker,
  file: SourceFile,
  position: number,
): QuickInfo | undefined {
  if (position < 0) return undefined;
  const node = insides.getTouchingPropertyName(file, position);
  if (node === file) return undefined;
  const container = insides.getContainerNode(node);
  const textSpan = ts.createTextSpanFromBounds(node.getStart(file), node.getEnd());
  const symbol = optionAt(ts, insides, checker, node) ?? checker.getSymbolAtLocation(node);
  if (symbol && !checker.isUnknownSymbol(symbol)) {
    const { symbolKind, ...told } = insides.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker,
      symbol,
      file,
      container,
      node,
    );
    return {
      ...told,
      kind: symbolKind,
      kindModifiers: insides.SymbolDisplay.getSymbolModifiers(checker, symbol),
      textSpan,
    };
  }
  const typed = [ts.SyntaxKind.Identifier, ts.SyntaxKind.ThisKeyword, ts.SyntaxKind.SuperKeyword];
  if (!typed.includes(node.kind)) return undefined;
  const displayParts = insides.typeToDisplayParts(checker, checker.getTypeAtLocation(node), container);
  return { kind: ts.ScriptElementKind.unknown, kindModifiers: "", textSpan, displayParts };
}

/** The option that a name in an object literal sets, as the function that takes the object declares it. */
function optionAt(
  ts: TypeScript,
  insides: Insides,
  checker: TypeChecker,
  node: Node,
): NamedThing | undefined {
  const element = insides.getContainingObjectLiteralElement(node);
  if (!element || !ts.isObjectLiteralExpression(element.parent)) return undefined;
  const { parent, name } = element;
  const type = checker.getContextualType(parent)?.getNonNullableType();
  // Of a union, such as the optimizers, only what fits the literal's other properties.
  const members = type?.isUnion() ? type.types : type ? [type] : [];
  const fitting = members.filter(
    (one) => !(checker as Discriminating).isTypeInvalidDueToUnionDiscriminant(one, parent),
  );
  return fitting.map((one) => one.getProperty(name.getText())).find((property) => property !== undefined);
}
