import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ts from "typescript-for-cells";
import { type Cell, inTurn } from "./cell.js";
import type { CommDesk } from "./comms.js";
import type { ErrorContent } from "./errors.js";
import type { Executor } from "./execute.js";
import type { History } from "./history.js";
import { collectWhenIdle } from "./idle.js";
import type { Language } from "./language.js";
import { cellReplacements, type LaterParts, laterWork, type Task } from "./later.js";
import { type Content, PROTOCOL, type Request } from "./message.js";
import type { Wire } from "./wire.js";

export interface ServerParts extends LaterParts {
  readonly wire: Wire;
  readonly language: Language;
  readonly history: History;
  readonly comms: CommDesk;
  readonly errorOf: (thrown: unknown) => ErrorContent;
  /** The numbers of the sockets' ports, by their names in the connection file. */
  readonly ports: Readonly<Record<string, number>>;
}

const ARRIVED = 30; // milliseconds after which what was sent together with a failed cell has arrived

export type Server = ReturnType<typeof createServer>;

/** Answers requests: cells one after the other, everything else at once, also while a cell waits for something. */
export function createServer(parts: ServerParts) {
  const { wire, executor } = parts;
  const info = kernelInfo();
  const runCell = cellRunner(parts);
  const replacements = cellReplacements();
  let queue: Task[] = [];
  let busy: Request | undefined;
  const worked = collectWhenIdle(() => busy !== undefined);

  const status = (request: Request, state: string) =>
    wire.send(request, "iopub", "status", { execution_state: state });
  const reply = (request: Request, content: Content) =>
    wire.send(request, request.channel, request.type.replace(/_request$/, "_reply"), content);

  const next = async (): Promise<void> => {
    if (busy) return; // what arrived right after the last cell has begun
    busy = queue[0]?.request;
    if (busy) for (let turn = 0; turn < 2; turn++) await sleep(0); // a signal that came before this begins is heard before that
    const task = queue.shift(); // another one, or none, where the first is wanted no more
    busy = task?.request;
    if (!task) return executor.prepare(); // nobody waits
    const { request } = task;
    status(request, "busy");
    const content = await task.run().catch((thrown) => {
      const error = refusal(`the kernel failed on this cell: ${thrown?.message}`); // which took what the kernel needs
      wire.send(request, "iopub", "error", error);
      return error;
    });
    if (content?.status === "error" && request.content.stop_on_error !== false) {
      await sleep(ARRIVED);
      for (const { isCell, request: waiting } of queue) if (isCell) abort(waiting);
      queue = queue.filter(({ isCell }) => !isCell);
    }
    if (content) reply(request, content);
    status(request, "idle");
    busy = undefined;
    worked();
    inTurn(next);
  };
  const abort = (request: Request): void => {
    status(request, "busy");
    reply(request, { status: "aborted" }); // without a count: JupyterLab would show it beside the cell, as if it had run
    status(request, "idle");
  };

  const add = (task: Task): void => {
    queue.push(task);
    if (!busy && queue.length === 1) inTurn(next);
  };

  return {
    /** Does work on behalf of a cell when no cell runs; `stop` ends it, whether it has begun or not. */
    later: <Result>(owner: Cell, work: () => Result | Promise<Result>) =>
      laterWork(parts, owner, work, add, (task) => {
        queue = queue.filter((waiting) => waiting !== task);
      }),
    /** Calls back when a cell runs again or is deleted. */
    onReplaced: replacements.add,
    answer(request: Request): void {
      if (request.type === "execute_request") {
        const run = () => {
          replacements.note(request);
          return runCell(request);
        };
        add({ request, run, isCell: true });
        return;
      }
      status(request, "busy");
      const content = request.type === "kernel_info_request" ? info : simpleAnswer(parts, request);
      if (content) reply(request, content);
      if (/^comm_(open|msg|close)$/.test(request.type)) parts.comms.hear(request);
      status(request, "idle");
      if (busy)
        status(busy, "busy"); // a cell still runs: front ends show the latest status
      else if (/^(complete|inspect)_request$/.test(request.type)) inTurn(next);
    },
  };
}

/** Runs cells and counts them: sends what they show, and gives the content of the reply. */
function cellRunner({ executor, history, output, language, errorOf }: ServerParts) {
  let count = 0;
  return async (request: Request): Promise<Content> => {
    const { code, silent: unseen, store_history: stored, user_expressions: wanted } = request.content;
    if (typeof code !== "string") return refusal("execute_request: code must be text");
    const silent = unseen === true;
    const counted = !silent && stored !== false;
    if (counted) count += 1;
    const cell: Cell = { request, count, silent, unhandled: new Map(), running: true };
    const ok = { status: "ok", execution_count: count };
    if (counted) history.add(count, code);
    if (!silent) output.publish(cell, "execute_input", { code, execution_count: count });
    const help = language.help(code);
    if (help) return { ...ok, user_expressions: {}, payload: [{ source: "page", data: help, start: 0 }] };
    let { error, isShown, result } = await executor.run(cell, code);
    if (!error && cell.held && !cell.exited)
      await executor
        .perform(cell, () => Promise.all(cell.held ?? []))
        .catch((thrown) => {
          error = errorOf(thrown);
        });
    cell.running = false;
    cell.sink = undefined;
    output.endGroups();
    if (error) {
      if (!isShown) output.publish(cell, "error", error);
      return { status: "error", execution_count: cell.count, ...error };
    }
    if (result && !silent)
      output.publish(cell, "execute_result", { execution_count: cell.count, data: result, metadata: {} });
    return { ...ok, user_expressions: await evaluated(executor, cell, wanted), payload: [] };
  };
}

/** The reply to a request that runs no cell; none for a message that is no request, or is unknown. */
function simpleAnswer(parts: ServerParts, { type, content }: Request): Content | undefined {
  const { language, history } = parts;
  const { code, cursor_pos: cursor } = content;
  try {
    if (type === "connect_request") return { status: "ok", ...parts.ports };
    if (type === "comm_info_request") return { status: "ok", comms: parts.comms.open(content.target_name) };
    if (type === "history_request") return { status: "ok", history: history.find(content) };
    if (!/^(is_complete|complete|inspect)_request$/.test(type)) return undefined;
    if (typeof code !== "string") return refusal(`${type}: code must be text`);
    const place = typeof cursor === "number" && Number.isFinite(cursor) ? cursor : code.length;
    if (type === "is_complete_request") return language.isComplete(code);
    if (type === "complete_request") return language.complete(code, place);
    const data = language.inspect(code, place, content.detail_level === 1);
    return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  } catch (error) {
    return refusal(String((error as Error).message));
  }
}

function refusal(evalue: string): Content & ErrorContent {
  return { status: "error", ename: "Error", evalue, traceback: [evalue] };
}

/** The values of the expressions that a client asks for with a cell. */
async function evaluated(executor: Executor, cell: Cell, wanted: unknown): Promise<Content> {
  const values: Record<string, unknown> = {};
  if (typeof wanted !== "object" || wanted === null) return values;
  for (const [name, expression] of Object.entries(wanted)) {
    const { error, result } = await executor.run(
      { ...cell, unhandled: new Map() },
      `(${String(expression)})`,
    );
    values[name] = error ? { status: "error", ...error } : { status: "ok", data: result ?? {}, metadata: {} };
  }
  return values;
}

/** What the kernel says of itself. */
function kernelInfo(): Content {
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8"));
  return {
    status: "ok",
    protocol_version: PROTOCOL,
    implementation: "xorlab",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: ts.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true }, // as tslab: for all front ends
    },
    banner: `xorlab ${version}: TypeScript ${ts.version} on Node ${process.version}`,
    help_links: [],
    debugger: false,
  };
}
