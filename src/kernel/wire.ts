import { writeSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Alarm } from "./alarm.js";
import { type Channel, outgoing, type Request } from "./message.js";

/** Jupyter's connection file. */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly shell_port: number;
  readonly control_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly hb_port: number;
}

/** What the sockets' thread sends to the main thread. */
export type FromSockets =
  | { readonly request: Request }
  | { readonly interrupt: true }
  | { readonly shutdown: true }
  | { readonly refused: string };

/** The server's log, by its file descriptor: process.stderr writes into cells. */
const LOG = 2;

/** Among how many earlier messages a repeated one is recognized. */
export const REPLAYED = 10_000;

/** Sends messages to Jupyter. */
export interface Wire {
  send(request: Request, channel: Channel, type: string, content: Readonly<Record<string, unknown>>): void;
  /** Passes on an interrupt that has come, also from the midst of work that keeps the event loop from doing so. */
  hearInterrupt(): void;
}

/** What is called when messages arrive. */
export interface Listener {
  onRequest(request: Request): void;
  onInterrupt(): void;
  onShutdown(): void;
}

/** Opens the sockets, in their own thread. */
export function openWire(connection: Connection, alarm: Alarm, listener: Listener): Wire {
  const sockets = new Worker(join(__dirname, "sockets.js"), {
    workerData: { connection, memory: alarm.memory },
  });
  const hearInterrupt = (): void => {
    const arrived = alarm.arrived();
    if (arrived === alarm.noticed()) return;
    alarm.notice(arrived);
    listener.onInterrupt();
  };
  sockets.on("message", (message: FromSockets) => {
    if ("request" in message) listener.onRequest(message.request);
    else if ("interrupt" in message) hearInterrupt();
    else if ("shutdown" in message) listener.onShutdown();
    else writeSync(LOG, `a message was refused: ${message.refused}\n`);
  });
  sockets.on("error", (error) => {
    console.error("the kernel's sockets failed:", error);
    process.exit(1);
  });
  return {
    hearInterrupt,
    send: (request, channel, type, content) => sockets.postMessage(outgoing(request, channel, type, content)),
  };
}
