import { runInThisContext } from "node:vm";
import type { Alarm } from "./alarm.js";
import { type Cell, inTurn, nextTurn, within } from "./cell.js";
import { type Compiled, compileCell } from "./compile.js";
import { declarationsAfterFailure } from "./declarations.js";
import {
  compilerFailure,
  type ErrorContent,
  faultContent,
  KeyboardInterrupt,
  thrownContent,
} from "./errors.js";
import type { CellModules } from "./modules.js";
import type { Scripts } from "./places.js";
import { bundleOf, type MimeBundle } from "./results.js";
import type { Tslab } from "./tslab.js";

/** How a cell ended. */
export interface Outcome {
  readonly error?: ErrorContent;
  /** The last expression's value, as it is shown. */
  readonly result?: MimeBundle;
}

/** Runs cells, one at a time, and keeps what they declare. */
export interface Executor {
  run(cell: Cell, source: string): Promise<Outcome>;
  /** Does work as a cell: Stop ends it, and an error that nobody handles is its own. */
  perform<Result>(cell: Cell, work: () => Promise<Result>): Promise<Result>;
  /** Ends the cell that runs, if one does, whatever it awaits. */
  interrupt(): void;
  /** What is declared so far, as TypeScript. */
  declarations(): string;
}

export interface ExecutorParts {
  readonly tslab: Tslab;
  readonly modules: CellModules;
  readonly scripts: Scripts;
  readonly alarm: Alarm;
}

const GLOBAL = "__xorlab__"; // the global variable from which a cell takes its exports and its require

export function createExecutor({ tslab, modules, scripts, alarm }: ExecutorParts): Executor {
  const values: Record<string, unknown> = Object.create(null);
  const given = { exports: cellExports(values), require: modules.require };
  Object.defineProperty(globalThis, GLOBAL, { value: given, configurable: true });
  let declared = "";
  let interrupt: (() => void) | undefined;

  /** Does the work in its own turn of the event loop; it ends by itself or by interrupt(), whichever comes first. */
  const interruptible = <Result>(cell: Cell, work: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        if (!interrupt) return;
        interrupt = undefined;
        inTurn(finish); // its turn comes even if the cell's promises loop without end
      };
      interrupt = () => {
        cell.stopped = true;
        end(() => reject(new KeyboardInterrupt()));
      };
      inTurn(() => {
        if (!interrupt) return; // stopped before it began
        within(cell, () =>
          work().then(
            (result) => end(() => resolve(result)),
            (error) => end(() => reject(error)),
          ),
        );
      });
    });

  const runCompiled = async (cell: Cell, source: string, compiled: Compiled): Promise<Outcome> => {
    const before = { ...values };
    modules.add(compiled.sideOutputs ?? []);
    const filename = scripts.add(cell.count, source, compiled.locate);
    const last = compiled.lastExpressionVar;
    try {
      const result = await interruptible(cell, async () => {
        // Without breakOnSigint: while Node sets it up and takes it down nobody listens, and a signal then ends the process.
        await runInThisContext(wrapped(compiled), { filename });
        return bundleOf(last === undefined ? undefined : values[last]);
      });
      await nextTurn(); // by now Node has reported the promises whose errors nobody handled
      declared = compiled.declOutput ?? "";
      const [error] = cell.unhandled.values();
      return cell.unhandled.size > 0 ? { error: thrownContent(error, scripts) } : { result };
    } catch (error) {
      for (const [name, value] of Object.entries(before))
        if (values[name] === undefined) values[name] = value; // redeclared, but the cell failed before
      const exists = (name: string) => values[name] !== undefined;
      declared = declarationsAfterFailure(tslab.ts, declared, compiled.declOutput ?? "", exists);
      return { error: thrownContent(error, scripts) };
    } finally {
      if (last !== undefined) delete values[last];
    }
  };

  return {
    declarations: () => declared,
    interrupt: () => interrupt?.(),
    async perform(cell, work) {
      const result = await interruptible(cell, work);
      await nextTurn(); // by now Node has reported the promises whose errors nobody handled
      for (const error of cell.unhandled.values()) throw error;
      return result;
    },
    async run(cell, source) {
      const { module } = tslab.metadata(source);
      if (module !== undefined) return addModule(tslab, alarm, module, source);
      let compiled: Compiled;
      try {
        compiled = alarm.guard(() => compileCell(tslab, declared, source));
      } catch (error) {
        return { error: compilerFailure(error) };
      }
      if (compiled.faults.length > 0) return { error: faultContent(compiled.faults, source) };
      return runCompiled(cell, source, compiled);
    },
  };
}

/** A cell that begins with `@module name` is a module for later cells; its faults are printed, yet it can be imported. */
function addModule(tslab: Tslab, alarm: Alarm, name: string, source: string): Outcome {
  const found = alarm.guard(() => tslab.converter.addModule(name, source, {}));
  for (const { start, messageText } of found)
    console.error(`${name}, line ${start.line + 1}, column ${start.character + 1}: ${messageText}`);
  return {};
}

/** The code in its own function, on lines of its own, so that names can be redeclared in every cell. */
function wrapped({ code, hasToplevelAwait }: Compiled): string {
  return `(${hasToplevelAwait ? "async " : ""}function (exports, require) {\n${code}\n})(${GLOBAL}.exports, ${GLOBAL}.require)`;
}

/** What cells export: imports too are plain values, which a later cell may redeclare. */
function cellExports(values: Record<string, unknown>): object {
  return new Proxy(values, {
    defineProperty(_, name, attributes) {
      if (name === "__esModule") return true;
      values[name as string] = attributes.get ? attributes.get() : attributes.value;
      return true;
    },
  });
}
