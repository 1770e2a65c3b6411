import Module from "node:module";
import { dirname, relative } from "node:path";
import { runInThisContext } from "node:vm";
import { attempt } from "../attempt.js";
import { ownJson } from "../globals.js";
import { GIVEN } from "../imports.js";
import type { Locate, PlaceInFile } from "../places.js";
import type { Asked } from "./packages.js";
import { translate } from "./translate.js";
import type { ModuleTypes } from "./types.js";

/** Work that is done at once, but for what it yields: that must be awaited. */
export type Waiting<Result> = Generator<PromiseLike<unknown>, Result, unknown>;

/** Does work at once. @param late  the error if it must wait */
export function atOnce<Result>(work: Waiting<Result>, late: () => Error): Result {
  const step = work.next();
  if (step.done) return step.value;
  Promise.resolve(step.value).catch(() => undefined); // nobody waits for it
  work.return(undefined as Result);
  throw late();
}

/** Does work, and waits where it must. @returns a promise only if there was something to wait for */
export function inTime<Result>(work: Waiting<Result>, step = work.next()): Result | Promise<Result> {
  if (step.done) return step.value;
  return Promise.resolve(step.value).then(
    (value) => inTime(work, work.next(value)),
    (error) => inTime(work, work.throw(error)),
  );
}

/** A module of one's own, as its file was when it was read. */
export interface OwnModule {
  readonly file: string;
  readonly text: string;
  /** What it has imported of one's own modules: by name and manner, the file that was meant. */
  readonly uses: Map<string, Use>;
}

/** One module of one's own that another has imported. */
export interface Use {
  readonly specifier: string;
  readonly asked: Asked;
  readonly file: string;
}

interface Loaded extends OwnModule {
  readonly module: Module;
  /** Settled when it has run to its end; undefined then. */
  running?: Promise<void>;
  /** The module that it waits for. */
  waitsFor?: Loaded;
  error?: unknown;
}

/** With what a module loads others while it runs. */
export interface Loaders {
  readonly require: NodeJS.Require;
  import(specifier: unknown): Promise<unknown>;
  readonly meta: object;
}

/** How modules come to others. */
export interface Linking {
  /** A module's `require`, `import()` and `import.meta`. */
  loadersFor(importer: OwnModule): Loaders;
  /** Loads what one of a module's import statements names. */
  link(specifier: string, importer: OwnModule, asked: Asked): Waiting<unknown>;
  /** Whether a name still means the same file. */
  stillMeans(use: Use, importer: OwnModule): boolean;
}

/** The modules of one's own that are loaded. */
export function ownModules(types: ModuleTypes, linking: Linking) {
  const loaded = new Map<string, Loaded>();
  const places = new Map<string, { readonly locate: Locate; readonly text: string }>();

  /** Runs a module, after what it imports. */
  function* run(one: Loaded): Waiting<void> {
    const { file, text, module } = one;
    if (file.endsWith(".json")) {
      module.exports = parsed(file, text);
      return;
    }
    const { code, imports, awaits, locate } = translate(file, text, types.options);
    places.set(file, { locate, text });
    const linked = new Map<string, unknown>();
    for (const { specifier, asked } of imports)
      linked.set(specifier, yield* linking.link(specifier, one, asked));
    // In a function of its own the module may declare any name, such as `require` or `__dirname`.
    const body = `${awaits ? "async " : ""}() => {\n${code}\n}`;
    const start = runInThisContext(`(function (${GIVEN.join(", ")}) { return (${body})(); })`, {
      filename: file,
    });
    const { require, ...others } = linking.loadersFor(one);
    const kernel = { ...others, require: (specifier: string) => linked.get(specifier) };
    const { exports } = module;
    const ended = Reflect.apply(start, exports, [kernel, require, module, exports, file, dirname(file)]);
    if (awaits) yield ended as Promise<unknown>;
  }

  /** Loads a file, after all that it imports. */
  function* load(file: string, importer?: OwnModule): Waiting<unknown> {
    const from = importer && loaded.get(importer.file);
    const known = loaded.get(file);
    if (known?.running && !leadsTo(known, from)) {
      if (from) from.waitsFor = known;
      yield known.running;
      if (from) from.waitsFor = undefined;
      if (known.error !== undefined) throw known.error;
    }
    if (known) return known.module.exports;
    const one: Loaded = {
      file,
      text: types.readFile(file) ?? "",
      uses: new Map(),
      module: emptyModule(file),
    };
    let end = () => {};
    one.running = new Promise((resolve) => {
      end = resolve;
    });
    loaded.set(file, one);
    if (from) from.waitsFor = one;
    let ran = false;
    try {
      yield* run(one);
      ran = true;
    } catch (error) {
      one.error = error;
      throw error;
    } finally {
      if (!ran && loaded.get(file) === one) loaded.delete(file); // the next import tries again
      if (from) from.waitsFor = undefined;
      one.running = undefined;
      end();
    }
    return one.module.exports;
  }

  const hasChanged = (one: Loaded): boolean =>
    types.readFile(one.file) !== one.text ||
    ![...one.uses.values()].every((use) => attempt(() => linking.stillMeans(use, one)));
  return {
    load,
    /** Forgets what has changed on disk, and all that depends on it; but not while modules are being loaded. */
    forgetChanged(): void {
      if ([...loaded.values()].some(({ running }) => running)) return;
      const changed = new Set([...loaded.values()].filter(hasChanged));
      for (const { file } of changed)
        for (const other of loaded.values())
          if ([...other.uses.values()].some((use) => use.file === file)) changed.add(other);
      for (const { file } of changed) loaded.delete(file);
    },
    /** Forgets what was never loaded to its end: the cell that asked for it was stopped. */
    forgetUnfinished(): void {
      for (const { file, running } of loaded.values()) if (running) loaded.delete(file);
    },
    placeOf: ((file, line, column) => {
      const known = places.get(file);
      const place = known?.locate(line, column);
      return known && place && { place, source: known.text };
    }) as PlaceInFile,
  };
}

/** Whether a module waits for another, directly or not: then the other does not wait for it, as Node does in a circle. */
function leadsTo(one: Loaded, other: Loaded | undefined): boolean {
  for (let at: Loaded | undefined = one; at; at = at.waitsFor) if (at === other) return true;
  return false;
}

export function emptyModule(file: string): Module {
  const made = new Module(file, module);
  made.filename = file;
  made.paths = (Module as unknown as { _nodeModulePaths(path: string): string[] })._nodeModulePaths(
    dirname(file),
  );
  return made;
}

function parsed(file: string, text: string): unknown {
  try {
    return ownJson.parse(text);
  } catch (error) {
    throw new SyntaxError(`${relative(process.cwd(), file)} is not JSON: ${(error as Error).message}`);
  }
}
