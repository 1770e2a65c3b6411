import { parse } from "node:path";
import ts from "typescript-for-cells";

/** Additions to the language's library since ES2022, each with what a Node has that knows it. */
const ADDITIONS: Readonly<Record<string, unknown>> = {
  "es2023.array": true,
  "es2023.collection": true, // symbols as keys of a WeakMap
  "es2023.intl": true,
  "es2024.arraybuffer": since(ArrayBuffer.prototype, "resize"),
  "es2024.collection": since(Map, "groupBy"),
  "es2024.object": since(Object, "groupBy"),
  "es2024.promise": since(Promise, "withResolvers"),
  "es2024.regexp": true, // the flag v
  "es2024.sharedmemory": since(Atomics, "waitAsync"),
  "es2024.string": since(String.prototype, "isWellFormed"),
  "es2025.collection": since(Set.prototype, "union"),
  "es2025.float16": since(globalThis, "Float16Array"),
  "es2025.intl": since(Intl, "DurationFormat"),
  "es2025.iterator": since(globalThis, "Iterator"),
  "es2025.promise": since(Promise, "try"),
  "es2025.regexp": since(RegExp, "escape"),
  "esnext.array": since(Array, "fromAsync"),
  "esnext.collection": since(Map.prototype, "getOrInsert"),
  "esnext.date": since(Date.prototype, "toTemporalInstant"),
  "esnext.decorators": true, // the compiler writes them out
  "esnext.disposable": true, // the same goes for `using`
  "esnext.error": since(Error, "isError"),
  "esnext.temporal": since(globalThis, "Temporal"),
  "esnext.typedarrays": since(Uint8Array, "fromBase64"),
};

function since(owner: object, name: string): boolean {
  return name in owner;
}

/** What is wanted otherwise than TypeScript would have it if nothing were said; of the language, what the running Node knows. */
export function cellOptions(): ts.CompilerOptions {
  const added = Object.keys(ADDITIONS).filter((name) => ADDITIONS[name]);
  return {
    target: ts.ScriptTarget.ES2024,
    lib: ["es2022", ...added].map((name) => `lib.${name}.d.ts`),
    strict: false,
    skipLibCheck: true,
    allowJs: true,
    esModuleInterop: true,
    jsx: ts.JsxEmit.React,
    declaration: true,
    sourceMap: true,
    newLine: ts.NewLineKind.LineFeed,
    preserveConstEnums: true, // for cells that are run after a `const enum`
    outDir: "outDir", // nothing is written, but files are not to be written over
    rootDir: parse(process.cwd()).root, // a notebook may import what lies beside its folder
  };
}
