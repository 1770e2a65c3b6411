import { type Host, platform, type Reporter } from "../platform.js";

/** Work in slices: between two of them progress is shown, and the work can be stopped. */

/** Shows nothing. */
export const silentReporter: Reporter = { update: () => {}, finish: () => {} };

/** A stop button and an AbortSignal together. */
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

const SLICE = 20; // milliseconds of work before the event loop gets a turn: short enough for a stop button

/** When the event loop last had a turn, whoever worked: a series of short trainings gives it one every 20 ms as well. */
let turned = Number.NEGATIVE_INFINITY;

/**
 * Does work in slices, so that the event loop runs in between: signals arrive, pictures are sent.
 *
 * @param take   receives every moment
 * @param pause  receives those after which the event loop gets a turn
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
      if (performance.now() - turned < SLICE) continue;
      pause(next.value);
      await platform().turn();
      turned = performance.now();
    }
    return "stopped";
  } finally {
    work.return(undefined as never); // work that is stopped runs its finally blocks
  }
}
