import { inBrowser } from "../inBrowser.js";
import type { StudyWorker, WorkerEvents } from "../platform.js";
import { doTask, type StudyTask } from "../study/trials.js";
import type { READY } from "./studyWorker.js";
import { STUDY_WORKER_TEXT } from "./studyWorkerText.js";

/**
 * Threads for a bundled app. Their script is a text in the bundle, so that no bundler need find a file and no server need have
 * it. Where the page's policy forbids workers made from it (`worker-src` without `blob:`), studies run in the calling thread, in
 * parts of a twentieth of a second, with the same results; the console says so once.
 */

const READY_MESSAGE: typeof READY = "xorlab: ready";

/** Whether a worker could not be made: then none is tried again. */
let forbidden = false;

let address: string | undefined;

export function startThread(events: WorkerEvents): StudyWorker {
  if (forbidden) return sameThread(events);
  try {
    address ??= URL.createObjectURL(new Blob([STUDY_WORKER_TEXT], { type: "text/javascript" }));
    return ownThread(new Worker(address, { name: "xorlab study" }), events);
  } catch (error) {
    return instead((error as Error).message, events);
  }
}

function instead(why: string, events: WorkerEvents): StudyWorker {
  if (!forbidden)
    console.warn(
      `xorlab: studies run in this thread, since no worker could be started (${why}). The page's Content-Security-Policy must have: worker-src blob:`,
    );
  forbidden = true;
  return sameThread(events);
}

/** A worker; if it turns out that it may not start, this thread does what was posted to it. */
function ownThread(worker: Worker, events: WorkerEvents): StudyWorker {
  let ready = false;
  let other: StudyWorker | undefined;
  const waiting: unknown[] = [];
  worker.addEventListener("message", ({ data }) => {
    if (data !== READY_MESSAGE) return events.onMessage(data);
    ready = true;
    for (const task of waiting.splice(0)) worker.postMessage(task);
  });
  worker.addEventListener(
    "error",
    (event) => {
      event.preventDefault(); // if it goes on failing, the study says so
      worker.terminate();
      if (ready) return events.onEnd(new Error(event.message || "the worker ended"));
      other = instead(event.message || "its script was refused", events);
      for (const task of waiting.splice(0)) other.post(task);
    },
    { once: true },
  );
  return {
    post: (task) => {
      if (other) other.post(task);
      else if (ready) worker.postMessage(task);
      else waiting.push(task);
    },
    end: () => {
      other?.end();
      worker.terminate();
    },
  };
}

function sameThread({ onMessage, onEnd }: WorkerEvents): StudyWorker {
  let over = false;
  return {
    post: async (task) => {
      await inBrowser.turn();
      if (over) return;
      try {
        onMessage(doTask(task as StudyTask));
      } catch (error) {
        onEnd(error as Error);
      }
    },
    end: () => {
      over = true;
    },
  };
}
