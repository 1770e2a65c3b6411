import { types } from "node:util";
import ts from "typescript-for-cells";
import { attempt } from "./attempt.js";

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
export function pathOf(expression: ts.Expression): Path | undefined {
  const node = ts.skipOuterExpressions(expression);
  if (ts.isIdentifier(node)) return { name: node.text, keys: [] };
  const isNamed = ts.isPropertyAccessExpression(node);
  if (!isNamed && !ts.isElementAccessExpression(node)) return undefined;
  const inner = pathOf(node.expression);
  const key = isNamed ? node.name.text : literal(node.argumentExpression);
  return inner && key !== undefined ? { ...inner, keys: [...inner.keys, key] } : undefined;
}

function literal(node: ts.Expression): string | number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The node of a file at a place: the innermost for which a condition holds. */
export function nodeAt<Kind extends ts.Node>(
  file: ts.SourceFile,
  holds: (node: ts.Node) => node is Kind,
): Kind | undefined {
  let found: Kind | undefined;
  const visit = (node: ts.Node): void => {
    if (holds(node)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The value at a path, if all that leads there are plain properties. */
export function valueAt({ name, keys }: Path, variable: FindVariable): Found | undefined {
  let found = variable(name) ?? (name === "process" ? { value: process } : read(globalThis, name)); // Node's is a getter
  for (const key of keys) found = found && read(found.value, key);
  return found;
}

/** A property's value, the object's own or inherited; undefined for a getter, and behind a proxy. */
export function read(value: unknown, key: string | number): Found | undefined {
  for (const object of chain(value)) {
    const property = descriptor(object, key);
    if (property) return "value" in property ? { value: property.value } : undefined;
  }
  return undefined;
}

/** A value as an object, and what it inherits from, as far as that can be seen without running code. */
export function* chain(value: unknown): Generator<object> {
  if (value === undefined || value === null) return;
  for (let object: object | null = Object(value); object; object = Object.getPrototypeOf(object)) {
    if (types.isProxy(object)) return;
    yield object;
  }
}

/** Undefined also of an export of a module that has not been loaded to its end. */
export const descriptor = (object: object, key: string | number): PropertyDescriptor | undefined =>
  attempt(() => Object.getOwnPropertyDescriptor(object, key));

const MOST_MEMBERS = 1000;
export const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/**
 * The names of a value's properties that can stand behind a dot, without those that every object has.
 *
 * @param areKeys  they may be any names, as in brackets
 */
export function membersOf(value: unknown, areKeys = false): string[] {
  const names = new Set<string>();
  for (const object of chain(value)) {
    if (object === Object.prototype || object === Function.prototype) break;
    if (isList(object) && lengthOf(object) > MOST_MEMBERS) continue; // thousands of numbers
    for (const name of Object.getOwnPropertyNames(object)) {
      if (names.size >= MOST_MEMBERS) return [...names];
      if ((areKeys || IDENTIFIER.test(name)) && name !== "constructor") names.add(name);
    }
  }
  return [...names];
}

export const isList = (object: object): boolean => Array.isArray(object) || types.isTypedArray(object);

export const lengthOf = (list: object): number =>
  types.isTypedArray(list)
    ? Reflect.get(Uint8Array.prototype, "length", list)
    : descriptor(list, "length")?.value;
