import { Session } from "node:inspector";
import type { Alarm } from "./alarm.js";

const PATIENCE = 120; // milliseconds: code that returns to the event loop has noticed an interrupt long before
const ATTENDED_PATIENCE = 3000; // where a library ends its own work: a slow machine must not cut it short
const INTERVAL = 15; // milliseconds between two looks

/**
 * Waits until the main thread has noticed an interrupt. If it does not, it is in a loop that never returns to the event
 * loop: then the code that runs there is broken off, as V8's debugger does it. The kernel and all variables stay.
 */
export async function breakOffUnlessNoticed(alarm: Alarm, interrupt: number): Promise<void> {
  let waited = 0;
  while (alarm.noticed() < interrupt) {
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
