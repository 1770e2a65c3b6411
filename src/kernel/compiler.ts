import { existsSync } from "node:fs";
import { join } from "node:path";
import { clearTimeout as cancel, setTimeout as later } from "node:timers";
import type { BuilderProgram, Program, SourceFile, StringLiteral } from "@tslab/typescript-for-tslab";
import { hideDocs, showDocsWhenAsked } from "./docs.js";

/** TypeScript as tslab ships it. */
export type TypeScript = typeof import("@tslab/typescript-for-tslab");

/** Begins the comment that carries the maps of both steps. */
export const MAPS = "xorlabMaps=";

const MAP_COMMENT = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]*)\s*$/;
const MAP_NAME = /\n\/\/# sourceMappingURL=.*\s*$/;

/**
 * The compiler for tslab's converter: with our options, our host, and maps of both steps at the end of the code
 * (`takeMaps` in places.ts reads them).
 *
 * @param types  the one file of TensorFlow.js's types
 */
export function preparedCompiler(ts: TypeScript, types: string): TypeScript {
  const copy = { ...ts };
  const ours = { inlineSourceMap: true, paths: existsSync(types) ? tensorFlowPaths(types) : {} };
  showDocsWhenAsked(ts);
  copy.createWatchCompilerHost = ((files: string[], options: object, ...rest: unknown[]) =>
    preparedHost(
      ts,
      (ts.createWatchCompilerHost as (...all: unknown[]) => Host)(files, { ...options, ...ours }, ...rest),
    )) as typeof ts.createWatchCompilerHost;
  copy.transpileModule = (source, options) => {
    const first = MAP_COMMENT.exec(source)?.[1];
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = ts.transpileModule(source.replace(MAP_COMMENT, "\n"), { ...options, compilerOptions });
    if (first === undefined) return result;
    const maps = [Buffer.from(first, "base64").toString(), result.sourceMapText];
    const comment = `\n//# ${MAPS}${Buffer.from(JSON.stringify(maps)).toString("base64")}`;
    return { ...result, outputText: result.outputText.replace(MAP_NAME, "") + comment };
  };
  return copy;
}

/** Which file declares TensorFlow.js and its parts: the one file, whether the library or a cell imports them. */
function tensorFlowPaths(types: string): Record<string, string[]> {
  const names = ["", "-core", "-layers", "-converter", "-data", "-backend-cpu", "-backend-webgl"].map(
    (part) => `@tensorflow/tfjs${part}`,
  );
  return Object.fromEntries(names.flatMap((name) => [name, `${name}/*`]).map((name) => [name, [types]]));
}

type Host = import("@tslab/typescript-for-tslab").WatchCompilerHostOfFilesAndCompilerOptions<BuilderProgram>;

/**
 * Stands below the declarations of the cells so far: the library's types are read at the start, and kept; and the names that
 * the kernel adds are known.
 */
const LIBRARY = `import "xorlab";\nimport ${JSON.stringify(join(__dirname, "cellGlobals"))};\n`;

function preparedHost(ts: TypeScript, host: Host): Host {
  const { readFile } = host;
  host.readFile = (path, encoding) => {
    const text = readFile(path, encoding);
    if (path.endsWith("/__prev__.d.ts")) return text + LIBRARY;
    return path.endsWith(".d.ts") ? text && hideDocs(text) : text;
  };
  // The compiler's own program looks into every file for each cell, to note which refers to which. tslab asks only for
  // the modules beside the notebook that a cell leads to.
  host.createProgram = (...given) => {
    const builder = ts.createAbstractBuilder(...given);
    builder.getProgram().getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    return { ...builder, getAllDependencies: (file) => modulesOf(builder.getProgram(), file) };
  };
  return withOwnTimers(host);
}

/** A source file and all that it imports that are no declarations. */
function modulesOf(program: Program, file: SourceFile): string[] {
  const checker = program.getTypeChecker();
  const found = new Set([file]);
  for (const { imports = [] } of found as Set<SourceFile & { imports?: readonly StringLiteral[] }>)
    for (const name of imports)
      for (const declaration of checker.getSymbolAtLocation(name)?.declarations ?? []) {
        const module = declaration.getSourceFile();
        if (!module.isDeclarationFile) found.add(module);
      }
  return [...found].map(({ fileName }) => fileName);
}

/**
 * tslab's converter takes every timer of the compiler for the one that checks a cell anew, and throws if there are two.
 * The compiler sets another when a package.json changes or a missing file appears: that one gets a timer of Node's.
 */
function withOwnTimers(host: Host): Host {
  const { setTimeout: setCheck, clearTimeout: clearCheck } = host;
  const others = new Set<NodeJS.Timeout>();
  host.setTimeout = (callback, milliseconds, ...given) => {
    if (callback.name === "updateProgramWithWatchStatus") return setCheck?.(callback, milliseconds, ...given);
    const timer = later(() => {
      others.delete(timer);
      callback(...given);
    }, milliseconds);
    others.add(timer);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (others.delete(timer)) cancel(timer);
    else clearCheck?.(timer);
  };
  return host;
}
