import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { clearTimeout as cancel, setTimeout as later } from "node:timers";

/** TypeScript as tslab ships it. */
export type TypeScript = typeof import("@tslab/typescript-for-tslab");

/** A place in a text, lines and columns counted from 0. */
export interface Place {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

/** What the compiler has to say against a cell. */
export interface TslabDiagnostic {
  readonly start: Place;
  readonly end: Place;
  readonly messageText: string;
  readonly code: number;
  readonly fileName?: string;
}

/** A cell as JavaScript. */
export interface Converted {
  readonly output?: string;
  readonly declOutput?: string;
  readonly diagnostics: readonly TslabDiagnostic[];
  readonly lastExpressionVar?: string;
  readonly sideOutputs?: readonly { readonly path: string; readonly data: string }[];
}

/** What TypeScript knows of a name: the part of it that we show. */
export interface QuickInfo {
  readonly displayParts?: readonly InfoText[];
  readonly documentation?: readonly InfoText[];
  readonly tags?: readonly { readonly name: string; readonly text?: readonly InfoText[] }[];
}

export interface InfoText {
  readonly text: string;
}

/** The part of tslab's converter that we use. */
export interface Converter {
  convert(declarations: string, source: string): Converted;
  inspect(declarations: string, source: string, position: number): QuickInfo | undefined;
  complete(
    declarations: string,
    source: string,
    position: number,
  ): {
    readonly start: number;
    readonly end: number;
    readonly candidates: readonly string[];
    readonly original?: { readonly entries?: readonly { readonly name: string; readonly kind: string }[] };
  };
  addModule(name: string, source: string, meta: object): readonly TslabDiagnostic[];
}

/** tslab, prepared for our kernel. */
export interface Tslab {
  readonly ts: TypeScript;
  readonly converter: Converter;
  /** Reads the library's types ahead of the first cell that imports it; does nothing if they have been read. */
  readonly warmUp: () => void;
  readonly isComplete: (source: string) => { readonly completed: boolean; readonly indent?: string };
  readonly metadata: (source: string) => { readonly module?: string };
  /** tslab's own API for cells: `import { display } from "tslab"`. */
  readonly api: unknown;
  /** Through which tslab's API and our library send displays. */
  readonly displays: { lastWriteDisplayData: ((content: object, update: boolean) => void) | null };
}

/**
 * Loads the project's tslab. Its files stay as they are; the compiler it finds is one that reads TensorFlow.js's types
 * from one file, that writes source maps, and that carries them through tslab's second step, from ES modules to CommonJS.
 *
 * @param types  TensorFlow.js's types in one file, which set-up writes; without it the packages' own are read, which
 *               takes longer
 */
export function loadTslab(types = join(__dirname, "tensorflow.d.ts")): Tslab {
  const load = createRequire(__filename);
  const converterPath = load.resolve("tslab/dist/converter.js");
  const compilerPath = createRequire(converterPath).resolve("@tslab/typescript-for-tslab");
  const original = load(compilerPath) as TypeScript;
  const ts = prepared(original, types);
  const cached = require.cache[compilerPath];
  if (cached) cached.exports = ts;
  const { createConverter, isCompleteCode } = load(converterPath);
  return {
    ts,
    ...keepingLibrary(createConverter({ isJS: false, isBrowser: false })),
    isComplete: isCompleteCode,
    metadata: load("tslab/dist/metadata.js").getCodeMetadata,
    api: load("tslab"),
    displays: load("tslab/dist/jupyter.js"),
  };
}

type WatchHost = import("@tslab/typescript-for-tslab").WatchHost;

/**
 * tslab's converter takes every timer of the compiler for the one that checks a cell anew, and throws if there are two.
 * The compiler sets another when a package.json changes or a missing file appears: that one gets a timer of Node's.
 */
function withOwnTimers(host: WatchHost): WatchHost {
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

const MAP_COMMENT = /\n\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]*)\s*$/;
const MAP_NAME = /\n\/\/# sourceMappingURL=.*\s*$/;

/** A compiler with our options; it marks both maps at the end of the code: `takeMaps` in places.ts reads them. */
function prepared(ts: TypeScript, types: string): TypeScript {
  const copy = { ...ts };
  const ours = { inlineSourceMap: true, paths: existsSync(types) ? tensorFlowPaths(types) : {} };
  copy.createWatchCompilerHost = ((files: string[], options: object, ...rest: unknown[]) =>
    withOwnTimers(
      (ts.createWatchCompilerHost as (...all: unknown[]) => WatchHost)(
        files,
        { ...options, ...ours },
        ...rest,
      ),
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

const LIBRARY = 'import "xorlab";\n';

/**
 * A converter that keeps the library's types once they have been read: the compiler drops files that neither the cell nor
 * the declarations import, and would have to read them again for the next cell that does.
 */
function keepingLibrary(converter: Converter): Pick<Tslab, "converter" | "warmUp"> {
  let kept = "";
  const convert: Converter["convert"] = (declarations, source) => {
    const { declOutput, ...converted } = converter.convert(kept + declarations, source);
    if (converted.diagnostics.length === 0 && /(["'])xorlab\1/.test(source)) kept = LIBRARY;
    // TypeScript refers to the file of TensorFlow.js's types by its path as well. It is found without that.
    return { ...converted, declOutput: declOutput?.replace(/^\/\/\/ <reference path=.*\n/gm, "") };
  };
  return {
    converter: {
      ...converter,
      convert,
      inspect: (declarations, ...rest) => converter.inspect(kept + declarations, ...rest),
      complete: (declarations, ...rest) => converter.complete(kept + declarations, ...rest),
    },
    warmUp: () => {
      if (kept === "") convert("", LIBRARY);
    },
  };
}

/** Begins the comment that carries the maps of both steps. */
export const MAPS = "xorlabMaps=";
