import { syncBuiltinESMExports } from "node:module";
import { setTimeout } from "node:timers"; // whatever cells do with the global one
import type { Alarm } from "./alarm.js";
import { type Cell, cellOfPromises, currentCell, followTimers } from "./cell.js";
import { followChildren } from "./children.js";
import { createComms } from "./comms.js";
import { OutOfMemory, thrownContent } from "./errors.js";
import { createExecutor } from "./execute.js";
import { endKernel, keepFromExit, SystemExit } from "./exit.js";
import { cellHistory } from "./history.js";
import { addDialogs, inputFor } from "./input.js";
import { listenForInterrupts } from "./interrupts.js";
import type { Kept } from "./kept.js";
import { languageService } from "./language.js";
import { offerToCells } from "./library.js";
import { followListeners } from "./listeners.js";
import { cellModules } from "./modules.js";
import { captureOutput, type Output } from "./output.js";
import { scriptRegister } from "./places.js";
import { createServer } from "./server.js";
import { inputFromFrontEnd } from "./stdin.js";
import { loadTslab, type Tslab } from "./tslab.js";
import type { Connection, Wire } from "./wire.js";

/** Puts the kernel together. Cells are TypeScript as tslab has it. */
export function startKernel(connection: Connection, alarm: Alarm, wire: Wire, kept?: Kept): void {
  const tslab = loadTslab(kept);
  const modules = cellModules(tslab, process.cwd());
  process.argv.splice(1, Infinity, modules.module.filename); // what reads arguments finds none
  const scripts = scriptRegister(modules.placeOf);
  Error.prepareStackTrace = scripts.stackText; // so printed errors too name cells and their lines
  const executor = createExecutor(tslab, modules, scripts, alarm);
  const language = languageService(tslab, alarm, executor, scripts);
  const output = captureOutput(wire);
  const history = cellHistory();
  const errorOf = (thrown: unknown) => thrownContent(thrown, scripts);
  const report = (cell: Cell, error: unknown) => output.publish(cell, "error", errorOf(error));
  const comms = createComms(wire, report);
  const input = inputFor(wire, output.flush);
  const stopReading = inputFromFrontEnd(input);
  const children = followChildren(output.print, alarm);
  const interrupts = listenForInterrupts(alarm, (reason) => {
    const cell = currentCell();
    if (cell?.running) {
      children.interrupt(cell);
      input.forget();
      stopReading();
    }
    executor.interrupt(reason);
  });
  const ports = Object.fromEntries(Object.entries(connection).filter(([name]) => name.endsWith("_port")));
  const { supersede } = interrupts;
  const server = createServer({
    wire,
    executor,
    language,
    history,
    output,
    comms,
    errorOf,
    supersede,
    ports,
  });
  wire.listen({
    onRequest: server.answer,
    onInterrupt: interrupts.interrupt,
    onShutdown: () => endKernel(0),
    onFull() {
      const [cell, error] = [currentCell(), new OutOfMemory()];
      interrupts.end(error);
      if (cell && !cell.running) report(cell, error);
      if (cell) cell.stopped = true;
    },
  });
  // A library whose work does not return to the event loop can ask now and then whether Stop was pressed, by emitting this event
  // of `process`: an interrupt that has come is then passed on as SIGINT at once.
  (process as NodeJS.EventEmitter).on("hearInterrupt", wire.hearInterrupt);
  addDialogs(input);
  const traceback = (error: unknown) => errorOf(error).traceback.join("\n");
  offerToCells({ wire, output, input, comms: comms.comms, server, traceback });
  connectDisplays(tslab, output);
  reportUnhandled(report);
  followTimers();
  followListeners();
  syncBuiltinESMExports();
  keepFromExit((cell, exit) => {
    const isSuccess = SystemExit.code(exit) === 0;
    if (isSuccess) output.print(cell, "stderr", `${exit.message}\n`);
    if (cell.running) executor.interrupt(exit);
    else if (!isSuccess) report(cell, exit);
  });
}

/** Displays of tslab's API and of the library go to the cell that runs. */
function connectDisplays({ displays }: Tslab, output: Output): void {
  displays.lastWriteDisplayData = (content, update) => {
    const cell = currentCell();
    if (cell) output.publish(cell, update ? "update_display_data" : "display_data", { ...content });
  };
}

const GRACE = 500; // milliseconds in which somebody may handle a rejection, or the cell may end

/** Errors that no code handled fail the cell that made them, or are shown under it if it has ended or waits. */
function reportUnhandled(show: (cell: Cell, error: unknown) => void): void {
  const report = (key: unknown, error: unknown, cell: Cell | undefined): void => {
    if (SystemExit.code(error) !== undefined) return; // it has been said
    if (cell?.running) {
      cell.unhandled.set(key, error);
      setTimeout(() => {
        if (!cell.running || !cell.unhandled.has(key) || cell.shown !== undefined) return;
        cell.shown = key;
        show(cell, error);
      }, GRACE).unref();
    } else if (cell) show(cell, error);
    else console.error(error);
  };
  captureExceptions((error) => {
    const cell = currentCell();
    report(Symbol("exception"), error, cell);
    try {
      (process as NodeJS.EventEmitter).emit("uncaughtException", error, "uncaughtException");
    } catch (thrown) {
      report(Symbol("exception"), thrown, cell);
    }
  });
  process.on("unhandledRejection", (reason, promise) => report(promise, reason, cellOfPromises()));
  process.on("rejectionHandled", (promise) => cellOfPromises()?.unhandled.delete(promise));
}

/**
 * Not by a listener, since what is thrown would end the process if a cell removed that. Node's module `domain`, which some packages
 * load, puts a callback of its own in this place from time to time.
 */
function captureExceptions(own: (error: unknown) => void): void {
  const set = process.setUncaughtExceptionCaptureCallback.bind(process);
  process.setUncaughtExceptionCaptureCallback = (others) => {
    set(null); // else Node would refuse
    set(others ?? own);
  };
  process.hasUncaughtExceptionCaptureCallback = () => false; // else `domain` would refuse to load
  set(own);
}
