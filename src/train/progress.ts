import { type Host, platform, type Reporter } from "../platform.js";

/** Work in slices, between which it can be seen and stopped. */

/** Shows nothing. */
export const silentReporter: Reporter = { update: () => {}, finish: () => {} };

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
let turned = Number.NEGATIVE_INFINITY;

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
      if (performance.now() - turned < SLICE) continue;
      pause(next.value);
      await platform().turn();
      turned = performance.now();
    }
    return "stopped";
  } finally {
    work.return(undefined as never); // stopped work lets go of what it holds
  }
}
