import { isBuiltin } from "node:module";
import type ts from "typescript-for-cells";

/*
 * Node's and TensorFlow.js's declarations make up three quarters of all that a kernel knows, and a notebook uses few of them. Their
 * files only declare modules by name (`declare module "node:http2" { … }`), so such a module is parsed when the compiler first asks for
 * its exports; its symbol is there before.
 */

/** Where one declaration of a module stands in a file. */
type Range = readonly [from: number, to: number];

/** Finds the names that a file declares, as the compiler does before it checks types. */
export function bind<File extends ts.SourceFile>(
  compiler: typeof ts,
  file: File,
  options = {},
): File & { readonly locals: ts.SymbolTable } {
  compiler.bindSourceFile(file, options);
  return file as File & { readonly locals: ts.SymbolTable };
}

/** The fields by which the compiler knows a file, beside its name. */
const IDENTITY = ["path", "resolvedPath", "originalFileName", "impliedNodeFormat", "packageJsonScope"];

/** Makes a parsed text one that the compiler takes for a file that it knows. */
export function identify(parsed: ts.SourceFile, file: ts.SourceFile): void {
  const known = file as unknown as Record<string, unknown>;
  Object.assign(parsed, Object.fromEntries(IDENTITY.map((field) => [field, known[field]])));
}

/**
 * Parses a file; if it is a declaration file that declares nothing but modules by name, without what is in them.
 *
 * @param textOf  gives the file's text, which is asked for again when a module is parsed
 */
export function sourceFile(
  compiler: typeof ts,
  path: string,
  textOf: () => string,
  format: ts.CreateSourceFileOptions,
): ts.SourceFile {
  const text = textOf();
  const modules = path.endsWith(".d.ts") ? modulesIn(text) : undefined;
  if (!modules) return compiler.createSourceFile(path, text, format);
  const bound = (source: string) => bind(compiler, compiler.createSourceFile(path, source, format));
  const heads = Array.from(modules.keys(), (name) => `declare module "${name}" {}`);
  const file = bound(`${referencesIn(text)}\n${heads.join("\n")}`);
  for (const [name, ranges] of modules) {
    const key = compiler.escapeLeadingUnderscores(`"${name}"`);
    exportsWhenAsked(file.locals.get(key) as ts.Symbol, () => {
      const whole = textOf();
      const parts = ranges.map(([from, to]) => Buffer.from(whole.slice(from, to)));
      const parsed = bound(Buffer.concat(parts).toString()); // a slice would keep the whole text in memory
      identify(parsed, file);
      return parsed.locals.get(key) as ts.Symbol;
    });
  }
  return file;
}

/** @param parsed  gives the symbol that the same module has where it is parsed whole */
function exportsWhenAsked(symbol: ts.Symbol, parsed: () => ts.Symbol): void {
  const set = (exports: unknown): void => {
    Object.defineProperty(symbol, "exports", { value: exports, writable: true });
  };
  const get = (): unknown => {
    const { declarations = [], exports = new Map() } = parsed();
    for (const declaration of declarations) Object.assign(declaration, { symbol });
    for (const one of exports.values()) Object.assign(one, { parent: symbol });
    set(exports);
    return exports;
  };
  Object.defineProperty(symbol, "exports", { get, set, configurable: true, enumerable: true });
}

const HEAD = /^declare module (["'])([^"'\n*]+)\1 \{/;
const COMMENTS = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const IMPORTED = /\b(?:from|import|require)\s*\(?\s*(["'])([^"'\n]+)\1/g;

/** Where a file declares its modules, if it declares nothing else. */
function modulesIn(text: string): ReadonlyMap<string, readonly Range[]> | undefined {
  const [start, ...parts] = text.split(/^(?=declare module ["'])/m);
  if (parts.length === 0 || start.replace(COMMENTS, "").trim() !== "") return undefined;
  const modules = new Map<string, Range[]>();
  let from = start.length;
  for (const part of parts) {
    const name = HEAD.exec(part)?.[2];
    const code = part.replace(COMMENTS, "");
    if (name === undefined || !/^\}\s*$/m.test(code) || /^\s*(declare )?global \{/m.test(code))
      return undefined;
    modules.set(name, [...(modules.get(name) ?? []), [from, from + part.length]]);
    from += part.length;
  }
  const imported = Array.from(text.replace(COMMENTS, "").matchAll(IMPORTED), ([, , name]) => name);
  return imported.every((name) => isBuiltin(name) || modules.has(name)) ? modules : undefined;
}

/** The lines at the head of a file that name other files. */
function referencesIn(text: string): string {
  return (/^(?:\s*\/\/.*\n)*/.exec(text)?.[0] ?? "").match(/^\/\/\/ <.*/gm)?.join("\n") ?? "";
}
