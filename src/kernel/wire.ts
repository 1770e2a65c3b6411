import fs from "node:fs";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Alarm } from "./alarm.js";
import type { MessageExtras } from "./cellGlobals.js";
import { endKernel } from "./exit.js";
import { type Channel, type Outgoing, outgoing, type Request } from "./message.js";

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
  | { readonly full: true }
  | { readonly answer: Answer }
  | { readonly refused: string };

/** What the main thread sends to the sockets' thread: a message, one that asks for input, or that no answer is awaited. */
export type ToSockets =
  | { readonly send: Outgoing }
  | { readonly ask: Outgoing; readonly waits: boolean }
  | { readonly forget: true };

/** A front end's answer; `gone`: it cannot be asked any more. */
export type Answer = { readonly text: string } | { readonly gone: true };

/** A question to the front end that sent a cell. */
export interface Question {
  readonly prompt: string;
  readonly password: boolean;
}

/** The server's log, by its file descriptor: what others write to that is printed in cells. */
const LOG = 2;
const { writeSync } = fs;

/** Among how many earlier messages a repeated one is recognized. */
export const REPLAYED = 10_000;

/** Sends messages to Jupyter. */
export interface Wire {
  listen(listener: Listener): void;
  send(
    request: Request,
    channel: Channel,
    type: string,
    content: Readonly<Record<string, unknown>>,
    extras?: MessageExtras,
  ): void;
  /** Asks who sent a request, and sleeps until the answer is there; undefined if Stop comes first. */
  askAndWait(request: Request, question: Question): Answer | undefined;
  /** Asks who sent a request; onAnswer() is called with the answer. One question at a time. */
  ask(request: Request, question: Question, onAnswer: (answer: Answer) => void): void;
  /** No answer is awaited any more. */
  forgetQuestions(): void;
  /** Passes on an interrupt that has come, also from the midst of work that keeps the event loop from doing so. */
  hearInterrupt(): void;
}

/** What is called when messages arrive. */
export interface Listener {
  onRequest(request: Request): void;
  onInterrupt(): void;
  onShutdown(): void;
  /** The code that ran has filled the memory, and was broken off. */
  onFull(): void;
}

const LONGEST_SLEEP = 1000; // milliseconds

/** Opens the sockets, in their own thread. */
export function openWire(connection: Connection, alarm: Alarm): Wire {
  const { port1: answers, port2: away } = new MessageChannel();
  const sockets = new Worker(join(__dirname, "sockets.js"), {
    workerData: {
      connection,
      memory: alarm.memory,
      most: getHeapStatistics().heap_size_limit,
      answers: away,
    },
    transferList: [away],
  });
  let listener: Listener | undefined;
  let onAnswer: ((answer: Answer) => void) | undefined;
  const post = (message: ToSockets): void => sockets.postMessage(message);
  const asking = (request: Request, question: Question): Outgoing =>
    outgoing(request, "stdin", "input_request", { ...question });
  const hearInterrupt = (): void => {
    const arrived = alarm.arrived();
    if (arrived === alarm.noticed()) return;
    alarm.notice(arrived);
    listener?.onInterrupt();
  };
  sockets.on("message", (message: FromSockets) => {
    if ("request" in message) listener?.onRequest(message.request);
    else if ("interrupt" in message) hearInterrupt();
    else if ("shutdown" in message) listener?.onShutdown();
    else if ("full" in message) listener?.onFull();
    else if ("answer" in message) onAnswer?.(message.answer);
    else writeSync(LOG, `a message was refused: ${message.refused}\n`);
  });
  sockets.on("error", (error) => {
    console.error("the kernel's sockets failed:", error);
    endKernel(1);
  });
  return {
    hearInterrupt,
    listen(given) {
      listener = given;
    },
    send: (request, channel, type, content, extras) =>
      post({ send: outgoing(request, channel, type, content, extras) }),
    ask(request, question, listening) {
      onAnswer = listening;
      post({ ask: asking(request, question), waits: false });
    },
    askAndWait(request, question) {
      if (alarm.arrived() !== alarm.noticed()) return undefined; // a loop that asks again and again
      post({ ask: asking(request, question), waits: true });
      for (;;) {
        const woken = alarm.woken();
        if (alarm.ended()) endKernel(0);
        if (alarm.arrived() !== alarm.noticed()) {
          post({ forget: true });
          return undefined;
        }
        const answer = receiveMessageOnPort(answers);
        if (answer) return answer.message;
        alarm.sleep(woken, LONGEST_SLEEP);
      }
    },
    forgetQuestions() {
      onAnswer = undefined;
      post({ forget: true });
    },
  };
}
