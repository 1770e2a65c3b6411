import { types } from "node:util";
import type { Expression, Node } from "typescript-for-cells";
import type { TypeScript } from "./compiler.js";

/** Values as they are now, looked at without running any code of theirs: no getter, no trap of a proxy, no method. */

/** A variable, and what it is asked for, such as `run.history.loss[3]`. */
export interface Path {
  readonly name: string;
  readonly keys: readonly (string | number)[];
}

export interface Found {
  readonly value: unknown;
}

/** The variables of all cells. */
export type FindVariable = (name: string) => Found | undefined;

/** An expression as a path; undefined if it calls or computes something. */
export function pathOf(ts: TypeScript, node: Expression): Path | undefined {
  if (ts.isIdentifier(node)) return { name: node.text, keys: [] };
  const inner =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
      ? pathOf(ts, node.expression)
      : ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)
        ? pathOf(ts, node.expression)
        : undefined;
  if (!inner) return undefined;
  if (ts.isPropertyAccessExpression(node)) return { ...inner, keys: [...inner.keys, node.name.text] };
  if (!ts.isElementAccessExpression(node)) return inner;
  const key = node.argumentExpression;
  if (ts.isNumericLiteral(key)) return { ...inner, keys: [...inner.keys, Number(key.text)] };
  return ts.isStringLiteralLike(key) ? { ...inner, keys: [...inner.keys, key.text] } : undefined;
}

/** The node of a source at a place: the innermost for which a condition holds. */
export function nodeAt<Kind extends Node>(
  ts: TypeScript,
  source: string,
  holds: (node: Node) => node is Kind,
): Kind | undefined {
  let found: Kind | undefined;
  const visit = (node: Node): void => {
    if (holds(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS));
  return found;
}

/** The value at a path, if all that leads there are plain properties. */
export function valueAt({ name, keys }: Path, variable: FindVariable): Found | undefined {
  let found = variable(name) ?? read(globalThis, name);
  for (const key of keys) found = found && read(found.value, key);
  return found;
}

/** A property's value, the object's own or inherited; undefined for a getter, and behind a proxy. */
function read(value: unknown, key: string | number): Found | undefined {
  for (const object of chain(value)) {
    const property = descriptor(object, key);
    if (property) return "value" in property ? { value: property.value } : undefined;
  }
  return undefined;
}

/** A value as an object, and what it inherits from, as far as that can be seen without running code. */
function* chain(value: unknown): Generator<object> {
  if (value === undefined || value === null) return;
  for (let object: object | null = Object(value); object; object = Object.getPrototypeOf(object)) {
    if (types.isProxy(object)) return;
    yield object;
  }
}

function descriptor(object: object, key: string | number): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(object, key);
  } catch {
    return undefined; // an export of a module that has not been loaded to its end
  }
}

const MOST_MEMBERS = 1000;
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/** The names of a value's properties that can stand behind a dot, without those that every object has. */
export function membersOf(value: unknown): string[] {
  const names = new Set<string>();
  for (const object of chain(value)) {
    if (object === Object.prototype || object === Function.prototype) break;
    if (indexed(object) && lengthOf(object) > MOST_MEMBERS) continue; // thousands of numbers
    for (const name of Object.getOwnPropertyNames(object)) {
      if (names.size >= MOST_MEMBERS) return [...names];
      if (IDENTIFIER.test(name) && name !== "constructor") names.add(name);
    }
  }
  return [...names];
}

const indexed = (object: object) => Array.isArray(object) || types.isTypedArray(object);

const getter = (prototype: object, name: PropertyKey) =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: unknown) => unknown;
const TYPED = Object.getPrototypeOf(Uint8Array.prototype);
const typedName = getter(TYPED, Symbol.toStringTag);
const typedLength = getter(TYPED, "length");
const sizes = [
  [types.isMap, "Map", getter(Map.prototype, "size")],
  [types.isSet, "Set", getter(Set.prototype, "size")],
] as const;
const regExpSource = getter(RegExp.prototype, "source");
const { toISOString } = Date.prototype;
const { toString: functionText } = Function.prototype;

function lengthOf(object: object): number {
  if (types.isTypedArray(object)) return Reflect.apply(typedLength, object, []) as number;
  return Object.getOwnPropertyDescriptor(object, "length")?.value;
}

const LINE = 76; // characters; a longer value has a line for each entry
const ENTRIES = 8;
const TEXT = 60; // characters of a text
const DEPTH = 2;

/** A value in one or a few lines. */
export function shortText(value: unknown): string {
  const [open, entries, close] = parts(value, DEPTH);
  const line = [open, entries.join(", "), close].filter(Boolean).join(" ");
  if (line.length <= LINE || entries.length === 0) return line;
  return [open, ...entries.map((entry) => `  ${entry},`), close].join("\n");
}

type Parts = readonly [open: string, entries: readonly string[], close: string];

/** How a value begins, what is in it as far as it is shown, and how it ends. */
function parts(value: unknown, depth: number): Parts {
  if (typeof value === "string") return [written(value), [], ""];
  if (typeof value === "bigint") return [`${value}n`, [], ""];
  if (typeof value === "function") return [functionHead(value), [], ""];
  if (Object.is(value, -0)) return ["-0", [], ""];
  if (typeof value !== "object" || value === null) return [String(value), [], ""];
  return special(value) ?? (indexed(value) ? listParts(value, depth) : objectParts(value, depth));
}

function written(text: string): string {
  return JSON.stringify(text.length > TEXT ? `${text.slice(0, TEXT - 1)}…` : text);
}

function functionHead(value: object): string {
  if (types.isProxy(value)) return "a proxy of a function";
  const kind = /^class\b/.test(Reflect.apply(functionText, value, [])) ? "class" : "function";
  const name = descriptor(value, "name")?.value;
  return typeof name === "string" && name !== "" ? `${kind} ${name}` : kind;
}

/** Objects that are more than their properties. */
function special(value: object): Parts | undefined {
  if (types.isProxy(value)) return ["a proxy", [], ""];
  if (types.isPromise(value)) return ["a promise", [], ""];
  if (types.isRegExp(value)) return [`/${Reflect.apply(regExpSource, value, [])}/`, [], ""];
  if (types.isNativeError(value)) {
    const [name = "Error", message = ""] = ["name", "message"]
      .map((key) => read(value, key)?.value)
      .map((part) => (typeof part === "string" ? part : undefined));
    return [`${name}: ${written(message)}`, [], ""];
  }
  if (types.isDate(value))
    return [attempt(() => Reflect.apply(toISOString, value, [])) ?? "Invalid Date", [], ""];
  for (const [is, name, size] of sizes)
    if (is(value)) return [`${name}(${Reflect.apply(size, value, [])})`, [], ""];
  return undefined;
}

function attempt<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function listParts(list: object, depth: number): Parts {
  const length = lengthOf(list);
  const name = types.isTypedArray(list) ? `${Reflect.apply(typedName, list, [])}(${length}) ` : "";
  if (depth === 0) return [name.trim() || `Array(${length})`, [], ""];
  const shown = Array.from({ length: Math.min(length, ENTRIES) }, (_, i) => propertyText(list, i, depth));
  return [`${name}[`, [...shown, ...more(length - shown.length)], "]"];
}

function objectParts(object: object, depth: number): Parts {
  const name = className(object);
  const keys = Object.keys(object);
  if (depth === 0) return [name || (keys.length > 0 ? "{…}" : "{}"), [], ""];
  const shown = keys.slice(0, ENTRIES).map((key) => {
    const label = IDENTIFIER.test(key) ? key : written(key);
    return `${label}: ${propertyText(object, key, depth)}`;
  });
  return [name ? `${name} {` : "{", [...shown, ...more(keys.length - shown.length)], "}"];
}

const more = (count: number): string[] => (count > 0 ? [`… ${count} more`] : []);

function propertyText(object: object, key: string | number, depth: number): string {
  const property = descriptor(object, key);
  if (!property) return "empty";
  if (!("value" in property)) return property.get ? "a getter" : "a setter";
  const [open, entries, close] = parts(property.value, depth - 1);
  return [open, entries.join(", "), close].filter(Boolean).join(" ");
}

/** The name of an object's class; nothing for a plain object. */
function className(object: object): string {
  const [, prototype] = chain(object);
  const made =
    prototype && prototype !== Object.prototype ? read(prototype, "constructor")?.value : undefined;
  if (typeof made !== "function" || types.isProxy(made)) return "";
  const name = descriptor(made, "name")?.value;
  return typeof name === "string" ? name : "";
}
