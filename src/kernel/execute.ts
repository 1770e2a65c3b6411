import { dirname } from "node:path";
import { runInThisContext } from "node:vm";
import ts from "typescript-for-cells";
import type { Alarm } from "./alarm.js";
import { attempt } from "./attempt.js";
import { type Cell, inTurn, nextTurn, within } from "./cell.js";
import { type Compiled, compileCell } from "./compile.js";
import { type Declaration, declarationsAfter, textOfDeclarations } from "./declarations.js";
import {
  compilerFailure,
  type ErrorContent,
  faultContent,
  KeyboardInterrupt,
  thrownContent,
} from "./errors.js";
import { SystemExit } from "./exit.js";
import { GIVEN } from "./imports.js";
import { follow, namespaceOf } from "./interop.js";
import { diagnosticsOf } from "./modules/types.js";
import type { CellModules } from "./modules.js";
import { addFrame, type Fault, placeAt, type Scripts } from "./places.js";
import { bundleOf, type MimeBundle } from "./results.js";
import { createScope, pageName } from "./scope.js";
import type { Tslab } from "./tslab.js";

/** How a cell ended. */
export interface Outcome {
  readonly error?: ErrorContent;
  /** The error is shown already. */
  readonly isShown?: boolean;
  /** The last expression's value, as it is shown. */
  readonly result?: MimeBundle;
}

/** Runs cells, one at a time, and keeps what they declare. */
export type Executor = ReturnType<typeof createExecutor>;

export function createExecutor(tslab: Tslab, modules: CellModules, scripts: Scripts, alarm: Alarm) {
  const scope = createScope();
  const { require, module } = modules;
  const { exports, filename: file } = module;
  const { imported, import: dynamic, meta } = modules;
  const kernel = { require: imported, namespaceOf, follow, import: dynamic, meta };
  let declared: readonly Declaration[] = [];
  let interrupt: ((reason: Error) => void) | undefined;

  /** Does the work in its own turn of the event loop; it ends by itself or by interrupt(), whichever comes first. */
  const interruptible = <Result>(cell: Cell, work: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        if (!interrupt) return;
        interrupt = undefined;
        inTurn(finish); // its turn comes even if the cell's promises loop without end
      };
      interrupt = (reason) => {
        cell.stopped = true;
        end(() => reject(reason));
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
    const filename = scripts.add(cell.count, source, compiled.locate);
    const before = new Map(compiled.declarations.map(({ name = "" }) => [name, scope.find(name)]));
    const isAssigned = ({ name = "", isValue }: Declaration): boolean => {
      const [then, now] = [before.get(name), scope.find(name)];
      return !isValue || (now !== undefined && (then === undefined || !Object.is(then.value, now.value)));
    };
    try {
      const result = await interruptible(cell, async () => {
        const loading = modules.prepare(compiled.imports, (error, place) =>
          addFrame(error, cell.count, place),
        );
        if (loading) await loading;
        // Without breakOnSigint: while Node sets it up and takes it down nobody listens, and a signal then ends the process.
        const body = runInThisContext(wrapped(compiled), { filename })(scope.all);
        const returned = await body(
          kernel,
          require,
          module,
          exports,
          file,
          dirname(file),
          ...compiled.pages.map(scope.page),
        );
        return bundleOf(returned?.[0]);
      });
      await nextTurn(); // by now Node has reported the promises whose errors nobody handled
      declared = declarationsAfter(declared, compiled.declarations);
      for (const [key, error] of cell.unhandled)
        return { error: thrownContent(error, scripts), isShown: cell.shown === key };
      return { result };
    } catch (error) {
      // What it had assigned has its new type, the rest its old one.
      declared = declarationsAfter(declared, compiled.declarations.filter(isAssigned));
      return SystemExit.code(error) === 0 ? {} : { error: thrownContent(error, scripts) };
    }
  };

  return {
    /** What is declared so far, as TypeScript. */
    declarations: (): string => textOfDeclarations(declared),
    /** The value of a variable of the cells, if it has been declared. */
    variable: scope.find,
    /** Ends the cell that runs, if one does, whatever it awaits. */
    interrupt: (reason: Error = new KeyboardInterrupt()) => interrupt?.(reason),
    /** Does what the next cell would else wait for: brings the compiler up to the declarations so far. */
    prepare(): void {
      attempt(() => alarm.guard(() => tslab.open(textOfDeclarations(declared), ""))); // the next cell says if that fails
    },
    /** Does work as a cell: Stop ends it, and an error that nobody handles is its own. */
    async perform<Result>(cell: Cell, work: () => Promise<Result>): Promise<Result> {
      const result = await interruptible(cell, work);
      await nextTurn(); // by now Node has reported the promises whose errors nobody handled
      for (const error of cell.unhandled.values()) throw error;
      return result;
    },
    async run(cell: Cell, source: string): Promise<Outcome> {
      within(cell, () => {
        for (const news of tslab.types.project.news()) console.error(news);
      });
      const { module } = tslab.metadata(source);
      if (module !== undefined) return within(cell, () => alarm.guard(() => addModule(tslab, source)));
      let compiled: Compiled | readonly Fault[];
      try {
        compiled = alarm.guard(() => compileCell(tslab, scope, declared, source));
      } catch (error) {
        return { error: compilerFailure(error) };
      }
      if (!("code" in compiled)) return { error: faultContent(compiled, source) };
      return runCompiled(cell, source, compiled);
    },
  };
}

/** A cell that begins with `@module name` is a module for later cells; its faults are printed, yet it can be imported. */
function addModule(tslab: Tslab, source: string): Outcome {
  const { module: name, jsx } = tslab.metadata(source);
  const file = tslab.define(`${name}.ts${jsx ? "x" : ""}`, source);
  const { program } = tslab.open("", "");
  for (const { start = 0, messageText } of diagnosticsOf(program, program.getSourceFile(file)!)) {
    const { line, column } = placeAt(source, start);
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    console.error(`${name}, line ${line}, column ${column}: ${message}`);
  }
  return {};
}

/**
 * The code in its own function, on lines of its own; around it one that is given all variables. Only `eval` needs these to find
 * names in its text, and `with` makes all other names slower.
 */
function wrapped({ code, isAsync, pages }: Compiled): string {
  const given = [...GIVEN, ...pages.map(pageName)].join(", ");
  const seen = /\beval\(/.test(code) ? "with (__all__) " : "";
  return `(function (__all__) { ${seen}return (${isAsync ? "async " : ""}function (${given}) { "use strict";\n${code}\n}) })`;
}
