import { types } from "node:util";
import { attempt } from "./attempt.js";
import { ownJson } from "./globals.js";
import { chain, descriptor, IDENTIFIER, isList, lengthOf, read } from "./values.js";

/** Values in one or a few lines, written without running any code of theirs: no getter, no trap of a proxy, no method. */

const LINE = 76; // characters; a longer object has a line for each property
const LIST = 56; // characters of a list's entries: the rest of the line says how many more there are
const ENTRIES = 8;
const TEXT = 60; // characters of a text
const DEPTH = 2;

/** A value in one or a few lines. */
export function shortText(value: unknown): string {
  const [open, entries, close] = parts(value, DEPTH);
  const line = oneLine(open, entries, close);
  if (line.length <= LINE || entries.length === 0) return line;
  return [open, ...entries.map((entry) => `  ${entry},`), close].join("\n");
}

type Parts = readonly [open: string, entries: readonly string[], close: string];

const oneLine = (open: string, entries: readonly string[], close: string): string =>
  [open, entries.join(", "), close].filter(Boolean).join(" ");

/** How a value begins, what is in it as far as it is shown, and how it ends. */
function parts(value: unknown, depth: number): Parts {
  if (typeof value === "object" && value !== null)
    return special(value, depth) ?? (isList(value) ? listParts(value, depth) : objectParts(value, depth));
  if (typeof value === "string") return [written(value), [], ""];
  if (typeof value === "bigint") return [`${value}n`, [], ""];
  if (typeof value === "function") return [functionHead(value), [], ""];
  return [Object.is(value, -0) ? "-0" : String(value), [], ""];
}

function written(text: string): string {
  return ownJson.stringify(text.length > TEXT ? `${text.slice(0, TEXT - 1)}…` : text);
}

function functionHead(value: object): string {
  if (types.isProxy(value)) return "a proxy of a function";
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? "class" : "function";
  const name = descriptor(value, "name")?.value;
  return typeof name === "string" && name !== "" ? `${kind} ${name}` : kind;
}

/** Objects that are more than their properties. */
function special(value: object, depth: number): Parts | undefined {
  if (types.isProxy(value)) return ["a proxy", [], ""];
  if (types.isPromise(value)) return ["a promise", [], ""];
  if (types.isRegExp(value)) return [`/${Reflect.get(RegExp.prototype, "source", value)}/`, [], ""];
  if (types.isNativeError(value)) {
    const [name = "Error", message = ""] = ["name", "message"]
      .map((key) => read(value, key)?.value)
      .map((part) => (typeof part === "string" ? part : undefined));
    return [`${name}: ${written(message)}`, [], ""];
  }
  if (types.isDate(value))
    return [attempt(() => Date.prototype.toISOString.call(value)) ?? "Invalid Date", [], ""];
  if (types.isMap(value)) return collectionParts("Map", Map.prototype, value, depth);
  return types.isSet(value) ? collectionParts("Set", Set.prototype, value, depth) : undefined;
}

/** @param prototype  whose methods are called, since the value may have others */
function collectionParts(
  name: "Map" | "Set",
  prototype: Map<unknown, unknown> | Set<unknown>,
  value: object,
  depth: number,
): Parts {
  const count = Reflect.get(prototype, "size", value);
  const head = `${name}(${count})`;
  if (depth === 0 || count === 0) return [head, [], ""];
  const entries = Reflect.apply(prototype.entries, value, []);
  const shown = fitting(count, () => {
    const entry = entries.next().value as [unknown, unknown];
    const inside = name === "Map" ? entry : entry.slice(1);
    return inside.map((part) => short(part, depth - 1)).join(" => ");
  });
  return [`${head} {`, shown, "}"];
}

function listParts(list: object, depth: number): Parts {
  const length = lengthOf(list);
  const name = types.isTypedArray(list)
    ? `${Reflect.get(Uint8Array.prototype, Symbol.toStringTag, list)}(${length})`
    : "";
  if (depth === 0) return [name || `Array(${length})`, [], ""];
  return [`${name} [`.trim(), fitting(length, (i) => propertyText(list, i, depth)), "]"];
}

/** As many entries as there is room for, at least one, and how many more there are. */
function fitting(count: number, entry: (i: number) => string): string[] {
  const shown: string[] = [];
  for (let room = LIST; room > 0 && shown.length < Math.min(count, ENTRIES); ) {
    const text = entry(shown.length);
    room -= text.length + 2;
    if (room >= 0 || shown.length === 0) shown.push(text);
  }
  return [...shown, ...more(count - shown.length)];
}

function objectParts(object: object, depth: number): Parts {
  const name = className(object);
  const keys = Object.keys(object);
  if (depth === 0) return [name || (keys.length > 0 ? "{…}" : "{}"), [], ""];
  const shown = keys.slice(0, ENTRIES).map((key) => {
    const label = IDENTIFIER.test(key) ? key : written(key);
    return `${label}: ${propertyText(object, key, depth)}`;
  });
  return [`${name} {`.trim(), [...shown, ...more(keys.length - shown.length)], "}"];
}

const more = (count: number): string[] => (count > 0 ? [`… ${count} more`] : []);

function propertyText(object: object, key: string | number, depth: number): string {
  const property = descriptor(object, key);
  if (!property) return "empty";
  if (!("value" in property)) return property.get ? "a getter" : "a setter";
  return short(property.value, depth - 1);
}

/** A value inside another one: on one line, and only what it is where that is too long. */
function short(value: unknown, depth: number): string {
  const line = oneLine(...parts(value, depth));
  return line.length > LINE && depth > 0 ? short(value, depth - 1) : line;
}

/** The name of an object's class; nothing for a plain object. */
function className(object: object): string {
  const [, prototype] = chain(object);
  const made = prototype && read(prototype, "constructor")?.value;
  if (typeof made !== "function" || types.isProxy(made)) return "";
  const name = descriptor(made, "name")?.value;
  return typeof name === "string" && name !== "Object" ? name : "";
}
