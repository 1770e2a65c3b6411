import workerThreads, { type Worker } from "node:worker_threads";

/** The worker threads that were started since watchWorkers(). */
const started: Worker[] = [];
const exited = new Set<Worker>();
let atStart: (worker: Worker) => void = () => {};

/**
 * Notes every worker thread that anybody starts from now on. To be called before the pool's library is loaded: that one
 * reads the class when it starts a thread, so it gets ours.
 */
export function watchWorkers(): void {
  class WatchedWorker extends workerThreads.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
      this.once("exit", () => exited.add(this));
      atStart(this);
    }
  }
  workerThreads.Worker = WatchedWorker;
}

/** Does something with every worker that is started, until told otherwise. */
export function onStart(then: (worker: Worker) => void): void {
  atStart = then;
}

/** How many were started so far. */
export function startedCount(): number {
  return started.length;
}

/** The workers that have not ended. */
export function livingWorkers(): Worker[] {
  return started.filter((worker) => !exited.has(worker));
}
