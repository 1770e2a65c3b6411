import type * as core from "@tensorflow/tfjs-core";
import type * as layers from "@tensorflow/tfjs-layers";
import type { MimeBundle } from "./display.js";

/** TensorFlow.js's operations, layers and models. */
type Parts = typeof core &
  typeof layers &
  typeof import("@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops"); // methods such as a.add(b)

/**
 * TensorFlow.js: what the library needs of it. Notebooks have all of `import * as tf from "@tensorflow/tfjs"`, and so has this type
 * there: src/kernel/programs.ts adds it.
 */
export interface TensorFlow extends Parts {}

/**
 * What the library needs from where it runs: src/node/platform.ts for Node, src/page/platform.ts for a Web Worker in a
 * page. All other code in src/, except the kernel, runs on both.
 */
export interface Platform {
  /** TensorFlow.js, loaded on first use. */
  tensorFlow(): TensorFlow;
  /** How many threads can compute at the same time. */
  readonly cores: number;
  /** Starts a thread that does the tasks of a study: doTask() of src/study/trials.ts. */
  startWorker(events: WorkerEvents): StudyWorker;
  /** Lets the event loop turn once, timers and messages included. */
  turn(): Promise<void>;
  /**
   * The text of a file.
   *
   * @param most  how many bytes it may have
   * @throws RangeError that says why it cannot be read
   */
  readText(where: string, path: string, most: number): string;
  /**
   * Writes a file in UTF-8; one that is there is replaced.
   *
   * @throws RangeError that says why it cannot be written
   */
  writeText(where: string, path: string, text: string): void;
  /**
   * The template of a page with one figure, which carries a bundle of Plotly: templates/figure.html, in which marks stand for what
   * belongs to the figure.
   *
   * @throws Error where there is none
   */
  figurePage(where: string, plotly: "plotly" | "plotly-full"): string;
  /** Where progress and results are shown at present, and who can stop the work. */
  host(): Host;
}

/** A thread that does one task of a study at a time. */
export interface StudyWorker {
  post(task: unknown): void;
  /** Ends the thread, even in the middle of a task. */
  end(): unknown;
}

/** Callbacks for a thread's events. */
export interface WorkerEvents {
  /** The result of a task. */
  onMessage(answer: unknown): void;
  /** The thread has ended, or could not be started. Called at most once. */
  onEnd(cause: Error): void;
}

/** Where progress and results are shown: a notebook, a terminal, a page, or a program without a terminal. */
export interface Host {
  reporter(): Reporter;
  /** Calls back when the user asks to stop; returns a function that ends this. */
  onStop(stop: () => void): () => void;
  /**
   * For work that does not return to the event loop: called now and then, it lets a press of Stop reach onStop(). Undefined
   * where no press can arrive meanwhile, as in a terminal, whose Ctrl-C then ends the program.
   */
  readonly hearStop?: (() => void) | undefined;
  /**
   * Shows a value: in a program its text is printed, and of a figure a page is written and opened.
   *
   * @param page  the file of this page, if it was written already
   */
  display(bundle: MimeBundle, page?: string): Display;
  /** The cell that runs, where its output can change after its end: in a notebook and in a page. */
  readonly live?: (() => Live) | undefined;
}

/** A cell whose output can change after its end, when somebody uses the controls in it. */
export interface Live {
  /**
   * Calls back with what is set at the controls that are shown with the connection's id: a list of values, unchecked.
   */
  connect(change: (values: unknown) => void): LiveConnection;
  /** Does work as if the cell did it, when no cell runs: Stop ends it. */
  later(work: () => Promise<void>): LiveWork;
  /** Does work at once, and takes what it prints and shows. */
  capture<Result>(take: (shown: Captured) => void, work: () => Result | Promise<Result>): Promise<Result>;
  /** The cell is not over before the promise is settled, and fails with it, also where its code does not await it. */
  hold(promise: Promise<unknown>): void;
  /** How a cell would show a value; undefined for nothing. */
  bundle(value: unknown): Promise<MimeBundle | undefined>;
  /** An error as a cell would show it, as text. */
  errorText(error: unknown): string;
  /** Calls back once the cell runs again, where that is known. */
  onReplaced(callback: () => void): void;
}

export interface LiveConnection {
  readonly id: string;
  /** Tells whoever uses the controls whether work is under way. */
  working(busy: boolean): void;
  /** The controls cannot be used any more. */
  end(): void;
}

export interface LiveWork {
  readonly done: Promise<void>;
  /** Ends it before its time. */
  stop(): void;
}

/** Something that work printed or showed. */
export type Captured =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "display" | "update"; readonly id: unknown; readonly bundle: MimeBundle }
  | { readonly kind: "clear" };

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

/** Sets where the library runs; src/index.ts and src/page.ts each call it once. */
export function setPlatform(platform: Platform): void {
  current = platform;
}

/**
 * Where the library runs. Called at every use, so that the order of imports does not matter.
 *
 * @throws Error if setPlatform() was not called: parts of the library were imported without index.ts or page.ts
 */
export function platform(): Platform {
  if (!current)
    throw new Error("xorlab: its platform is unknown; import index.js (Node) or page.js (a page)");
  return current;
}
