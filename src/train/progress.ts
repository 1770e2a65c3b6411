/** What long work tells of itself, and how it lets others have their turn. */

/** How far the work is. All texts are plain text. */
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

/** Shows progress somewhere; the last thing it shows is the summary. */
export interface Reporter {
  /** Asks for the progress only when it is time to show it. */
  update(progress: () => Progress): void;
  finish(summary: string): void;
}

/** Where work runs: a notebook, a terminal, or nowhere that anybody looks. */
export interface Host {
  reporter(): Reporter;
  /** Calls back when the user asks to stop; returns what ends the listening. */
  onStop(stop: () => void): () => void;
}

/** Shows nothing, and leaves stopping to the signal. */
export const silentHost: Host = {
  reporter: () => ({ update: () => {}, finish: () => {} }),
  onStop: () => () => {},
};

/** One look at a stop button and an AbortSignal together. */
export interface StopWatch {
  readonly pressed: boolean;
  release(): void;
}

/** Listens to the host's stop button and to a signal until released. */
export function stopWatch(host: Host, signal: AbortSignal | undefined): StopWatch {
  let pressed = false;
  const release = host.onStop(() => {
    pressed = true;
  });
  return {
    get pressed() {
      return pressed || signal?.aborted === true;
    },
    release,
  };
}

const SLICE = 20; // milliseconds of work between two looks at the outside world: a stop button answers at once

/** When the event loop last turned: of many short works, one after the other, some have to let it turn. */
let breathed = Number.NEGATIVE_INFINITY;

/**
 * Drives work to its end in slices, so that the event loop lives on: signals arrive, pictures are sent.
 *
 * @param take   sees every moment
 * @param pause  sees the moments at which the work pauses
 * @returns the work's result, or "stopped"
 */
export async function inSlices<Moment, Result>(
  work: Generator<Moment, Result>,
  watch: StopWatch,
  take: (moment: Moment) => void,
  pause: (moment: Moment) => void,
): Promise<Result | "stopped"> {
  try {
    while (!watch.pressed) {
      const next = work.next();
      if (next.done) return next.value;
      take(next.value);
      if (performance.now() - breathed < SLICE) continue;
      pause(next.value);
      await breathe();
      breathed = performance.now();
    }
    return "stopped";
  } finally {
    work.return(undefined as never); // stopped work lets go of what it holds
  }
}

/** Lets the event loop turn once, timers and signals included. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
