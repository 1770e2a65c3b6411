import { readFileSync } from "node:fs";
import { Session } from "node:inspector";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { types } from "node:util";
import ts from "typescript-for-cells";
import { attempt } from "./attempt.js";
import { ownJson } from "./globals.js";
import { type CellPlace, offsetOf, type Scripts } from "./places.js";
import { nodeAt } from "./values.js";

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
export function sourceOf(scripts: Scripts, value: unknown): Source | undefined {
  if (typeof value !== "function" || types.isProxy(value)) return undefined;
  const runs = Function.prototype.toString.call(value);
  const site = siteOf(value);
  if (!site) return { text: runs, where: "JavaScript's own" };
  const { file, line, column } = site;
  const [own] = scripts.framesOf(scripts.stackText(undefined, [`${file}:${line}:${column}`]));
  const written = own ?? fromMap(site);
  const text = written && declarationAt(written.source, written.place, /^class\b/.test(runs));
  return text === undefined ? { text: runs, where: file } : { text, where: written!.where };
}

interface Site extends CellPlace {
  readonly file: string;
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
      if (url) site = { file: pathOf(url), line: place.lineNumber + 1, column: place.columnNumber + 1 };
    });
    session.post("Debugger.disable");
    return site;
  } finally {
    Reflect.deleteProperty(globalThis, ASKED);
    session.disconnect();
  }
}

const pathOf = (url: string): string => (url.startsWith("file:") ? fileURLToPath(url) : url);

const MAP_COMMENT = /\n\/\/# sourceMappingURL=(\S+)\s*$/;

/** The file from which a package's script was made, and the place in it, if its source map and that file are there. */
function fromMap({ file, line, column }: Site) {
  return attempt(() => {
    const address = MAP_COMMENT.exec(readFileSync(file, "utf8"))?.[1] ?? "";
    const inline = /^data:[^,]*;base64,(.*)$/.exec(address)?.[1];
    const json = inline
      ? Buffer.from(inline, "base64").toString()
      : readFileSync(resolve(dirname(file), address), "utf8");
    const found = new SourceMap(ownJson.parse(json)).findEntry(line - 1, column - 1);
    if (!("originalSource" in found)) return undefined;
    const where = resolve(dirname(file), found.originalSource);
    const place = { line: found.originalLine + 1, column: found.originalColumn + 1 };
    return { where, source: readFileSync(where, "utf8"), place };
  });
}

/** The text of the function or class that stands at a place, with its documentation. */
function declarationAt(source: string, place: CellPlace, isClass: boolean): string | undefined {
  const offset = offsetOf(source, place);
  const isAround = (node: ts.Node): node is ts.Node =>
    (isClass ? ts.isClassLike(node) : ts.isFunctionLike(node)) &&
    node.getStart() <= offset &&
    offset <= node.end;
  const found = nodeAt(ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true), isAround);
  return (
    found &&
    whole(found)
      .getFullText()
      .replace(/^\s*\n/, "")
      .trimEnd()
  );
}

/** The statement that declares a function as a variable; the function itself otherwise. */
function whole(node: ts.Node): ts.Node {
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent)) return node;
  const list = parent.parent;
  return list.parent && ts.isVariableStatement(list.parent) ? list.parent : node;
}
