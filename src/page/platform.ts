import type { MimeBundle } from "../display.js";
import { inBrowser } from "../inBrowser.js";
import type { Display, Host, Platform, StudyWorker, TensorFlow, WorkerEvents } from "../platform.js";
import { liveReporter } from "../show/live.js";
import { doTask, type StudyTask } from "../study/trials.js";

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
 *
 * Each may bring a sign: the address of a blob of the worker's own origin, which the page revokes as it sends the next
 * "stop". So work that does not return to the event loop can look whether Stop was pressed.
 */
export type ToWorker =
  | { readonly xorlab: "stop"; readonly sign?: string }
  /** Controls that interact() has shown have other values. */
  | { readonly xorlab: "change"; readonly id: string; readonly values: unknown }
  | { readonly xorlab: "script"; readonly script: Blob; readonly sign?: string };

export const pagePlatform: Platform = {
  tensorFlow,
  ...inBrowser,
  startWorker,
  host: () => pageHost,
};

const pageHost: Host = {
  reporter: () => liveReporter(display),
  onStop,
  get hearStop() {
    return sign === undefined ? undefined : hearStop;
  },
  display,
};

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
  const listener = ({ data }: MessageEvent<ToWorker | null>): void => {
    if (data?.xorlab === "stop") stop();
  };
  self.addEventListener("message", listener);
  return () => self.removeEventListener("message", listener);
}

/** An address at which there is something until Stop is pressed. */
let sign: string | undefined;
/** Whether a press of Stop was answered whose message is still to come. */
let heard = false;

const BETWEEN = 50; // milliseconds between two looks at the sign: each takes one or two
let looked = 0;

/** Answers a press of Stop before its message comes. */
function hearStop(): void {
  if (heard || sign === undefined || performance.now() - looked < BETWEEN) return;
  heard = !exists(sign);
  looked = performance.now();
  if (heard) self.dispatchEvent(new MessageEvent("message", { data: { xorlab: "stop" } satisfies ToWorker }));
}

/** A request that waits for its answer: nothing else tells a worker anything while it works, from a file at least. */
function exists(address: string): boolean {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.send();
    return true;
  } catch {
    return false;
  }
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
  self.addEventListener("message", (event: MessageEvent<ToWorker | null>) => {
    const { data, isTrusted } = event;
    if (!data?.xorlab || data.xorlab === "change" || !isTrusted) return;
    if (data.xorlab === "script") script = URL.createObjectURL(data.script);
    else if (heard) event.stopImmediatePropagation();
    [sign, heard] = [data.sign, false];
  });
  return false;
}
