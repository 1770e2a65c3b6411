import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Publisher, Reply, Router } from "zeromq";
import { alarmOver } from "./alarm.js";
import { breakOffUnlessNoticed } from "./breakOff.js";
import { type Channel, framesOf, type Outgoing, outgoing, type Request, readRequest } from "./message.js";
import { type Connection, type FromSockets, REPLAYED } from "./wire.js";

/**
 * The sockets' thread: receives requests and sends what the main thread has to say, whatever cells do. So the heartbeat
 * goes on, outputs of a long computation appear while it runs, and Stop works during an endless loop.
 */
async function serveSockets(port: MessagePort, connection: Connection, memory: SharedArrayBuffer) {
  const { transport, ip, key } = connection;
  const sockets = {
    shell: new Router({ linger: 500 }),
    control: new Router({ linger: 500 }),
    iopub: new Publisher({ linger: 500, sendHighWaterMark: 0 }), // no output is ever dropped
    heartbeat: new Reply(),
    stdin: new Router(),
  };
  const sending = new Map<Channel, Promise<void>>(); // a socket takes one message at a time
  const send = (message: Outgoing): void => {
    const before = sending.get(message.channel) ?? Promise.resolve();
    const next = before.then(() => sockets[message.channel].send(framesOf(message, key) as Buffer[]));
    sending.set(
      message.channel,
      next.catch(() => undefined), // the client is gone
    );
  };
  const close = async () => {
    await Promise.all(sending.values());
    for (const socket of Object.values(sockets)) socket.close();
  };

  const alarm = alarmOver(memory);
  const tell = (message: FromSockets): void => port.postMessage(message);
  const urgent = (request: Request): boolean => {
    if (request.type !== "interrupt_request" && request.type !== "shutdown_request") return false;
    const status = (state: string) => send(outgoing(request, "iopub", "status", { execution_state: state }));
    const answer = (type: string, content: Record<string, unknown>) => {
      send(outgoing(request, request.channel, type, { status: "ok", ...content }));
      status("idle");
    };
    status("busy");
    if (request.type === "interrupt_request") {
      alarm.arrive();
      tell({ interrupt: true });
      breakOffUnlessNoticed(alarm, alarm.arrived()).then(() => answer("interrupt_reply", {}));
    } else {
      const content = { status: "ok", restart: request.content.restart === true };
      send(outgoing(request, "iopub", "shutdown_reply", content));
      answer("shutdown_reply", content);
      void close().then(() => tell({ shutdown: true }));
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 1500); // the main thread may be in an endless loop
    }
    return true;
  };
  const seen = new Set<string>(); // on both channels: a message from one must not be replayed on the other
  const listen = async (channel: "shell" | "control") => {
    for await (const frames of sockets[channel]) {
      try {
        const { signature, ...request } = readRequest(channel, frames, key);
        if (key !== "" && seen.has(signature)) throw new Error("this message was received before");
        seen.add(signature);
        if (seen.size > REPLAYED) seen.delete(seen.values().next().value as string);
        if (!urgent(request)) tell({ request });
      } catch (error) {
        tell({ refused: (error as Error).message });
      }
    }
  };
  const echo = async () => {
    for await (const frames of sockets.heartbeat) await sockets.heartbeat.send(frames);
  };

  const address = (number: number) => `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${number}`;
  await Promise.all([
    sockets.shell.bind(address(connection.shell_port)),
    sockets.control.bind(address(connection.control_port)),
    sockets.iopub.bind(address(connection.iopub_port)),
    sockets.heartbeat.bind(address(connection.hb_port)),
    sockets.stdin.bind(address(connection.stdin_port)),
  ]);
  for (const loop of [listen("shell"), listen("control"), echo()]) loop.catch(() => undefined); // sockets closed
  port.on("message", (message: Outgoing) => send(message));
  watchParent();
}

/** Ends the kernel when the Jupyter server that started it is gone. */
export function watchParent(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 2000).unref();
}

if (!isMainThread && parentPort) void serveSockets(parentPort, workerData.connection, workerData.memory);
