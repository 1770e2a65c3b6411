import { typescriptLanguage } from "@codemirror/lang-javascript";
import { ACTIVATION_NAMES } from "../engine/functions.js";
import { INITIALIZER_NAMES } from "../engine/initializers.js";
import { LOSS_NAMES } from "../engine/losses.js";
import { OPTIMIZER_NAMES } from "../engine/optimizers.js";
import { readLiteral } from "../words/literals.js";

/** The settings of a parameters cell: its `const name = literal`, each with the comment behind it. */

export interface Parameter {
  readonly name: string;
  readonly value: unknown;
  /** The literal, and where it stands in the source. */
  readonly literal: string;
  readonly from: number;
  readonly comment: string;
  /** What the value can be, where that is known. */
  readonly choices?: readonly string[];
}

/** The declarations at the top of a cell whose values are literals. */
export function parametersOf(source: string): Parameter[] {
  const found: Parameter[] = [];
  const top = typescriptLanguage.parser.parse(source).topNode;
  for (const statement of top.getChildren("VariableDeclaration"))
    for (const equals of statement.getChildren("Equals")) {
      let before = equals.prevSibling;
      if (before?.name === "TypeAnnotation") before = before.prevSibling;
      const after = equals.nextSibling;
      if (before?.name !== "VariableDefinition" || !after) continue;
      const name = source.slice(before.from, before.to);
      const literal = source.slice(after.from, after.to).replace(/\s+as\s+const$/, "");
      const value = readLiteral(literal);
      const comment = /^[^\n]*?\/\/\s*(.*)/.exec(source.slice(statement.to))?.[1] ?? "";
      if (value !== undefined)
        found.push({ name, value, literal, from: after.from, comment, choices: choicesFor(name, value) });
    }
  return found;
}

/** A parameter in force, and the cell that sets it. */
export interface Setting extends Parameter {
  /** Its place among the cells that were given. */
  readonly cell: number;
}

/** The settings of several cells: of a name that a later cell declares again, as exports with -p and Papermill do, the later value. */
export function settingsOf(sources: readonly string[]): Setting[] {
  const found = new Map<string, Setting>();
  for (const [cell, source] of sources.entries())
    for (const one of parametersOf(source)) {
      const comment = one.comment || found.get(one.name)?.comment || "";
      found.set(one.name, { ...one, comment, cell });
    }
  return [...found.values()];
}

/** The cells' sources with another literal for a setting. */
export function withSetting(sources: readonly string[], setting: Setting, next: string): string[] {
  return sources.map((source, cell) => (cell === setting.cell ? withLiteral(source, setting, next) : source));
}

/** The texts among which a setting chooses, by the end of the settings' names. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  activation: ACTIVATION_NAMES,
  optimizer: OPTIMIZER_NAMES,
  loss: LOSS_NAMES,
  initializer: INITIALIZER_NAMES,
};

/** The library's names for such a setting, if its value is one of them. */
function choicesFor(name: string, value: unknown): readonly string[] | undefined {
  const lists = Object.entries(CHOICES).filter(([, names]) => names.includes(String(value)));
  const named = lists.find(([kind]) => name.toLowerCase().endsWith(kind)) ?? lists[0];
  return typeof value === "string" ? named?.[1] : undefined;
}

function withLiteral(source: string, { from, literal }: Parameter, next: string): string {
  return source.slice(0, from) + next + source.slice(from + literal.length);
}

const EXAMPLES = {
  number: "a number, as in 0.5",
  string: 'a text, as in "relu"',
  boolean: "true or false",
  list: 'a list, as in [1, 2] or ["relu"]',
  object: 'an object, as in { name: "adam" }',
};

function kindOf(value: unknown): keyof typeof EXAMPLES {
  return Array.isArray(value) ? "list" : (typeof value as keyof typeof EXAMPLES);
}

/**
 * What a reader or an address gives for a parameter, as a literal: a text may go without its quotes. It is read, never run.
 *
 * @throws RangeError if it is of another kind
 */
export function literalFor({ name, value }: Parameter, given: string): string {
  const text = given.trim();
  const quoted = /^(["'`])[\s\S]*\1$/.test(text) && text.length > 1;
  if (typeof value === "string" && !quoted) return JSON.stringify(given);
  const read = readLiteral(text);
  if (read === undefined || kindOf(read) !== kindOf(value))
    throw new RangeError(`${name} must be ${EXAMPLES[kindOf(value)]}`);
  return text;
}
