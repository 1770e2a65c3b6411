import { existsSync, readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { types } from "node:util";
import type { Node } from "typescript-for-cells";
import type { TypeScript } from "./compiler.js";
import { type CellPlace, lineOffset, type Scripts } from "./places.js";

/** The source of a function or a class, and where it stands. */
export interface Source {
  readonly text: string;
  readonly where: string;
}

/**
 * The source of a function or a class: as it was written, in a cell or in a file, where that is known; else as it runs.
 *
 * @returns undefined for any other value
 */
export function sourceOf(ts: TypeScript, scripts: Scripts, value: unknown): Source | undefined {
  if (typeof value !== "function" || types.isProxy(value)) return undefined;
  const runs = Function.prototype.toString.call(value);
  const site = siteOf(value);
  if (!site) return { text: runs, where: "JavaScript's own" };
  const { url, line, column } = site;
  const [cell] = scripts.framesOf(scripts.stackText(undefined, [`${url}:${line}:${column}`]));
  const written = cell
    ? { file: `cell [${cell.count}]`, text: cell.source, place: cell.place }
    : url.startsWith("file:") || url.startsWith("/")
      ? original(url.startsWith("/") ? url : fileURLToPath(url), { line, column })
      : undefined;
  const text =
    written && declarationAt(ts, written.text, written.place, /^class\b/.test(runs), nameOf(value));
  if (text !== undefined) return { text, where: written!.file };
  return { text: runs, where: url.startsWith("file:") ? fileURLToPath(url) : url };
}

const nameOf = (value: object): string => {
  const name = Object.getOwnPropertyDescriptor(value, "name")?.value;
  return typeof name === "string" ? name : "";
};

interface Site extends CellPlace {
  readonly url: string;
}

const ASKED = "__xorlabAsked__"; // the global variable under which V8's inspector finds the value, for a moment

/** Where V8 has read a function; undefined for those that are made of no source. */
function siteOf(value: object): Site | undefined {
  const session = new Session();
  session.connect();
  try {
    const urls = new Map<string, string>();
    session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
    session.post("Debugger.enable");
    Object.defineProperty(globalThis, ASKED, { value, configurable: true });
    let objectId: string | undefined;
    session.post("Runtime.evaluate", { expression: ASKED }, (_, found) => {
      objectId = found?.result.objectId;
    });
    let site: Site | undefined;
    session.post("Runtime.getProperties", { objectId: objectId ?? "", ownProperties: true }, (_, found) => {
      const place = found?.internalProperties?.find(({ name }) => name === "[[FunctionLocation]]")?.value
        ?.value;
      const url = place && urls.get(place.scriptId);
      if (url) site = { url, line: place.lineNumber + 1, column: place.columnNumber + 1 };
    });
    session.post("Debugger.disable");
    return site;
  } finally {
    Reflect.deleteProperty(globalThis, ASKED);
    session.disconnect();
  }
}

const MAP_COMMENT = /\n\/\/# sourceMappingURL=(\S+)\s*$/;

/** The file that a place in a script was made from, by its source map; a TypeScript file of one's own; or the script. */
function original(script: string, place: CellPlace) {
  try {
    const text = readFileSync(script, "utf8");
    const mapped = fromMap(script, MAP_COMMENT.exec(text)?.[1], place);
    if (mapped) return mapped;
    return /\.[cm]?ts$/.test(script) ? { file: script, text, place: undefined } : undefined;
  } catch {
    const file = script.replace(/\.js$/, ".ts"); // the kernel has compiled it, under another name
    return existsSync(file) ? { file, text: readFileSync(file, "utf8"), place: undefined } : undefined;
  }
}

function fromMap(script: string, address: string | undefined, { line, column }: CellPlace) {
  if (address === undefined) return undefined;
  const inline = /^data:[^,]*;base64,(.*)$/.exec(address)?.[1];
  const json = inline
    ? Buffer.from(inline, "base64").toString()
    : readFileSync(fileURLToPath(new URL(address, pathToFileURL(script))), "utf8");
  const found = new SourceMap(JSON.parse(json)).findEntry(line - 1, column - 1);
  if (!("originalSource" in found)) return undefined;
  const file = resolve(dirname(script), found.originalSource);
  const place = { line: found.originalLine + 1, column: found.originalColumn + 1 };
  return { file, text: readFileSync(file, "utf8"), place };
}

/**
 * The text of the function or class that stands at a place, or has a name where no place is known, with its
 * documentation.
 */
function declarationAt(
  ts: TypeScript,
  source: string,
  place: CellPlace | undefined,
  isClass: boolean,
  name: string,
): string | undefined {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const offset = place && lineOffset(source, place);
  const isWanted = (node: Node): boolean => {
    if (isClass ? !ts.isClassLike(node) : !ts.isFunctionLike(node)) return false;
    if (offset !== undefined) return node.getStart() <= offset && offset <= node.end;
    return named(ts, node) === name;
  };
  let found: Node | undefined;
  const visit = (node: Node): void => {
    if (isWanted(node) && (offset !== undefined || !found)) found = node;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return (
    found &&
    whole(ts, found)
      .getFullText()
      .replace(/^\s*\n/, "")
      .trimEnd()
  );
}

/** The name under which a function or a class is declared, also as a variable. */
function named(ts: TypeScript, node: Node): string | undefined {
  const { name } = node as Node & { readonly name?: Node };
  return (name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined))?.getText();
}

/** The statement that declares a function as a variable; the function itself otherwise. */
function whole(ts: TypeScript, node: Node): Node {
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent)) return node;
  const list = parent.parent;
  return list.parent && ts.isVariableStatement(list.parent) ? list.parent : node;
}
