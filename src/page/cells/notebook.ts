import type { MimeBundle } from "../../display.js";
import type { Host, Live, LiveWork } from "../../platform.js";
import { liveReporter } from "../../show/live.js";
import { bundleOf, textOf } from "./bundle.js";
import { compileCell, START } from "./compile.js";
import { type CellError, cellError, KeyboardInterrupt, type Script } from "./errors.js";
import { importedValues, type Modules, withHint } from "./imports.js";
import { createCapture, createControlsDesk } from "./live.js";
import { printer } from "./print.js";
import { createVariables } from "./variables.js";

/** To the kernel: run a cell. One runs at a time: the next may be sent after "done". */
export interface ToKernel {
  readonly run: number;
  /** The number in brackets beside the cell. */
  readonly count: number;
  readonly source: string;
  /** Which of the page's cells it is. */
  readonly cell: number;
}

/** What a cell shows. */
export type Shown =
  | { readonly says: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly says: "clear" }
  | { readonly says: "result"; readonly bundle: MimeBundle }
  | { readonly says: "error"; readonly error: CellError };

/** From the kernel, about the cell that runs. What library and cells show comes as FromWorker, in order with these. */
export type FromKernel = { readonly run: number } & (
  | Shown
  /** Stop has been heard: the cell does not block the kernel. */
  | { readonly says: "heard" }
  | { readonly says: "done" }
  /** Work on behalf of a cell that has ended: it begins, it is over. What it shows belongs to that run. */
  | { readonly says: "busy" | "free" }
  /** Controls that this run has shown: whether work for them is under way. */
  | { readonly says: "controls"; readonly id: string; readonly busy: boolean }
);

/** What a notebook needs of the worker it runs in. */
export interface Surroundings {
  say(message: FromKernel): void;
  /** Runs a classic script; returns its address, as stacks name it. */
  runScript(code: string): string;
  readonly modules: Modules;
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
  print(name: "stdout" | "stderr", text: string): void;
  /** Takes the running cell's outputs away. */
  clear(): void;
  /** The library's host: it shows things in order with what is printed, and a stopped cell begins no other training. */
  host(page: Host): Host;
  /** Controls have other values now. */
  change(id: string, values: unknown): void;
}

const GENTLY = 500; // milliseconds in which a library's work ends whose result nobody wants any more

export function createNotebook({ say, runScript, modules, turn }: Surroundings): Notebook {
  const variables = createVariables();
  const scripts = new Map<string, Script>();
  let run = 0;
  let current: Script = { count: 0, source: "", locate: (line, column) => ({ line, column }) };
  let free: Promise<unknown> = Promise.resolve(); // once what runs has ended
  const stops = new Set<() => void>(); // of the library's works, that listen to Stop
  const controls = createControlsDesk();
  let running = 0; // the cell's place
  let held: Promise<unknown>[] = []; // what the cell has begun and is not over without
  let displays = 0; // that were captured
  let end: ((error: unknown) => void) | undefined; // of the cell that runs
  let stopped = false;
  let missed: unknown[] = []; // errors of promises that nobody handled
  const direct = printer((name, text) => say({ run, says: "stream", name, text }), turn);
  const captured = createCapture(direct.flush);
  const print: Notebook["print"] = (name, text) =>
    captured.sink ? captured.sink({ kind: "text", text }) : direct(name, text);
  const bundle = (value: unknown) => bundleOf(value, (text) => print("stderr", text));
  const told = (error: unknown, script: Script): CellError =>
    withHint(cellError(error, script, scripts), modules, variables.kept);

  /** Does work when everything before it has ended. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = free.then(work);
    free = done.catch(() => undefined);
    return done;
  };

  /** Does work on behalf of a run until it ends by itself, or Stop ends it. Returns how the value that it gives is shown. */
  const perform = async (owner: number, work: () => Promise<Result>): Promise<MimeBundle | undefined> => {
    [run, stopped, missed, held] = [owner, false, [], []];
    const ended = new Promise<never>((_, reject) => {
      end = reject;
    });
    try {
      const result = await Promise.race([work(), ended]);
      await Promise.race([Promise.all(held), ended]);
      const shown = await bundle(result?.value);
      await turn(); // by now the promises whose errors nobody handled are known
      if (missed.length > 0) throw missed[0];
      return shown;
    } finally {
      direct.flush();
      end = undefined;
      captured.end();
    }
  };

  const execute = async (cell: Script): Promise<Result> => {
    const { code, imports, declared, locate } = compileCell(cell.source, variables.kept);
    Object.assign(cell, { locate });
    const imported = importedValues(imports, modules);
    const { address, start } = functionOf(code, runScript);
    scripts.set(address, cell);
    const own = declared.filter(({ name, kind }) => kind !== "import" || name in imported); // others are types
    return start(variables.kept, Object.assign(variables.begin(own), imported))();
  };

  const runCell = async ({ run: id, count, source, cell: place }: ToKernel): Promise<void> => {
    direct.begin();
    controls.replace(place);
    const cell: Script = { count, source, locate: (line, column) => ({ line, column }) };
    [current, running] = [cell, place];
    try {
      const shown = await perform(id, () => execute(cell));
      if (shown) say({ run, says: "result", bundle: shown });
    } catch (error) {
      say({ run, says: "error", error: told(error, cell) });
    } finally {
      variables.end();
    }
    say({ run, says: "done" });
  };

  /** What interact() needs, for the cell that runs now. */
  const liveCell = (): Live => {
    const [owner, script, place] = [run, current, running];
    return {
      bundle,
      errorText(error) {
        const { name, message, details } = told(error, script);
        return [`${name}: ${message}`, ...details].join("\n");
      },
      hold(promise) {
        held.push(promise);
        promise.catch(() => undefined); // the cell's end says so
      },
      onReplaced: (callback) => controls.onReplaced(place, callback),
      connect: (change) =>
        controls.connect(change, (id, busy) => say({ run: owner, says: "controls", id, busy })),
      capture: captured.capture,
      later: (work) => later(owner, work),
    };
  };
  const later = (owner: number, work: () => Promise<void>): LiveWork => {
    let [cancelled, working] = [false, false];
    const done = inTurn(async () => {
      if (cancelled) throw new KeyboardInterrupt();
      say({ run: owner, says: "busy" });
      working = true;
      try {
        await perform(owner, () => work().then(() => undefined));
      } finally {
        working = false;
        say({ run: owner, says: "free" });
      }
    });
    const stop = (): void => {
      if (working && !cancelled) supersede();
      cancelled = true;
    };
    return { done, stop };
  };
  /** Ends work whose result nobody wants any more: the library's first. */
  const supersede = (): void => {
    const [reject, gently] = [end, stops.size > 0 ? GENTLY : 0];
    stopped = true;
    for (const stopWork of stops) stopWork();
    setTimeout(() => reject?.(new KeyboardInterrupt()), gently);
  };

  return {
    print,
    change: controls.change,
    clear() {
      if (captured.sink) return captured.sink({ kind: "clear" });
      direct.flush();
      say({ run, says: "clear" });
    },
    run: (asked) => inTurn(() => runCell(asked)),
    stop() {
      if (!end) return;
      say({ run, says: "heard" });
      if (stops.size === 0 || stopped) end(new KeyboardInterrupt());
      stopped = true;
    },
    unhandled(error) {
      if (end) missed.push(error);
      else print("stderr", `Uncaught ${textOf(error)}\n`);
    },
    host(page) {
      const display: Host["display"] = (shown) => {
        const taking = captured.sink;
        if (taking) {
          displays += 1;
          const id = displays;
          taking({ kind: "display", id, bundle: shown });
          return { update: (next) => taking({ kind: "update", id, bundle: next }) };
        }
        direct.flush();
        return page.display(shown);
      };
      const onStop: Host["onStop"] = (stop) => {
        if (stopped) throw new KeyboardInterrupt();
        const own = () => stop();
        stops.add(own);
        const release = page.onStop(stop);
        return () => {
          stops.delete(own);
          release();
        };
      };
      return { ...page, display, onStop, reporter: () => liveReporter(display), live: liveCell };
    },
  };
}

/** The value of a cell's last expression, if it is to be shown. */
type Result = { readonly value: unknown } | undefined;
type Start = (kept: object, fresh: object) => () => Promise<Result>;

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
