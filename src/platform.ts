import type * as tensorFlow from "@tensorflow/tfjs";
import type { MimeBundle } from "./display.js";

/** The whole of TensorFlow.js, as `import * as tf from "@tensorflow/tfjs"` gives it. */
export type TensorFlow = typeof tensorFlow;

/**
 * What the library needs of where it runs. src/node/platform.ts has Node's, src/page/platform.ts that of a Web Worker in a
 * page; everything else in src/ but the kernel runs on both.
 */
export interface Platform {
  /** TensorFlow.js, loaded on first use. */
  tensorFlow(): TensorFlow;
  /** How many threads can compute at the same time. */
  readonly cores: number;
  /** Starts a thread that answers the tasks of src/study/pool.ts by its doTask(). */
  startWorker(events: WorkerEvents): StudyWorker;
  /** Lets the event loop turn once, timers and messages included. */
  turn(): Promise<void>;
  /** Where work is shown and stopped just now. */
  host(): Host;
}

/** A thread that does one task of a study at a time. */
export interface StudyWorker {
  post(task: unknown): void;
  /** Ends the thread, whatever it does. */
  end(): unknown;
}

/** What is heard of a thread. */
export interface WorkerEvents {
  /** It answers a task. */
  onMessage(answer: unknown): void;
  /** It is gone, or could not be started. Called at most once. */
  onEnd(cause: Error): void;
}

/** Where work is shown and stopped: a notebook, a terminal, a page, or nowhere that anybody looks. */
export interface Host {
  reporter(): Reporter;
  /** Calls back when the user asks to stop; returns what ends the listening. */
  onStop(stop: () => void): () => void;
  /** Shows a value, or prints its text where nothing else can be shown. */
  display(bundle: MimeBundle): Display;
}

/** Something on the screen that can be replaced in place. */
export interface Display {
  update(bundle: MimeBundle): void;
}

/** Shows progress somewhere; the last thing it shows is the summary. */
export interface Reporter {
  /** Asks for the progress only when it is time to show it. */
  update(progress: () => Progress): void;
  finish(summary: string): void;
}

/** How far work is. All texts are plain text. */
export interface Progress {
  /** What is being done. */
  readonly title: string;
  /** From 0 to 1. */
  readonly fraction: number;
  /** What is known so far, a few words each: "epoch 12 of 100", "loss 0.4312". */
  readonly facts: readonly string[];
  /** A growing curve, drawn small. */
  readonly curve?: readonly number[];
  /** Rates so far, one a row, where many settings are compared. */
  readonly bars?: readonly { readonly label: string; readonly value: number; readonly done: number }[];
}

let current: Platform | undefined;

/** Says where the library runs: src/index.ts and src/page.ts each do it once. */
export function setPlatform(platform: Platform): void {
  current = platform;
}

/**
 * Where the library runs. It is asked for at every use, so the order of imports does not matter.
 *
 * @throws Error if nobody has said it: parts of the library were imported without index.ts or page.ts
 */
export function platform(): Platform {
  if (!current)
    throw new Error("xorlab: its platform is unknown; import index.js (Node) or page.js (a page)");
  return current;
}
