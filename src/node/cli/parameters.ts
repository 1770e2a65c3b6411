import type ts from "@tslab/typescript-for-tslab";
import { unknownName, written } from "../../check.js";
import { kernelTypeScript, type Literal, readLiteral } from "./literals.js";
import { type Cell, type Notebook, sourceOf } from "./notebookFile.js";

/** What kind of value a parameter holds in the notebook, and so how a new one is read. */
type Kind = "number" | "text" | "true or false" | "list" | "object" | "value";

/** One `const name = value` of the parameters cell: where its value stands in the source. */
interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** New values by name, as the command line gives them. */
export type Overrides = ReadonlyMap<string, string>;

/**
 * Reads the `-p name=value` of the command line; of two for one name the last counts.
 *
 * @throws RangeError if one is not a name, "=" and a value
 */
export function readOverrides(given: readonly string[]): Overrides {
  const overrides = new Map<string, string>();
  for (const text of given) {
    const parts = /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*=([\s\S]*)$/u.exec(text);
    if (parts === null)
      throw new RangeError(`xorlab export: -p must be name=value, as in -p seed=7, got ${written(text)}`);
    overrides.set(parts[1], parts[2].trim());
  }
  return overrides;
}

/**
 * The notebooks with new values in their parameters cells. The files stay as they are.
 *
 * @throws RangeError for a name that a notebook does not have, or a value that does not fit
 */
export function overrideParameters(
  notebooks: readonly Notebook[],
  overrides: Overrides,
): readonly Notebook[] {
  if (overrides.size === 0) return notebooks;
  const cells = notebooks.map(parametersCell);
  const known = cells.map((cell) => (cell === undefined ? [] : parametersOf(sourceOf(cell))));
  for (const name of overrides.keys()) checkName(name, notebooks, known);
  return notebooks.map((notebook, index) => {
    const cell = cells[index]!; // checkName made sure
    const source = overrideSource(sourceOf(cell), known[index], overrides);
    const changed = notebook.content.cells.map((other) => (other === cell ? { ...other, source } : other));
    const notice = noticeOf(sourceOf(cell), known[index], overrides);
    changed.splice(changed[0]?.cell_type === "markdown" ? 1 : 0, 0, notice); // below the title
    return { ...notebook, content: { ...notebook.content, cells: changed } };
  });
}

/** Says on the page what differs from the notebook: its text may speak of other numbers. */
function noticeOf(source: string, known: readonly Parameter[], overrides: Overrides): Cell {
  const code = (text: string) => `\`\` ${text.replaceAll("`", "'").replace(/\s+/g, " ")} \`\``;
  const changes = known
    .filter(({ name }) => overrides.has(name))
    .map(
      ({ name, start, end }) =>
        `${code(`${name} = ${overrides.get(name)}`)} (in the notebook ${code(source.slice(start, end))})`,
    );
  const text = `**Run with other settings:** ${changes.join(", ")}. The text was written for the notebook's own.`;
  return { cell_type: "markdown", id: "xorlab-settings", metadata: {}, source: text } as Cell;
}

function parametersCell(notebook: Notebook): Cell | undefined {
  const tagged = notebook.content.cells.filter(
    (cell) => cell.cell_type === "code" && cell.metadata?.tags?.includes("parameters"),
  );
  if (tagged.length > 1)
    throw new RangeError(
      `xorlab export: ${notebook.name} has ${tagged.length} cells tagged "parameters"; tag one cell only`,
    );
  return tagged[0];
}

function checkName(
  name: string,
  notebooks: readonly Notebook[],
  known: readonly (readonly Parameter[])[],
): void {
  const namesOf = (index: number) => known[index].map((parameter) => parameter.name);
  const lacking = notebooks.map((_, index) => index).filter((index) => !namesOf(index).includes(name));
  if (lacking.length === 0) return;
  const all = new Set(notebooks.flatMap((_, index) => namesOf(index)));
  if (all.size === 0)
    throw new RangeError(
      `xorlab export: -p ${name}: no cell tagged "parameters" in ${notebooks.map((notebook) => notebook.name).join(", ")}`,
    );
  if (!all.has(name)) throw unknownName("xorlab export", "parameter", name, [...all]);
  const list = lacking.map((index) => `${notebooks[index].name} (${namesOf(index).join(", ") || "none"})`);
  throw new RangeError(
    `xorlab export: not every notebook has the parameter "${name}": missing in ${list.join(", ")}; name the notebooks that have it before -p`,
  );
}

/** The parameters that a source declares, in its order. */
export function parametersOf(source: string): Parameter[] {
  const compiler = kernelTypeScript();
  const file = compiler.createSourceFile("cell.ts", source, compiler.ScriptTarget.Latest, true);
  const found: Parameter[] = [];
  for (const statement of file.statements) {
    if (!compiler.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!compiler.isIdentifier(name) || initializer === undefined) continue;
      const value = bareValue(compiler, initializer);
      const kind = kindOf(compiler, value);
      found.push({ name: name.text, kind, start: value.getStart(), end: value.getEnd() });
    }
  }
  return found;
}

/** The value itself, without `as const`, `satisfies …` or brackets around it. */
function bareValue(compiler: typeof ts, node: ts.Expression): ts.Expression {
  if (
    compiler.isAsExpression(node) ||
    compiler.isSatisfiesExpression(node) ||
    compiler.isParenthesizedExpression(node)
  )
    return bareValue(compiler, node.expression);
  return node;
}

function kindOf(compiler: typeof ts, node: ts.Expression): Kind {
  const number = compiler.isPrefixUnaryExpression(node) ? node.operand : node;
  if (compiler.isNumericLiteral(number)) return "number";
  if (compiler.isStringLiteralLike(node)) return "text";
  if (node.kind === compiler.SyntaxKind.TrueKeyword || node.kind === compiler.SyntaxKind.FalseKeyword)
    return "true or false";
  if (compiler.isArrayLiteralExpression(node)) return "list";
  if (compiler.isObjectLiteralExpression(node)) return "object";
  return "value";
}

function overrideSource(source: string, parameters: readonly Parameter[], overrides: Overrides): string {
  let result = source;
  // from the end, so that the places before stay right
  for (const { name, kind, start, end } of [...parameters].reverse()) {
    const text = overrides.get(name);
    if (text === undefined) continue;
    result = result.slice(0, start) + JSON.stringify(newValue(name, kind, text)) + result.slice(end);
  }
  return result;
}

const EXAMPLES: Record<Kind, string> = {
  number: "a number, as in 0.5",
  text: "a text",
  "true or false": "true or false",
  list: 'a list, as in [1, 2] or ["relu"]',
  object: 'an object, as in { name: "adam" }',
  value: "a number, a quoted text, true, false, a list or an object",
};

/** A value of the parameter's kind. It is written back from what was read, so only literals reach the notebook. */
function newValue(name: string, kind: Kind, text: string): Literal {
  const quoted = /^(["'`])[\s\S]*\1$/.test(text) && text.length > 1;
  if (kind === "text" && !quoted) return text;
  let value: Literal | undefined;
  try {
    value = readLiteral(text);
  } catch {
    // the error below says what is allowed
  }
  const fits = value !== undefined && (kind === "value" || kindOfValue(value) === kind);
  if (!fits)
    throw new RangeError(
      `xorlab export: parameter ${name} must be ${EXAMPLES[kind]}, written out as it is, got ${written(text)}`,
    );
  return value!;
}

function kindOfValue(value: Literal): Kind {
  if (Array.isArray(value)) return "list";
  if (value === null) return "value";
  if (typeof value === "object") return "object";
  return typeof value === "number" ? "number" : typeof value === "string" ? "text" : "true or false";
}
