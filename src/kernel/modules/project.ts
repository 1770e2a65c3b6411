import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript-for-cells";
import { placeAt } from "../places.js";
import { stateOf } from "./packages.js";

/** What the tsconfig.json above a notebook says, as far as it concerns cells and the modules they import. */
export interface Project {
  readonly options: ts.CompilerOptions;
  /** The declaration files that it includes, such as those of global names. */
  readonly declarations: readonly string[];
  /** What the user should know of it and has not been told: what is wrong with it, that it has changed. */
  news(): string[];
}

/**
 * The options that are heeded: how strictly is checked, where modules and types come from, how JSX and decorators are
 * translated. Those about files that a compiler writes, and about names that are not used, mean nothing in a notebook.
 */
const HEEDED = [
  "strict",
  "alwaysStrict",
  "noImplicitAny",
  "noImplicitThis",
  "strictBindCallApply",
  "strictBuiltinIteratorReturn",
  "strictFunctionTypes",
  "strictNullChecks",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
  "exactOptionalPropertyTypes",
  "noFallthroughCasesInSwitch",
  "noImplicitOverride",
  "noImplicitReturns",
  "noPropertyAccessFromIndexSignature",
  "noUncheckedIndexedAccess",
  "allowUnreachableCode",
  "allowUnusedLabels",
  "checkJs",
  "lib",
  "typeRoots",
  "types",
  "customConditions",
  "moduleSuffixes",
  "rootDirs",
  "jsx",
  "jsxFactory",
  "jsxFragmentFactory",
  "jsxImportSource",
  "reactNamespace",
  "experimentalDecorators",
  "emitDecoratorMetadata",
  "useDefineForClassFields",
] as const;

/** TypeScript's messages about a tsconfig.json that lists no files: cells are none of its files. */
const NO_FILES = new Set([18002, 18003]);

/** Reads the nearest tsconfig.json at or above a folder. */
export function readProject(folder: string): Project {
  const file = ts.findConfigFile(folder, existsSync);
  if (file === undefined) return { options: {}, declarations: [], news: () => [] };
  const read = new Map<string, string | undefined>();
  const readFile = (path: string) => {
    read.set(path, stateOf(path));
    return ts.sys.readFile(path);
  };
  const shown = relative(folder, file);
  const news = (faults: string[]) => () => {
    const said = faults.splice(0);
    const changed = [...read].filter(([path, time]) => stateOf(path) !== time);
    for (const [path] of changed) {
      read.delete(path);
      said.push(
        `${relative(folder, path)} has changed. Restart the kernel: its options are read at the start.`,
      );
    }
    return said;
  };
  const { config, error } = ts.readConfigFile(file, readFile);
  if (error) {
    const fault = `${shown} cannot be read, and is ignored: ${messageOf(error)}`;
    return { options: {}, declarations: [], news: news([fault]) };
  }
  const readDirectory: ts.ParseConfigHost["readDirectory"] = (path, _, ...given) =>
    ts.sys.readDirectory(path, [".d.ts"], ...given);
  const host = { ...ts.sys, readFile, readDirectory };
  const { options, errors, fileNames } = ts.parseJsonConfigFileContent(
    config,
    host,
    dirname(file),
    undefined,
    file,
  );
  const faults = errors.filter(({ code }) => !NO_FILES.has(code));
  return {
    options: heeded(options, dirname(file)),
    declarations: fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name)),
    news: news(faults.map((fault) => `${shown}: ${messageOf(fault)}`)),
  };
}

function heeded(given: ts.CompilerOptions, folder: string): ts.CompilerOptions {
  const options = Object.fromEntries(
    HEEDED.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  ) as ts.CompilerOptions;
  const { baseUrl, target } = given;
  const from = baseUrl ?? (given.pathsBasePath as string | undefined) ?? folder;
  const paths = Object.entries(given.paths ?? {}).map(([name, files]) => [
    name,
    files.map((path) => resolve(from, path)),
  ]);
  if (baseUrl !== undefined && !given.paths?.["*"]) paths.push(["*", [join(baseUrl, "*")]]);
  if (paths.length > 0) options.paths = Object.fromEntries(paths);
  if (options.types && !options.types.includes("node")) options.types = [...options.types, "node"];
  // Code is written for the Node that runs, whatever the target; what else an old target means is kept.
  if (target !== undefined && target < ts.ScriptTarget.ES2022) options.useDefineForClassFields ??= false;
  return options;
}

/** A message about a tsconfig.json with the place that it is about. */
function messageOf({ file, start, messageText }: ts.Diagnostic): string {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (!file || start === undefined) return text;
  const { line, column } = placeAt(file.text, start);
  return `line ${line}, column ${column}: ${text}`;
}
