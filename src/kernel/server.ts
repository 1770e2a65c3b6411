import { setTimeout as later } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cell } from "./cell.js";
import type { ErrorContent } from "./errors.js";
import type { Executor } from "./execute.js";
import type { History } from "./history.js";
import type { Language } from "./language.js";
import type { Request } from "./message.js";
import type { Output } from "./output.js";
import { inTurn } from "./turn.js";
import type { Wire } from "./wire.js";

export interface ServerParts {
  readonly wire: Wire;
  readonly executor: Executor;
  readonly language: Language;
  readonly history: History;
  readonly output: Output;
  /** What may be done ahead while nobody waits for anything. */
  readonly prepare: () => void;
  readonly info: Readonly<Record<string, unknown>>;
  /** The numbers of the sockets' ports, by their names in the connection file. */
  readonly ports: Readonly<Record<string, number>>;
}

type Content = Readonly<Record<string, unknown>>;

const MOMENT = 1000; // milliseconds: front ends that have cells ready, or ask while somebody types, do so within
const ARRIVED = 30; // milliseconds: what was sent together with a cell that failed has come by then

/** Answers requests: cells one after the other, everything else at once, also while a cell waits for something. */
export function createServer(parts: ServerParts): { answer(request: Request): void } {
  const { wire, executor, history, output } = parts;
  const queue: Request[] = [];
  let count = 0;
  let busy: Request | undefined;

  const status = (request: Request, state: string) =>
    wire.send(request, "iopub", "status", { execution_state: state });
  const reply = (request: Request, content: Content) =>
    wire.send(request, request.channel, request.type.replace(/_request$/, "_reply"), content);

  const runCell = async (request: Request, code: string): Promise<Content> => {
    const silent = request.content.silent === true;
    const counted = !silent && request.content.store_history !== false;
    if (counted) count += 1;
    const cell: Cell = { request, count, silent, lost: new Map(), running: true };
    if (counted) history.add(count, code);
    if (!silent) output.publish(cell, "execute_input", { code, execution_count: count });
    const page = pageOf(code);
    if (page !== undefined)
      return {
        status: "ok",
        execution_count: count,
        user_expressions: {},
        payload: pager(parts.language, page),
      };
    const { error, result } = await executor.run(cell, code);
    cell.running = false;
    if (error) {
      output.publish(cell, "error", error);
      return { status: "error", execution_count: cell.count, ...error };
    }
    if (result && !silent)
      output.publish(cell, "execute_result", { execution_count: cell.count, data: result, metadata: {} });
    const expressions = await evaluated(executor, cell, request.content.user_expressions);
    return { status: "ok", execution_count: cell.count, user_expressions: expressions, payload: [] };
  };

  const next = async (): Promise<void> => {
    const request = queue.shift();
    if (!request) return;
    busy = request;
    status(request, "busy");
    const { code, stop_on_error: stops } = request.content;
    const content =
      typeof code === "string" ? await runCell(request, code) : refusal("execute_request: code must be text");
    if (content.status === "error" && stops !== false) {
      await sleep(ARRIVED); // not by the global timers, which are the cells'
      for (const waiting of queue.splice(0)) abort(waiting);
    }
    await sleep(0); // a signal that was meant for this cell comes before the next begins
    reply(request, content);
    status(request, "idle");
    busy = undefined;
    inTurn(next);
    idleSoon();
  };
  let prepared = false;
  let latest = 0;
  /** Prepares once, when nothing has come for a moment. */
  const idleSoon = (): void => {
    if (prepared) return;
    latest += 1;
    const answered = latest;
    later(() => {
      if (prepared || busy || answered !== latest) return;
      prepared = true;
      parts.prepare();
    }, MOMENT).unref();
  };
  const abort = (request: Request): void => {
    status(request, "busy");
    reply(request, { status: "aborted" }); // without a count: JupyterLab would show it beside the cell, as if it had run
    status(request, "idle");
  };

  return {
    answer(request) {
      if (request.type === "execute_request") {
        queue.push(request);
        if (!busy && queue.length === 1) inTurn(next);
        return;
      }
      status(request, "busy");
      const content = simpleAnswer(parts, request);
      if (content) reply(request, content);
      if (request.type === "comm_open")
        wire.send(request, "iopub", "comm_close", { comm_id: request.content.comm_id ?? "", data: {} });
      status(request, "idle");
      if (busy) status(busy, "busy"); // a cell still runs: front ends show the latest status
      idleSoon();
    },
  };
}

/** The reply to a request that runs no cell; none for what is no request, or none of ours. */
function simpleAnswer(parts: ServerParts, { type, content }: Request): Content | undefined {
  const { language, history, info } = parts;
  const { code, cursor_pos: cursor } = content;
  try {
    if (type === "kernel_info_request") return info;
    if (type === "connect_request") return { status: "ok", ...parts.ports };
    if (type === "comm_info_request") return { status: "ok", comms: {} };
    if (type === "history_request") return { status: "ok", history: history.find(content) };
    if (!/^(is_complete|complete|inspect)_request$/.test(type)) return undefined;
    if (typeof code !== "string") return refusal(`${type}: code must be text`);
    const place = typeof cursor === "number" && Number.isFinite(cursor) ? cursor : code.length;
    if (type === "is_complete_request")
      return pageOf(code) === undefined ? language.isComplete(code) : { status: "complete" };
    if (type === "complete_request") return language.complete(code, place);
    const data = language.inspect(code, place);
    return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
  } catch (error) {
    return refusal(String((error as Error).message));
  }
}

function refusal(evalue: string): Content & ErrorContent {
  return { status: "error", ename: "Error", evalue, traceback: [evalue] };
}

/** Of a cell such as `train?` the name about which it asks. */
function pageOf(code: string): string | undefined {
  return /^\s*\??([\p{ID_Start}_$][\p{ID_Continue}.$]*)\?{0,2}\s*$/u.exec(
    code.includes("?") ? code : "",
  )?.[1];
}

function pager(language: Language, name: string): Content[] {
  const data = language.inspect(name, [...name].length) ?? { "text/plain": `Nothing is known of ${name}.` };
  return [{ source: "page", data, start: 0 }];
}

/** The values of the expressions that a client asks for with a cell. */
async function evaluated(executor: Executor, cell: Cell, wanted: unknown): Promise<Content> {
  const values: Record<string, unknown> = {};
  if (typeof wanted !== "object" || wanted === null) return values;
  for (const [name, expression] of Object.entries(wanted)) {
    const { error, result } = await executor.run({ ...cell, lost: new Map() }, `(${String(expression)})`);
    values[name] = error ? { status: "error", ...error } : { status: "ok", data: result ?? {}, metadata: {} };
  }
  return values;
}
