import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers"; // whatever cells do with the global one
import { alarmOver } from "./alarm.js";
import { type Cell, cellOfPromises, currentCell, followTimers } from "./cell.js";
import { followChildren } from "./children.js";
import { createComms } from "./comms.js";
import { OutOfMemory, thrownContent } from "./errors.js";
import { createExecutor, type Executor } from "./execute.js";
import { endKernel, keepFromExit, SystemExit } from "./exit.js";
import { cellHistory } from "./history.js";
import { addDialogs, inputFor } from "./input.js";
import { listenForInterrupts } from "./interrupts.js";
import { languageService } from "./language.js";
import { offerToCells } from "./library.js";
import { followListeners } from "./listeners.js";
import { cellModules } from "./modules.js";
import { captureOutput, type Output } from "./output.js";
import { type Scripts, scriptRegister } from "./places.js";
import { createServer } from "./server.js";
import { inputFromFrontEnd } from "./stdin.js";
import { loadTslab, type Tslab } from "./tslab.js";
import { type Connection, openWire } from "./wire.js";

/**
 * The kernel: `node main.js CONNECTION_FILE`, as Jupyter starts it. Cells are TypeScript as tslab compiles it.
 */
function startKernel(connection: Connection): void {
  const alarm = alarmOver();
  let executor: Executor | undefined;
  const interrupts = listenForInterrupts(alarm, (reason) => {
    const cell = currentCell();
    if (cell?.running) endWaiting(cell);
    executor?.interrupt(reason);
  });
  const wire = openWire(connection, alarm, {
    onRequest: (request) => server.answer(request),
    onInterrupt: interrupts.interrupt,
    onShutdown: () => endKernel(0),
    onFull() {
      const [cell, error] = [currentCell(), new OutOfMemory()];
      interrupts.end(error);
      if (cell && !cell.running) report(cell, error);
      if (cell) cell.stopped = true;
    },
  });
  letWorkHear(wire.hearInterrupt);
  const tslab = loadTslab(); // takes a second, in which the sockets are opened
  const modules = cellModules(tslab, process.cwd());
  process.argv.splice(1, Infinity, modules.module.filename); // what reads arguments finds none
  const scripts = scriptRegister(modules.placeOf);
  Error.prepareStackTrace = scripts.stackText; // so printed errors too name cells and their lines
  executor = createExecutor({ tslab, modules, scripts, alarm });
  const language = languageService({ tslab, alarm, executor, scripts });
  const output = captureOutput(wire);
  const history = cellHistory();
  const errorOf = (thrown: unknown) => thrownContent(thrown, scripts);
  const report = (cell: Cell, error: unknown) => output.publish(cell, "error", errorOf(error));
  const comms = createComms(wire, report);
  const input = inputFor(wire, output.flush);
  const stopReading = inputFromFrontEnd(input);
  const children = followChildren(output.print, alarm);
  const endWaiting = (cell: Cell): void => {
    children.interrupt(cell);
    input.forget();
    stopReading();
  };
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const typescript = tslab.ts.version;
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
    typescript,
    ports,
  });
  addDialogs(input);
  const traceback = (error: unknown) => errorOf(error).traceback.join("\n");
  offerToCells({ wire, output, input, comms: comms.comms, server, traceback });
  connectDisplays(tslab, output);
  reportUnhandled(scripts, output);
  followTimers();
  followListeners();
  keepFromExit((cell, exit) => {
    const isSuccess = SystemExit.code(exit) === 0;
    if (isSuccess) output.print(cell, "stderr", `${exit.message}\n`);
    if (cell.running) executor?.interrupt(exit);
    else if (!isSuccess) report(cell, exit);
  });
}

/**
 * A library whose work does not return to the event loop can ask now and then whether Stop was pressed, by emitting this
 * event of `process`: an interrupt that has come is then passed on as SIGINT at once.
 */
function letWorkHear(hearInterrupt: () => void): void {
  (process as NodeJS.EventEmitter).on("hearInterrupt", hearInterrupt);
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
function reportUnhandled(scripts: Scripts, output: Output): void {
  const report = (key: unknown, error: unknown, cell: Cell | undefined): void => {
    if (SystemExit.code(error) !== undefined) return; // it has been said
    if (cell?.running) {
      cell.unhandled.set(key, error);
      setTimeout(() => {
        if (!cell.running || !cell.unhandled.has(key) || cell.shown !== undefined) return;
        cell.shown = key;
        output.publish(cell, "error", thrownContent(error, scripts));
      }, GRACE).unref();
    } else if (cell) output.publish(cell, "error", thrownContent(error, scripts));
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

delete process.env.MALLOC_MMAP_THRESHOLD_; // launch.sh has set it for the kernel, not for what cells start
startKernel(JSON.parse(readFileSync(process.argv[2], "utf8")));
