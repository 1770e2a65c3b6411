import type ts from "typescript-for-cells";

/** What TypeScript has besides what it declares, as far as it is used here. */
declare module "typescript-for-cells" {
  interface Node {
    jsDoc?: ts.JSDoc[];
    readonly symbol?: ts.Symbol;
  }
  interface SourceFile {
    readonly locals?: ts.SymbolTable;
    readonly parseDiagnostics: readonly ts.Diagnostic[];
    readonly resolvedPath: string;
    readonly imports?: readonly ts.StringLiteralLike[];
    readonly moduleAugmentations?: readonly object[];
  }
  interface Program {
    getFilesByNameMap(): Map<string, ts.SourceFile>;
    /** The files that others refer to, and that are not there. */
    getMissingFilePaths(): ReadonlyMap<string, string>;
  }
  interface TypeChecker {
    getDiagnostics(file: ts.SourceFile): readonly ts.Diagnostic[];
    isTypeInvalidDueToUnionDiscriminant(type: ts.Type, literal: ts.Node): boolean;
    resolveName(
      name: string,
      at: ts.Node,
      meaning: ts.SymbolFlags,
      excludeGlobals: boolean,
    ): ts.Symbol | undefined;
  }
  type Documented = Record<string, (this: Owner, ...given: unknown[]) => unknown>;
  /** A symbol, or a signature. */
  interface Owner {
    readonly declarations?: readonly ts.Node[];
    readonly declaration?: ts.Node;
  }
  const objectAllocator: Record<
    "getSymbolConstructor" | "getSignatureConstructor",
    () => { readonly prototype: Documented }
  >;
  const Completions: {
    getCompletionsAtPosition(
      host: object,
      program: ts.Program,
      log: () => void,
      file: ts.SourceFile,
      position: number,
      preferences: ts.UserPreferences,
      ...rest: unknown[]
    ): ts.CompletionInfo | undefined;
  };
  const SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      container: ts.Node | undefined,
      node: ts.Node,
    ): Pick<ts.QuickInfo, "displayParts" | "documentation" | "tags"> & {
      readonly symbolKind: ts.QuickInfo["kind"];
    };
  };
  function bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  function getContainerNode(node: ts.Node): ts.Node | undefined;
  function getContainingObjectLiteralElement(
    node: ts.Node,
  ): (ts.Node & { readonly name: ts.Node }) | undefined;
  function getExternalModuleName(node: ts.Node): ts.Expression | undefined;
  function getJSDocCommentRanges(node: ts.Node, text: string): ts.TextRange[] | undefined;
  function getModuleInstanceState(node: ts.Node): number;
  function getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  function isAnyImportOrReExport(node: ts.Node): boolean;
  function isImportMeta(node: ts.Node): boolean;
  function parseIsolatedJSDocComment(
    text: string,
    start: number,
    length: number,
  ): { readonly jsDoc: ts.JSDoc } | undefined;
  /** An expression without parentheses and types around it. */
  function skipOuterExpressions(node: ts.Expression): ts.Expression;
  function typeToDisplayParts(
    checker: ts.TypeChecker,
    type: ts.Type,
    container?: ts.Node,
  ): ts.SymbolDisplayPart[];
}
