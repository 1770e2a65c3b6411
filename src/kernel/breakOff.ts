import { Session } from "node:inspector";
import type { Alarm } from "./alarm.js";
import { markOf, signalMarked } from "./marked.js";

const PATIENCE = 120; // milliseconds: code that returns to the event loop has noticed an interrupt long before
const ATTENDED_PATIENCE = 3000; // where a library ends its own work: a slow machine must not cut it short
const INTERVAL = 15; // milliseconds between two looks

/** How a process is ended that the main thread waits for, and after how many milliseconds more urgently. */
const URGENCY = [
  [0, "SIGINT"],
  [1000, "SIGTERM"],
  [2000, "SIGKILL"],
] as const;

/**
 * Waits until the main thread has noticed an interrupt. If it waits for a process, that is ended, with all that the process has started.
 * Otherwise it is in a loop that never returns to the event loop: the code that runs there is broken off, as V8's debugger does it. The
 * kernel and all variables stay.
 */
export async function breakOffUnlessNoticed(alarm: Alarm, interrupt: number): Promise<void> {
  let waited = 0;
  let spawning = 0; // milliseconds
  let steps = 0; // of urgency
  while (alarm.noticed() < interrupt) {
    if (alarm.spawning() > 0) {
      const next = URGENCY[steps];
      if (next && spawning >= next[0]) {
        signalMarked(markOf(alarm.mark(), alarm.spawning()), next[1]);
        steps += 1;
      }
      spawning += INTERVAL;
      waited = 0;
    } else [spawning, steps] = [0, 0];
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
    waited = alarm.guarded() ? 0 : waited + INTERVAL;
    if (waited >= (alarm.attended() ? ATTENDED_PATIENCE : PATIENCE) && alarm.noticed() < interrupt) {
      alarm.breakOff();
      await breakOff();
      waited = 0;
    }
  }
}

function breakOff(): Promise<void> {
  const session = new Session();
  session.connectToMainThread();
  return new Promise((resolve) => {
    session.post("Runtime.terminateExecution", () => {
      session.disconnect();
      resolve();
    });
  });
}
