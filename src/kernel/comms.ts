import { randomUUID } from "node:crypto";
import { type Cell, cellNow, currentCell, onBehalfOf } from "./cell.js";
import type { Comm, CommMessage, Comms, MessageExtras } from "./cellGlobals.js";
import type { Content, Request } from "./message.js";
import type { Wire } from "./wire.js";

interface Handler<Given extends unknown[]> {
  readonly cell: Cell;
  run(...given: Given): void;
}

interface OpenComm extends Comm {
  /** Who hears its messages, by their types. */
  readonly heard: Partial<Record<string, Handler<[CommMessage]>>>;
}

/** The kernel's side of all comms. */
export type CommDesk = ReturnType<typeof createComms>;

/** @param report  shows an error under a cell */
export function createComms(wire: Wire, report: (cell: Cell, error: unknown) => void) {
  const targets = new Map<unknown, Handler<[Comm, CommMessage]>>();
  const open = new Map<unknown, OpenComm>();

  /** What the cell that runs gives us to call, as its work. */
  const handler = <Given extends unknown[]>(what: string, call: (...given: Given) => unknown) => {
    const cell = cellNow(what);
    const run = (...given: Given): void =>
      onBehalfOf(cell, () => {
        new Promise((resolve) => resolve(call(...given))).catch((error) => report(cell, error));
      });
    return { cell, run };
  };
  const create = (id: string, target: string, cell: Cell): OpenComm => {
    const say = (type: string, data: unknown = {}, extras: MessageExtras = {}): void =>
      wire.send((currentCell() ?? cell).request, "iopub", type, { comm_id: id, data }, extras);
    const heard: OpenComm["heard"] = {};
    const comm: OpenComm = {
      id,
      target,
      heard,
      send(data, extras) {
        if (open.get(id) === comm) say("comm_msg", data, extras);
      },
      close(data, extras) {
        if (open.get(id) !== comm) return;
        open.delete(id);
        say("comm_close", data, extras);
      },
      onMessage(call) {
        heard.comm_msg = handler("onMessage", call);
      },
      onClose(call) {
        heard.comm_close = handler("onClose", call);
      },
    };
    open.set(id, comm);
    return comm;
  };
  const comms: Comms = {
    register(target, call) {
      const registered = handler("comms.register", call);
      targets.set(target, registered);
      return () => {
        if (targets.get(target) === registered) targets.delete(target);
      };
    },
    open(target, data = {}, { id = randomUUID().replaceAll("-", ""), ...extras } = {}) {
      const cell = cellNow("comms.open");
      if (open.has(id)) throw new RangeError(`comms.open: there is a comm with the id "${id}" already`);
      const comm = create(id, target, cell);
      wire.send(cell.request, "iopub", "comm_open", { comm_id: id, target_name: target, data }, extras);
      return comm;
    },
  };
  return {
    /** For cells. */
    comms,
    /** Takes a message about a comm. */
    hear(request: Request): void {
      const { type, content, metadata, buffers, session } = request;
      const { comm_id: id, target_name: target, data = {} } = content;
      const message: CommMessage = { data, metadata, buffers, session };
      const comm = open.get(id);
      if (type === "comm_open") {
        const registered = typeof id === "string" && id !== "" ? targets.get(target) : undefined;
        if (registered && !comm)
          registered.run(create(id as string, target as string, registered.cell), message);
        else if (!comm) wire.send(request, "iopub", "comm_close", { comm_id: id ?? "", data: {} });
        return;
      }
      if (type === "comm_close") open.delete(id);
      comm?.heard[type]?.run(message);
    },
    /** The open comms by their ids, in the form of the protocol. */
    open: (wanted: unknown): Content =>
      Object.fromEntries(
        [...open.values()]
          .filter(({ target }) => typeof wanted !== "string" || target === wanted)
          .map(({ id, target }) => [id, { target_name: target }]),
      ),
  };
}
