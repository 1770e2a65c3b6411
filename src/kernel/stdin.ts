import readline from "node:readline";
import readlinePromises from "node:readline/promises";
import { Readable } from "node:stream";
import { inTurn } from "./cell.js";
import type { Input } from "./input.js";
import { patch } from "./patch.js";

/** `process.stdin` and `node:readline` in cells: their input comes from the front end. */

interface QuestionOptions {
  readonly signal?: AbortSignal;
}
/** An interface of readline's, with the field that its types leave out. */
type Reader = (readline.Interface | readlinePromises.Interface) & { readonly input?: unknown };

/**
 * Replaces `process.stdin` by a stream that asks the front end for a line when somebody reads. A question of readline's
 * goes to the front end with its text; an interface that only asks questions reads nothing else.
 *
 * @returns a function that ends all reading, for when Stop has ended the cell: later cells get a new stream
 */
export function inputFromFrontEnd(input: Input): () => void {
  const streams = new WeakSet<object>();
  const readers = new Set<Reader>(); // the open interfaces on the present stream
  const newStream = (): Readable => {
    const stream = askingStream(input, () => {
      const idle = [...readers].filter((reader) => reader.listenerCount("line") === 0).length;
      return stream.listenerCount("data") + stream.listenerCount("readable") > idle;
    });
    streams.add(stream);
    stream.once("close", () => {
      if (stdin === stream) renew();
    });
    return stream;
  };
  const renew = (): void => {
    readers.clear();
    stdin = newStream();
  };
  let stdin = newStream();
  Object.defineProperty(process, "stdin", { get: () => stdin, configurable: true, enumerable: true });

  const follow = (made: Reader): Reader => {
    if (made.input !== stdin) return made;
    readers.add(made);
    made.on("newListener", (event) => event === "line" && stdin.emit("wanted"));
    made.once("close", () => readers.delete(made));
    return made;
  };
  for (const module of [readline, readlinePromises])
    patch(module, ["createInterface"], (create, given) => follow(create(...given) as Reader));
  answerQuestions((reader) => typeof reader.input === "object" && streams.has(reader.input as object), input);
  return () => {
    if (stdin.listenerCount("data") + stdin.listenerCount("readable") === 0) return;
    stdin.destroy();
    renew();
  };
}

/**
 * A stream of lines that the front end is asked for.
 *
 * @param isRead  whether somebody waits for a line
 */
function askingStream(input: Input, isRead: () => boolean): Readable {
  let wanted = false; // the stream would take a line
  let asking = false;
  const askForLine = (): void => {
    if (!wanted || asking || stream.destroyed || stream.isPaused() || !isRead()) return;
    asking = true;
    input
      .askLater("process.stdin", { prompt: "", password: false })
      .then(
        (line) => {
          wanted = false;
          stream.push(`${line}\n`);
        },
        (error) => stream.destroy(error),
      )
      .finally(() => {
        asking = false;
      });
  };
  /** Two turns later: who has its line by now may close, and wants no more. */
  const consider = (): void => inTurn(() => inTurn(askForLine));
  const stream = new Readable({
    highWaterMark: 0, // nothing is read ahead
    read() {
      wanted = true;
      consider();
    },
  });
  for (const event of ["resume", "newListener", "wanted"]) stream.on(event, consider);
  return Object.assign(stream, { fd: 0, isTTY: false });
}

/** Has the front end answer the questions of interfaces on our streams. */
function answerQuestions(isOurs: (reader: Reader) => boolean, input: Input): void {
  const ask = async (reader: Reader, text: string, { signal }: QuestionOptions): Promise<string> => {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const closed = () => reject(new Error("readline was closed before there was an answer"));
      const aborted = () => reject(signal?.reason);
      reader.once("close", closed);
      signal?.addEventListener("abort", aborted, { once: true });
      input
        .askLater("readline", { prompt: text, password: false })
        .then(resolve, reject)
        .finally(() => {
          reader.off("close", closed);
          signal?.removeEventListener("abort", aborted);
        });
    });
  };
  patch<Reader>(readline.Interface.prototype, ["question"], (question, [text, ...rest], reader) => {
    if (!isOurs(reader)) return question(text, ...rest);
    input.check("readline");
    const options = rest.length > 1 ? (rest[0] as QuestionOptions) : {};
    return void ask(reader, text as string, options).then(rest.at(-1) as () => void, () => undefined);
  });
  patch<Reader>(
    readlinePromises.Interface.prototype,
    ["question"],
    (question, [text, options = {}], reader) =>
      isOurs(reader) ? ask(reader, text as string, options as QuestionOptions) : question(text, options),
  );
}
