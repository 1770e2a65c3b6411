import type { Program } from "@tslab/typescript-for-tslab";
import { hideDocs, showDocsWhenAsked } from "./docs.js";
import { hostCalls } from "./modules/translate.js";
import { type Host, MEANINGLESS, type ModuleTypes } from "./modules/types.js";

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
  const copy = { ...ts };
  const ours = { inlineSourceMap: true, ...types.options };
  showDocsWhenAsked(ts);
  copy.createWatchCompilerHost = ((files: string[], options: object, ...rest: unknown[]) =>
    preparedHost(
      ts,
      types,
      hasProgram,
      (ts.createWatchCompilerHost as (...all: unknown[]) => Host)(files, { ...options, ...ours }, ...rest),
    )) as typeof ts.createWatchCompilerHost;
  copy.transpileModule = (source, options) => {
    const first = MAP_COMMENT.exec(source)?.[1];
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const transformers = { before: [hostCalls(ts)] };
    const given = { ...options, compilerOptions, transformers };
    const result = ts.transpileModule(source.replace(MAP_COMMENT, "\n"), given);
    if (first === undefined) return result;
    const maps = [Buffer.from(first, "base64").toString(), result.sourceMapText];
    const comment = `\n//# ${MAPS}${Buffer.from(JSON.stringify(maps)).toString("base64")}`;
    return { ...result, outputText: result.outputText.replace(MAP_NAME, "") + comment };
  };
  const diagnostics = copy.getPreEmitDiagnosticsOfFiles;
  copy.getPreEmitDiagnosticsOfFiles = (...given) =>
    diagnostics(...given).filter(({ code }) => !MEANINGLESS.has(code));
  return copy;
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
