import { randomUUID } from "node:crypto";
import { type Cell, currentCell, onBehalfOf } from "./cell.js";
import type { Comm, CommMessage, Comms, MessageExtras } from "./cellGlobals.js";
import type { Request } from "./message.js";
import type { Wire } from "./wire.js";

/** The kernel's side of all comms. */
export interface CommDesk {
  /** For cells. */
  readonly comms: Comms;
  /** Takes a message about a comm. */
  hear(request: Request): void;
  /** The open comms by their ids, in the form of the protocol. */
  open(target: unknown): Record<string, { readonly target_name: string }>;
}

type Handler<Given extends unknown[]> = { readonly cell: Cell; readonly call: (...given: Given) => unknown };

interface OpenComm extends Comm {
  hear(kind: "message" | "close", message: CommMessage): void;
}

/** @param report  shows an error under a cell */
export function createComms(wire: Wire, report: (cell: Cell, error: unknown) => void): CommDesk {
  const targets = new Map<string, Handler<[Comm, CommMessage]>>();
  const open = new Map<string, OpenComm>();

  const cellNow = (what: string): Cell => {
    const cell = currentCell();
    if (!cell) throw new Error(`${what} must be called by a cell`);
    return cell;
  };
  const run = <Given extends unknown[]>({ cell, call }: Handler<Given>, ...given: Given): void => {
    onBehalfOf(cell, () => {
      new Promise((resolve) => resolve(call(...given))).catch((error) => report(cell, error));
    });
  };
  const create = (id: string, target: string, cell: Cell): OpenComm => {
    const heard: { message?: Handler<[CommMessage]>; close?: Handler<[CommMessage]> } = {};
    const say = (type: string, data: unknown = {}, extras: MessageExtras = {}): void =>
      wire.send((currentCell() ?? cell).request, "iopub", type, { comm_id: id, data }, extras);
    const comm: OpenComm = {
      id,
      target,
      send(data, extras) {
        if (open.get(id) === comm) say("comm_msg", data, extras);
      },
      close(data, extras) {
        if (open.get(id) !== comm) return;
        open.delete(id);
        say("comm_close", data, extras);
      },
      onMessage(call) {
        heard.message = { cell: cellNow("onMessage"), call };
      },
      onClose(call) {
        heard.close = { cell: cellNow("onClose"), call };
      },
      hear(kind, message) {
        const handler = heard[kind];
        if (handler) run(handler, message);
      },
    };
    open.set(id, comm);
    return comm;
  };
  const opened = (id: string, target: unknown, message: CommMessage): boolean => {
    const handler = typeof target === "string" ? targets.get(target) : undefined;
    if (!handler || id === "" || open.has(id)) return open.has(id);
    const comm = create(id, target as string, handler.cell);
    run(handler, comm, message);
    return true;
  };
  return {
    comms: {
      register(target, call) {
        const handler = { cell: cellNow("comms.register"), call };
        targets.set(target, handler);
        return () => {
          if (targets.get(target) === handler) targets.delete(target);
        };
      },
      open(target, data = {}, { id = randomUUID().replaceAll("-", ""), ...extras } = {}) {
        const cell = cellNow("comms.open");
        if (open.has(id)) throw new RangeError(`comms.open: there is a comm with the id "${id}" already`);
        const comm = create(id, target, cell);
        wire.send(cell.request, "iopub", "comm_open", { comm_id: id, target_name: target, data }, extras);
        return comm;
      },
    },
    hear(request) {
      const { content, metadata, buffers, session } = request;
      const id = typeof content.comm_id === "string" ? content.comm_id : "";
      const message: CommMessage = { data: content.data ?? {}, metadata, buffers, session };
      const comm = open.get(id);
      if (request.type === "comm_open") {
        if (!opened(id, content.target_name, message))
          wire.send(request, "iopub", "comm_close", { comm_id: id, data: {} });
      } else if (request.type === "comm_msg") comm?.hear("message", message);
      else if (comm) {
        open.delete(id);
        comm.hear("close", message);
      }
    },
    open: (wanted) =>
      Object.fromEntries(
        [...open.values()]
          .filter(({ target }) => typeof wanted !== "string" || target === wanted)
          .map(({ id, target }) => [id, { target_name: target }]),
      ),
  };
}
