import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Publisher, Reply, Router } from "zeromq";
import { alarmOver } from "./alarm.js";
import { cellBreaker } from "./breakOff.js";
import { type Channel, framesOf, type Outgoing, outgoing, type Request, readRequest } from "./message.js";
import type { Answer, Connection, FromSockets, ToSockets } from "./wire.js";

/** Among how many earlier messages a repeated one is recognized. */
const REPLAYED = 10_000;

/** What the thread is started with. */
interface Given {
  readonly connection: Connection;
  readonly memory: SharedArrayBuffer;
  /** How much memory V8 has for the main thread's values, in bytes. */
  readonly most: number;
  /** To where the main thread waits for answers. */
  readonly answers: MessagePort;
}

/**
 * The sockets' thread: receives requests and sends what the main thread has to say, whatever cells do. So the heartbeat
 * goes on, outputs of a long computation appear while it runs, and Stop works during an endless loop.
 */
async function serveSockets(port: MessagePort, { connection, memory, most, answers }: Given) {
  const { transport, ip, key } = connection;
  const sockets = {
    shell: new Router({ linger: 500 }),
    control: new Router({ linger: 500 }),
    iopub: new Publisher({ linger: 500, sendHighWaterMark: 0 }), // no output is ever dropped
    hb: new Reply(),
    stdin: new Router({ linger: 0, mandatory: true }), // an error if who should answer is gone
  };
  const sending = new Map<Channel, Promise<void>>(); // a socket takes one message at a time
  const send = (message: Outgoing): Promise<void> => {
    const before = sending.get(message.channel) ?? Promise.resolve();
    const next = before.then(() => sockets[message.channel].send(framesOf(message, key) as Buffer[]));
    sending.set(
      message.channel,
      next.catch(() => undefined), // the client is gone
    );
    return next;
  };
  const note = (message: Outgoing): void => void send(message).catch(() => undefined);
  const close = async () => {
    await breaker.end();
    await Promise.all(sending.values());
    for (const socket of Object.values(sockets)) socket.close();
  };

  const alarm = alarmOver(memory);
  const tell = (message: FromSockets): void => port.postMessage(message);
  const breaker = cellBreaker(alarm, most, () => tell({ full: true }));
  const urgent = (request: Request): boolean => {
    if (request.type !== "interrupt_request" && request.type !== "shutdown_request") return false;
    const status = (state: string) => note(outgoing(request, "iopub", "status", { execution_state: state }));
    const answer = (type: string, content: Record<string, unknown>) => {
      note(outgoing(request, request.channel, type, { status: "ok", ...content }));
      status("idle");
    };
    status("busy");
    if (request.type === "interrupt_request") {
      alarm.arrive();
      tell({ interrupt: true });
      breaker.breakOffUnlessNoticed(alarm.arrived()).then(() => answer("interrupt_reply", {}));
    } else {
      const content = { status: "ok", restart: request.content.restart === true };
      note(outgoing(request, "iopub", "shutdown_reply", content));
      answer("shutdown_reply", content);
      void close().then(() => {
        tell({ shutdown: true });
        alarm.end(); // it may wait for input
      });
      setTimeout(() => process.kill(process.pid, "SIGKILL"), 1500); // the main thread may be in an endless loop
    }
    return true;
  };
  const input = inputDesk(send, tell, (text) => {
    answers.postMessage(text);
    alarm.wake();
  });
  const seen = new Set<string>(); // on all channels: a message from one must not be replayed on another
  const listen = async (channel: Request["channel"]) => {
    for await (const frames of sockets[channel]) {
      try {
        const { signature, ...request } = readRequest(channel, frames, key);
        if (key !== "" && seen.has(signature)) throw new Error("this message was received before");
        seen.add(signature);
        if (seen.size > REPLAYED) seen.delete(seen.values().next().value as string);
        if (channel === "stdin") input.hear(request);
        else if (!urgent(request)) tell({ request });
      } catch (error) {
        tell({ refused: (error as Error).message });
      }
    }
  };
  const echo = async () => {
    for await (const frames of sockets.hb) await sockets.hb.send(frames);
  };

  const address = (number: number) => `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${number}`;
  const names = Object.keys(sockets) as (keyof typeof sockets)[];
  const opening = names.map((name) => sockets[name].bind(address(connection[`${name}_port`])));
  try {
    await Promise.all(opening);
  } catch (error) {
    await Promise.allSettled(opening); // else the process would be aborted, without a word
    await close();
    const { message, address: taken } = error as Error & { address?: string };
    tell({
      failed: `the kernel cannot start, since ${taken ?? "one of its ports"} cannot be opened: ${message}`,
    });
    return;
  }
  for (const loop of [listen("shell"), listen("control"), listen("stdin"), echo()])
    loop.catch(() => undefined); // sockets closed
  port.on("message", (message: ToSockets) => {
    if ("send" in message) note(message.send);
    else if ("ask" in message) input.ask(message.ask, message.waits);
    else input.forget();
  });
  watchParent();
}

/** Questions that front ends have yet to answer, and how their answers reach the main thread. */
function inputDesk(
  send: (message: Outgoing) => Promise<void>,
  tell: (message: FromSockets) => void,
  give: (answer: Answer) => void,
) {
  let asked: { readonly id: string; readonly from: string; readonly waits: boolean }[] = [];
  const sender = (identities: readonly Uint8Array[]) => Buffer.concat(identities).toString("latin1");
  const finish = (id: string, answer: Answer): void => {
    const one = asked.find((question) => question.id === id);
    asked = asked.filter((question) => question !== one);
    if (one?.waits) give(answer);
    else if (one) tell({ answer });
  };
  return {
    /** @param waits  whether the main thread sleeps until the answer is there */
    ask(question: Outgoing, waits: boolean): void {
      const id: string = JSON.parse(question.parts[0]).msg_id;
      asked.push({ id, from: sender(question.identities), waits });
      send(question).catch(() => finish(id, { gone: true }));
    },
    /** Only who was asked can answer; an answer that names no question is to the latest. */
    hear({ type, content, answers, identities }: Request): void {
      const open = asked.filter(({ from }) => from === sender(identities));
      const one = open.find(({ id }) => id === answers) ?? (answers === undefined ? open.at(-1) : undefined);
      if (type !== "input_reply" || typeof content.value !== "string" || !one)
        throw new Error("nobody asked for this input");
      finish(one.id, { text: content.value });
    },
    /** The questions are of no interest any more. */
    forget(): void {
      asked = [];
    },
  };
}

/** Ends the kernel when the Jupyter server that started it is gone. */
function watchParent(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 2000).unref();
}

if (!isMainThread && parentPort) void serveSockets(parentPort, workerData as Given);
