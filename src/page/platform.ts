import type { MimeBundle } from "../display.js";
import type { Display, Host, Platform, StudyWorker, TensorFlow, WorkerEvents } from "../platform.js";
import { liveReporter } from "../show/live.js";
import { doTask, type StudyTask } from "../study/pool.js";

/** A page gives the library a Web Worker. What is shown, and Stop, travel as messages between the worker and the page. */

/** From the worker: shows a bundle, or replaces the one that was shown under the same id. */
export interface DisplayMessage {
  readonly xorlab: "display" | "update";
  readonly id: number;
  readonly bundle: MimeBundle;
}

/** From the page: all work that is under way ends with what was done. */
export interface StopMessage {
  readonly xorlab: "stop";
}

export const pagePlatform: Platform = {
  tensorFlow,
  get cores() {
    return typeof Worker === "function" ? navigator.hardwareConcurrency : 1;
  },
  startWorker,
  turn,
  host: () => pageHost,
};

const pageHost: Host = { reporter: () => liveReporter(display), onStop, display };

let displays = 0;

function display(bundle: MimeBundle): Display {
  displays += 1;
  const id = displays;
  const say = (xorlab: DisplayMessage["xorlab"], shown: MimeBundle): void => {
    self.postMessage({ xorlab, id, bundle: shown } satisfies DisplayMessage);
  };
  say("display", bundle);
  return { update: (next) => say("update", next) };
}

function onStop(stop: () => void): () => void {
  const hear = ({ data }: MessageEvent<Partial<StopMessage> | null>): void => {
    if (data?.xorlab === "stop") stop();
  };
  self.addEventListener("message", hear);
  return () => self.removeEventListener("message", hear);
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
  void loaded.setBackend("cpu"); // the same bits on every machine; it is there at once, though a promise is returned
  return loaded;
}

const STUDY_WORKER = "xorlab study";

/** The worker's own script once more, under another name: see answerTasks(). */
function startWorker({ onMessage, onEnd }: WorkerEvents): StudyWorker {
  const worker = new Worker(self.location.href, { name: STUDY_WORKER });
  const end = () => worker.terminate();
  worker.addEventListener("message", ({ data }) => onMessage(data));
  const failed = (event: ErrorEvent): void => {
    event.preventDefault(); // it is told by the study, if it happens again and again
    end();
    onEnd(new Error(event.message || "the worker could not be started"));
  };
  worker.addEventListener("error", failed, { once: true });
  return { post: (task) => worker.postMessage(task), end };
}

/** Where a study has started the script: does the study's tasks, and says true. */
export function answerTasks(): boolean {
  if (self.name !== STUDY_WORKER) return false;
  self.addEventListener("message", ({ data }: MessageEvent<StudyTask>) => self.postMessage(doTask(data)));
  return true;
}
