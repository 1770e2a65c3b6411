import { Session } from "node:inspector";
import type { Alarm } from "./alarm.js";

const PATIENCE = 120; // milliseconds: code that yields has heard of an interrupt long before
const ATTENDED_PATIENCE = 3000; // where a library ends its own work: a slow machine must not cut it short
const LOOK = 15;

/**
 * Waits until the main thread has noticed an interrupt. If it does not, it is in a loop that never yields: then what runs
 * there is broken off, as V8's debugger does it; the kernel and all variables stay.
 */
export async function wakeMainThread(alarm: Alarm, interrupt: number): Promise<void> {
  let waited = 0;
  while (alarm.noticed() < interrupt) {
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    waited = alarm.guarded() ? 0 : waited + LOOK;
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

/** A kernel whose Jupyter server is gone goes too. */
export function watchParent(): void {
  if (!process.env.JPY_PARENT_PID) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 2000).unref();
}
