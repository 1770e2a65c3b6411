import type { CompilerOptions, Program } from "typescript-for-cells";
import { hideDocs, showDocsWhenAsked } from "./docs.js";
import { edition } from "./edition.js";
import { additionsForTslab } from "./forTslab.js";
import { hostCalls } from "./modules/translate.js";
import type { Host, ModuleTypes } from "./modules/types.js";

/** The TypeScript that cells are checked with. */
export type TypeScript = typeof import("typescript-for-cells");

/** Begins the comment that carries the maps of both steps. */
export const MAPS = "xorlabMaps=";

const MAP_COMMENT = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]*)\s*$/;
const MAP_NAME = /\n\/\/# sourceMappingURL=.*\s*$/;

/**
 * The compiler for tslab's converter: with our options, our host, and maps of both steps at the end of the code
 * (`takeMaps` in places.ts reads them).
 *
 * @param types       what cells import
 * @param hasProgram  is told each program that the compiler makes
 */
export function preparedCompiler(
  ts: TypeScript,
  types: ModuleTypes,
  hasProgram: (program: Program) => void,
): TypeScript {
  const { watchFile, watchDirectory } = types.watch;
  Object.assign(ts.sys, { watchFile, watchDirectory });
  const copy = { ...ts, ...additionsForTslab(ts) };
  const ours = { ...cellOptions(ts), ...types.options };
  const withDeclarations = (files: readonly string[]) => [...files, ...types.project.declarations];
  showDocsWhenAsked(ts);
  copy.createWatchCompilerHost = ((files: string[], options: object, ...rest: unknown[]) =>
    preparedHost(
      ts,
      types,
      hasProgram,
      (ts.createWatchCompilerHost as (...all: unknown[]) => Host)(
        withDeclarations(files),
        { ...options, ...ours },
        ...rest,
      ),
    )) as typeof ts.createWatchCompilerHost;
  copy.createWatchProgram = ((host: Host) => {
    const watch = ts.createWatchProgram(host);
    const { updateRootFileNames } = watch;
    return {
      ...watch,
      updateRootFileNames: (files: string[]) => updateRootFileNames(withDeclarations(files)),
    };
  }) as typeof ts.createWatchProgram;
  copy.transpileModule = (source, options) => {
    const first = MAP_COMMENT.exec(source)?.[1];
    const compilerOptions = { ...options.compilerOptions, sourceMap: true, target: ours.target };
    const transformers = { before: [hostCalls(ts)] };
    const given = { ...options, compilerOptions, transformers };
    const result = ts.transpileModule(source.replace(MAP_COMMENT, "\n"), given);
    if (first === undefined) return result;
    const maps = [Buffer.from(first, "base64").toString(), result.sourceMapText];
    const comment = `\n//# ${MAPS}${Buffer.from(JSON.stringify(maps)).toString("base64")}`;
    return { ...result, outputText: result.outputText.replace(MAP_NAME, "") + comment };
  };
  return copy;
}

/** What we want otherwise than tslab, or than TypeScript would have it if nothing were said. */
function cellOptions(ts: TypeScript): CompilerOptions {
  return {
    ...edition(ts),
    experimentalDecorators: false, // those of the standard
    strict: false,
    inlineSourceMap: true,
  };
}

/** Stands below the declarations of the cells so far: the library's types are read at the start, and kept. */
const LIBRARY = 'import "xorlab";\n';

function preparedHost(
  ts: TypeScript,
  types: ModuleTypes,
  hasProgram: (program: Program) => void,
  host: Host,
): Host {
  const { readFile } = host;
  host.readFile = (path, encoding) => {
    const text = readFile(path, encoding);
    if (path.endsWith("/__prev__.d.ts")) return text + LIBRARY;
    return path.endsWith(".d.ts") ? text && hideDocs(text) : text;
  };
  // tslab writes and checks the modules to which a cell leads. We run them from their own text, and check them ourselves.
  host.createProgram = (...given) => {
    const builder = ts.createAbstractBuilder(...given);
    const program = builder.getProgram();
    program.getTypeChecker(); // finds the names that each file declares: tslab expects them to be there
    hasProgram(program);
    return { ...builder, getAllDependencies: ({ fileName }) => [fileName] };
  };
  types.serve(host);
  return host;
}
