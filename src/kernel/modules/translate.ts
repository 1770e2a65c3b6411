import { relative } from "node:path";
import ts from "typescript-for-cells";
import { given, KERNEL } from "../imports.js";
import { type CellPlace, type Locate, locator, placeAt } from "../places.js";
import { awaitsAtTop } from "../read.js";
import { type Asked, isEsModule } from "./packages.js";

/** A module of one's own as a function's body: CommonJS, which may await at the top. */
export interface Translated {
  /** Its import statements, `import()` and `import.meta` are members of `KERNEL`. */
  readonly code: string;
  /** What it imports before any of its own code runs, in order. */
  readonly imports: readonly ImportAtTop[];
  readonly awaits: boolean;
  /** The place in the file for one in the code, which runs below the head of a function. */
  readonly locate: Locate;
}

const JAVASCRIPT = /\.c?js$/;

/** Translates a file: TypeScript, JavaScript or either with JSX; an ES module or CommonJS. */
export function translate(file: string, text: string, { jsx, ...given }: ts.CompilerOptions): Translated {
  if (JAVASCRIPT.test(file) && !/\b(im|ex)port\b/.test(text) && !isEsModule(file))
    return {
      code: text.replace(/^#!.*/, ""),
      imports: [],
      awaits: false,
      locate: (line, column) => (line > 1 ? { line: line - 1, column } : undefined),
    };
  const { ModuleKind, ModuleDetectionKind, JsxEmit } = ts;
  const {
    outputText,
    sourceMapText,
    diagnostics = [],
  } = ts.transpileModule(text, {
    fileName: file.replace(/\.[cm](?=[jt]s$)/, "."), // .mjs would stay an ES module
    reportDiagnostics: true,
    transformers: { before: [givenCalls("import", isImport)], after: [givenCalls("require", isWritten)] },
    compilerOptions: {
      ...given,
      jsx: jsx === undefined || jsx === JsxEmit.Preserve || jsx === JsxEmit.ReactNative ? JsxEmit.React : jsx,
      module: ModuleKind.CommonJS,
      moduleDetection: isEsModule(file) ? ModuleDetectionKind.Force : ModuleDetectionKind.Legacy,
      alwaysStrict: false, // CommonJS in JavaScript says it itself; ES modules always are
    },
  });
  for (const { file: found, start = 0, messageText } of diagnostics)
    if (found) {
      const { line, column } = placeAt(found.text, start);
      const message = ts.flattenDiagnosticMessageText(messageText, "\n");
      throw new SyntaxError(`${message} (${relative(process.cwd(), file)}, line ${line}, column ${column})`);
    }
  const code = outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "");
  return {
    code,
    imports: importsAtTop(text, code, file),
    awaits: code.includes("await") && awaitsAtTop(parsed(code)),
    locate: locator(sourceMapText ?? "{}", code),
  };
}

/** Calls, and `import.meta`, as members of what the kernel gives the code. @param isMeant  of which callees */
function givenCalls(
  name: "import" | "require",
  isMeant: (callee: ts.Node) => boolean,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isImportMeta(node)) return given("meta");
      const visited = ts.visitEachChild(node, visit, context);
      if (!ts.isCallExpression(visited) || !isMeant(visited.expression)) return visited;
      return ts.factory.updateCallExpression(visited, given(name), undefined, visited.arguments);
    };
    return ts.visitNode(file, visit) as ts.SourceFile;
  };
}

const isImport = ({ kind }: ts.Node): boolean => kind === ts.SyntaxKind.ImportKeyword;

/** A `require` that the compiler has written, also where the module declares one of its own. */
const isWritten = (node: ts.Node): boolean =>
  ts.isIdentifier(node) && node.text === "require" && node.pos < 0;

/** Code as a module: only there is `await` at the top the operator. */
const parsed = (code: string): ts.SourceFile =>
  ts.createSourceFile("module.js", `${code}\nexport {};`, ts.ScriptTarget.Latest, false);

/** What an import or export statement names. */
export interface ImportAtTop {
  readonly specifier: string;
  /** `import … = require()` asks for what `require` would give. */
  readonly asked: Asked;
  /** Where it stands; undefined for what JSX imports without saying so. */
  readonly place?: CellPlace;
}

const REQUIRED = new RegExp(KERNEL + /\.require\(("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')[,)]/.source, "g");
const FOR_JSX = /\/jsx(-dev)?-runtime$/;

/**
 * What the import and export statements of a text name, in order, without those of which nothing is left in the code because
 * they concern only types.
 */
export function importsAtTop(text: string, code: string, name = "cell.ts"): ImportAtTop[] {
  const left = new Set(Array.from(code.matchAll(REQUIRED), ([, literal]) => literal.slice(1, -1)));
  if (left.size === 0) return [];
  const found = [...left]
    .filter((specifier) => FOR_JSX.test(specifier))
    .map((specifier): ImportAtTop => ({ specifier, asked: "import" }));
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false);
  for (const statement of file.statements) {
    const from = ts.isAnyImportOrReExport(statement) ? ts.getExternalModuleName(statement) : undefined;
    if (from && ts.isStringLiteral(from) && left.has(from.text))
      found.push({
        specifier: from.text,
        asked: ts.isImportEqualsDeclaration(statement) ? "require" : "import",
        place: placeAt(text, from.getStart(file)),
      });
  }
  return found;
}
