import { unknownName, written } from "../../check.js";
import { readLiteral } from "../../words/literals.js";
import { calledAs } from "./checkout.js";
import { type Cell, type Notebook, sourceOf } from "./notebooks.js";

/** What kind of value a parameter holds in the notebook, and so how a new one is read. */
type Kind = "number" | "text" | "true or false" | "list" | "object" | "value";

/** One `const name = value` of the parameters cell. */
type Parameter = ReturnType<typeof parametersOf>[number];

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
 * The notebooks with new values, in a cell of their own behind the parameters cell, as Papermill does it; the kernel
 * lets a cell declare a name again. The files stay as they are.
 *
 * @throws RangeError for a name that a notebook does not have, or a value that does not fit
 */
export function overrideParameters(
  notebooks: readonly Notebook[],
  overrides: Overrides,
): readonly Notebook[] {
  if (overrides.size === 0) return notebooks;
  const known = notebooks.map(withParameters);
  for (const name of overrides.keys()) checkName(name, known);
  return known.map(({ notebook, cell: own, parameters }) => {
    const settings = parameters.filter(({ name }) => overrides.has(name));
    const values = settings.map((parameter) => newValue(parameter, overrides.get(parameter.name)!));
    const lines = settings.map(({ head, tail }, i) => `${head} ${values[i]}${tail};`);
    const notice = noticeOf(settings.map(({ name }, i) => `${name} = ${values[i]}`));
    const changed = notebook.content.cells
      .filter((cell) => !cell.metadata?.tags?.includes("injected-parameters")) // of an earlier run: it would win
      .flatMap((cell) => (cell === own ? [cell, injectedCell(lines)] : [cell]));
    changed.splice(changed[0].cell_type === "markdown" ? 1 : 0, 0, notice); // below the title
    return { ...notebook, content: { ...notebook.content, cells: changed } };
  });
}

function injectedCell(lines: readonly string[]): Cell {
  return {
    cell_type: "code",
    id: "xorlab-injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    source: [`// Set by: ${calledAs("export")} -p`, ...lines].join("\n"),
    execution_count: null,
    outputs: [],
  } as Cell;
}

/** Says on the page what differs from the notebook: its text may speak of other numbers. */
function noticeOf(settings: readonly string[]): Cell {
  const code = (text: string) => `\`\` ${text.replaceAll("`", "'")} \`\``;
  const source = `**Run with other settings:** ${settings.map(code).join(", ")}. The text was written for the notebook's own settings.`;
  return { cell_type: "markdown", id: "xorlab-settings", metadata: {}, source } as Cell;
}

type Known = ReturnType<typeof withParameters>;

/** A notebook, its parameters cell if it has one, and what that declares. */
function withParameters(notebook: Notebook) {
  const [cell, ...others] = notebook.content.cells.filter(
    ({ cell_type, metadata }) => cell_type === "code" && metadata?.tags?.includes("parameters"),
  );
  if (others.length > 0)
    throw new RangeError(
      `xorlab export: ${notebook.name} has ${others.length + 1} cells tagged "parameters"; tag one cell only`,
    );
  return { notebook, cell, parameters: cell ? parametersOf(sourceOf(cell)) : [] };
}

function checkName(name: string, known: readonly Known[]): void {
  const namesOf = ({ parameters }: Known) => parameters.map((parameter) => parameter.name);
  const all = new Set(known.flatMap(namesOf));
  if (all.size === 0)
    throw new RangeError(
      `xorlab export: -p ${name}: no cell tagged "parameters" in ${known.map(({ notebook }) => notebook.name).join(", ")}`,
    );
  if (!all.has(name)) throw unknownName("xorlab export", "parameter", name, [...all]);
  const lacking = known.filter((one) => !namesOf(one).includes(name));
  const list = lacking.map((one) => `${one.notebook.name} (${namesOf(one).join(", ") || "none"})`);
  if (lacking.length > 0)
    throw new RangeError(
      `xorlab export: not every notebook has the parameter "${name}": missing in ${list.join(", ")}; name the notebooks that have it before -p`,
    );
  const using = known.find(({ parameters }) => parameters.some((one) => one.name === name && one.used));
  if (using)
    throw new RangeError(
      `xorlab export: -p ${name}: in ${using.notebook.name} the cell tagged "parameters" also uses ${name}, before the new value is set; move the lines that use it to the next cell`,
    );
}

const COMMENTS_AND_TEXTS =
  /\/\/.*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g;

/** The source with blanks for comments and for what stands in quotes, but for the code in a template's `${…}`. */
function codeAlone(source: string): string {
  return source.replace(COMMENTS_AND_TEXTS, (part) => {
    if (part[0] === "/") return part.replace(/[^\n]/g, " ");
    const inside = part.slice(1, -1).replace(/\$\{[^}]*\}|[^\n]/g, (piece) => (piece[1] ? piece : " "));
    return part[0] + inside + part[0];
  });
}

const DECLARATION =
  /^(?:const|let|var)\s+([\p{L}_$][\p{L}\p{N}_$]*)\s*(?::[^=;\n]+)?=(?![=>])\s*([\p{L}\p{N}_$]+|.)/gmu;

/** The parameters that a source declares at the beginning of lines, in its order. */
export function parametersOf(source: string) {
  const code = codeAlone(source);
  const found = [...code.matchAll(DECLARATION)];
  return found.map((match, i) => {
    const [text, name, value] = match;
    const end = match.index + text.length;
    const statement = code.slice(match.index, found[i + 1]?.index);
    const others = code.slice(0, match.index) + code.slice(end);
    return {
      name,
      kind: kindOf(value),
      /** the declaration up to its "=", as in `let rate: number =` */
      head: source.slice(match.index, end - value.length).trimEnd(),
      /** what follows the value: `as const`, or nothing */
      tail: /\bas\s+const\b/.test(statement) ? " as const" : "",
      /** whether other lines of the cell use it: they run before a new value is set */
      used: new Set<string>(others.match(/\.?[\p{L}\p{N}_$]+/gu)).has(name),
    };
  });
}

/** The kind of a literal, by its first word or character. */
function kindOf(literal: string): Kind {
  if (/^[\d.+-]/.test(literal)) return "number";
  if (/^["'`]/.test(literal)) return "text";
  if (literal === "true" || literal === "false") return "true or false";
  return literal[0] === "[" ? "list" : literal[0] === "{" ? "object" : "value";
}

const EXAMPLES: Record<Kind, string> = {
  number: "a number, written as in 0.5",
  text: "a text, written as in relu",
  "true or false": "true or false",
  list: 'a list, written as in [1, 2] or ["relu"]',
  object: 'an object, written as in { name: "adam" }',
  value: "a number, a quoted text, true, false, a list or an object",
};

/** A value of the parameter's kind, written anew from what was read: so only literals reach the notebook. */
function newValue({ name, kind }: Parameter, text: string): string {
  const quoted = /^(["'`])[\s\S]*\1$/.test(text) && text.length > 1;
  if (kind === "text" && !quoted) return JSON.stringify(text);
  const literal = JSON.stringify(readLiteral(text));
  const fits = literal !== undefined && (kind === "value" || kindOf(literal) === kind);
  if (!fits)
    throw new RangeError(`xorlab export: parameter ${name} must be ${EXAMPLES[kind]}, got ${written(text)}`);
  return literal;
}
