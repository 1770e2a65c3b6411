import fs from "node:fs";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Alarm } from "./alarm.js";
import type { MessageExtras } from "./cellGlobals.js";
import { endKernel } from "./exit.js";
import { type Channel, type Content, type Outgoing, outgoing, type Request } from "./message.js";

/** Jupyter's connection file. */
export interface Connection extends Readonly<Record<`${Channel | "hb"}_port`, number>> {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
}

/** What the sockets' thread sends to the main thread. */
export type FromSockets =
  | { readonly request: Request }
  | { readonly interrupt: true }
  | { readonly shutdown: true }
  | { readonly full: true }
  | { readonly answer: Answer }
  | { readonly refused: string }
  | { readonly failed: string };

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

/** What is called when messages arrive. */
export interface Listener {
  onRequest(request: Request): void;
  onInterrupt(): void;
  onShutdown(): void;
  /** The code that ran has filled the memory, and was broken off. */
  onFull(): void;
}

const LONGEST_SLEEP = 1000; // milliseconds

/** Sends messages to Jupyter. */
export type Wire = ReturnType<typeof openWire>;

/** Opens the sockets, in their own thread. */
export function openWire(connection: Connection, alarm: Alarm) {
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
  /** Passes on an interrupt that has come, also from the midst of work that keeps the event loop from doing so. */
  const hearInterrupt = (): void => {
    if (!alarm.rings()) return;
    alarm.notice(alarm.arrived());
    listener?.onInterrupt();
  };
  sockets.on("message", (message: FromSockets) => {
    if ("request" in message) listener?.onRequest(message.request);
    else if ("interrupt" in message) hearInterrupt();
    else if ("shutdown" in message) listener?.onShutdown();
    else if ("full" in message) listener?.onFull();
    else if ("answer" in message) onAnswer?.(message.answer);
    else if ("refused" in message) writeSync(LOG, `a message was refused: ${message.refused}\n`);
    else {
      writeSync(LOG, `xorlab: ${message.failed}\n`);
      endKernel(1);
    }
  });
  sockets.on("error", (error) => {
    console.error("the kernel's sockets failed:", error);
    endKernel(1);
  });
  return {
    hearInterrupt,
    listen(given: Listener): void {
      listener = given;
    },
    send(request: Request, channel: Channel, type: string, content: Content, extras?: MessageExtras): void {
      post({ send: outgoing(request, channel, type, content, extras) });
    },
    /** Asks who sent a request; onAnswer() is called with the answer. One question at a time. */
    ask(request: Request, question: Question, listening: (answer: Answer) => void): void {
      onAnswer = listening;
      post({ ask: asking(request, question), waits: false });
    },
    /** Asks who sent a request, and sleeps until the answer is there; undefined if Stop comes first. */
    askAndWait(request: Request, question: Question): Answer | undefined {
      if (alarm.rings()) return undefined; // a loop that asks again and again
      post({ ask: asking(request, question), waits: true });
      for (;;) {
        const woken = alarm.woken();
        if (alarm.ended()) endKernel(0);
        if (alarm.rings()) {
          post({ forget: true });
          return undefined;
        }
        const answer = receiveMessageOnPort(answers);
        if (answer) return answer.message;
        alarm.sleep(woken, LONGEST_SLEEP);
      }
    },
    /** No answer is awaited any more. */
    forgetQuestions(): void {
      onAnswer = undefined;
      post({ forget: true });
    },
  };
}
