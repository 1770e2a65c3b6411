import { written } from "../check.js";
import type { MimeBundle } from "../display.js";
import type { Display, Host, Platform, StudyWorker, TensorFlow, WorkerEvents } from "../platform.js";
import { liveReporter } from "../show/live.js";
import { doTask, type StudyTask } from "../study/pool.js";

/** The platform of a page: the library runs in a Web Worker; what it shows, and Stop, are messages between worker and page. */

/** From the worker: shows a bundle, or replaces the one that was shown under the same id. */
export interface FromWorker {
  readonly xorlab: "display" | "update";
  readonly id: number;
  readonly bundle: MimeBundle;
}

/**
 * From the page: "stop" ends all work under way, with what was done. "script", sent once at the beginning, is the worker's
 * own script, which study() starts again for its threads: from a file, a browser does not let a worker ask for it.
 */
export type ToWorker =
  | { readonly xorlab: "stop" }
  /** Controls that interact() has shown have other values. */
  | { readonly xorlab: "change"; readonly id: string; readonly values: unknown }
  | { readonly xorlab: "script"; readonly script: Blob };

export const pagePlatform: Platform = {
  tensorFlow,
  get cores() {
    return typeof Worker === "function" ? navigator.hardwareConcurrency : 1;
  },
  startWorker,
  turn,
  readText: (where, path) => {
    throw new RangeError(`${where}: a page reads no files, such as ${written(path)}; give the table's text`);
  },
  host: () => pageHost,
};

const pageHost: Host = { reporter: () => liveReporter(display), onStop, display };

let displays = 0;

function display(bundle: MimeBundle): Display {
  displays += 1;
  const id = displays;
  const say = (xorlab: FromWorker["xorlab"], shown: MimeBundle): void => {
    self.postMessage({ xorlab, id, bundle: shown } satisfies FromWorker);
  };
  say("display", bundle);
  return { update: (next) => say("update", next) };
}

function onStop(stop: () => void): () => void {
  return listen((message) => {
    if (message.xorlab === "stop") stop();
  });
}

/** Listens to the page until the returned function is called. */
function listen(hear: (message: ToWorker | { xorlab?: undefined }) => void): () => void {
  const listener = ({ data }: MessageEvent<ToWorker | null>): void => hear(data ?? {});
  self.addEventListener("message", listener);
  return () => self.removeEventListener("message", listener);
}

/** A message to ourselves: a timer would take at least four milliseconds. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** A bundler puts what is required into the bundle and runs it when it is asked for, here on the first use of `tf`. */
declare function require(name: "@tensorflow/tfjs"): TensorFlow;

let loaded: TensorFlow | undefined;

function tensorFlow(): TensorFlow {
  if (loaded) return loaded;
  loaded = require("@tensorflow/tfjs");
  loaded.env().set("PROD", true); // no banner that advises other packages
  void loaded.setBackend("cpu"); // the same bits on every machine; it is ready at once, although a promise is returned
  return loaded;
}

const STUDY_WORKER = "xorlab study";

let script = self.location.href;

function startWorker({ onMessage, onEnd }: WorkerEvents): StudyWorker {
  const worker = new Worker(script, { name: STUDY_WORKER });
  const end = () => worker.terminate();
  const failed = (event: ErrorEvent): void => {
    event.preventDefault(); // if it goes on failing, the study says so
    end();
    onEnd(new Error(event.message || "its script could not be loaded"));
  };
  worker.addEventListener("message", ({ data }) => onMessage(data));
  worker.addEventListener("error", failed, { once: true });
  return { post: (task) => worker.postMessage(task), end };
}

/** Called when the script starts. Returns true if study() has started it: then it does a study's tasks and nothing else. */
export function beginsStudyWorker(): boolean {
  if (self.name === STUDY_WORKER) {
    self.addEventListener("message", ({ data }: MessageEvent<StudyTask>) => self.postMessage(doTask(data)));
    return true;
  }
  listen((message) => {
    if (message.xorlab === "script") script = URL.createObjectURL(message.script);
  });
  return false;
}
