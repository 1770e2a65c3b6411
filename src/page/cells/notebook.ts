import { unknownName } from "../../check.js";
import type { MimeBundle } from "../../display.js";
import type { Host } from "../../platform.js";
import { liveReporter } from "../../show/live.js";
import { bundleOf, textOf } from "./bundle.js";
import { CellSyntaxError, compileCell, type Imported, START } from "./compile.js";
import { type CellError, cellError, KeyboardInterrupt, type Script } from "./errors.js";
import { type Print, printer } from "./print.js";
import { createVariables } from "./variables.js";

/** To the kernel: run a cell. One runs at a time: the next may be sent after "done". */
export interface ToKernel {
  readonly run: number;
  /** The number in brackets beside the cell. */
  readonly count: number;
  readonly source: string;
}

/** From the kernel, about the cell that runs. What library and cells show comes as FromWorker, in order with these. */
export type FromKernel = { readonly run: number } & (
  | { readonly says: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly says: "clear" }
  | { readonly says: "result"; readonly bundle: MimeBundle }
  | { readonly says: "error"; readonly error: CellError }
  /** Stop has been heard: the cell does not block the kernel. */
  | { readonly says: "heard" }
  | { readonly says: "done" }
);

/** What a notebook needs of the worker it runs in. */
export interface Surroundings {
  say(message: FromKernel): void;
  /** Runs a classic script; returns its address, as stacks name it. */
  runScript(code: string): string;
  /** What cells can import. */
  readonly modules: Readonly<Record<string, () => object>>;
  /** Ends with the event loop's next turn. */
  turn(): Promise<void>;
}

/** Runs cells, one at a time, and keeps what they declare. */
export interface Notebook {
  run(cell: ToKernel): Promise<void>;
  /** Ends the cell that runs: a library that works ends by itself and keeps what is done, else the cell ends here. */
  stop(): void;
  /** An error that no code handled. */
  unhandled(error: unknown): void;
  readonly print: Print;
  /** Takes the running cell's outputs away. */
  clear(): void;
  /** The library's host: it shows things in order with what is printed, and a stopped cell begins no other training. */
  host(page: Host): Host;
}

export function createNotebook({ say, runScript, modules, turn }: Surroundings): Notebook {
  const variables = createVariables();
  const scripts = new Map<string, Script>();
  let run = 0;
  let end: ((error: unknown) => void) | undefined; // of the cell that runs
  let works = 0; // of the library, that listen to Stop
  let stopped = false;
  let missed: unknown[] = [];
  const print = printer((name, text) => say({ run, says: "stream", name, text }), turn);

  const execute = async (cell: Script): Promise<MimeBundle | undefined> => {
    const { code, imports, declared, locate } = compileCell(cell.source, variables.kept);
    Object.assign(cell, { locate });
    const imported = importedValues(imports, modules);
    const { address, start } = functionOf(code, runScript);
    scripts.set(address, cell);
    const ended = new Promise<never>((_, reject) => {
      end = reject;
    });
    const own = declared.filter(({ name, kind }) => kind !== "import" || name in imported); // others are types
    try {
      const fresh = Object.assign(variables.begin(own), imported);
      const result = await Promise.race([start(variables.kept, fresh)(), ended]);
      return await bundleOf(result?.value, (text) => print("stderr", text));
    } finally {
      variables.end();
    }
  };

  return {
    print,
    clear() {
      print.flush();
      say({ run, says: "clear" });
    },
    async run({ run: id, count, source }) {
      [run, stopped, missed] = [id, false, []];
      print.begin();
      const cell: Script = { count, source, locate: (line, column) => ({ line, column }) };
      try {
        const bundle = await execute(cell);
        await turn(); // by now the promises whose errors nobody handled are known
        if (missed.length > 0) throw missed[0];
        print.flush();
        if (bundle) say({ run, says: "result", bundle });
      } catch (error) {
        print.flush();
        say({
          run,
          says: "error",
          error: withHint(cellError(error, cell, scripts), modules, variables.kept),
        });
      }
      end = undefined;
      say({ run, says: "done" });
    },
    stop() {
      if (!end) return;
      say({ run, says: "heard" });
      if (works === 0 || stopped) end(new KeyboardInterrupt());
      stopped = true;
    },
    unhandled(error) {
      if (end) missed.push(error);
      else print("stderr", `Uncaught ${textOf(error)}\n`);
    },
    host(page) {
      const display: Host["display"] = (bundle) => {
        print.flush();
        return page.display(bundle);
      };
      const onStop: Host["onStop"] = (stop) => {
        if (stopped) throw new KeyboardInterrupt();
        works += 1;
        const release = page.onStop(stop);
        let released = false;
        return () => {
          if (!released) works -= 1;
          released = true;
          release();
        };
      };
      return { ...page, display, onStop, reporter: () => liveReporter(display) };
    },
  };
}

type Start = (kept: object, fresh: object) => () => Promise<{ readonly value: unknown } | undefined>;

function functionOf(code: string, runScript: (code: string) => string): { address: string; start: Start } {
  let start: Start | undefined;
  Object.assign(globalThis, {
    [START]: (given: Start) => {
      start = given;
    },
  });
  const address = runScript(code);
  if (!start) throw new Error("the cell's script did not run");
  return { address, start };
}

function importedValues(
  imports: readonly Imported[],
  modules: Surroundings["modules"],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { module, name, local, place } of imports) {
    if (!Object.hasOwn(modules, module))
      throw new CellSyntaxError(
        `"${module}" cannot be imported here: a page has "${Object.keys(modules).join('" and "')}" only; JupyterLab has all packages`,
        place,
        "ImportError",
      );
    const exported: object = modules[module]();
    if (name === "*" || (name === "default" && !(name in exported))) values[local] = exported;
    else if (name in exported) values[local] = Reflect.get(exported, name);
    // Types are not known here: a capital may begin one, and its name is then no value.
    else if (!/^\p{Lu}/u.test(name))
      throw new CellSyntaxError(unknownName(module, "export", name, Object.keys(exported)).message, place);
  }
  return values;
}

/** Says where an unknown name should probably have come from, and of which kind a name is that cannot be set. */
function withHint(error: CellError, modules: Surroundings["modules"], kept: object): CellError {
  const [, constant] =
    /^(?:Cannot assign to read only property '|")(.+?)(?:' of |" is read-only)/.exec(error.message) ?? [];
  if (Object.getOwnPropertyDescriptor(kept, constant ?? "")?.writable === false)
    return { ...error, message: "Assignment to constant variable." };
  const [, name] = /^(\S+) is not defined$/.exec(error.message) ?? [];
  if (error.name !== "ReferenceError" || name === undefined) return error;
  const hint =
    name in (modules.xorlab?.() ?? {})
      ? `xorlab exports it: import { ${name} } from "xorlab"; or run the cell that imports it`
      : "if an earlier cell declares it, run that cell first";
  return { ...error, message: `${error.message}; ${hint}` };
}
