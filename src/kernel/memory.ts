import { Session } from "node:inspector";
import type { Alarm } from "./alarm.js";

const INTERVAL = 50; // milliseconds between two looks: half of the memory can be filled in a fifth of a second
const NEAR = 0.5; // of what V8 has for values: before that the debugger, which notices when it is full, is not needed
const OWN = /^$|^node:|[\\/]src[\\/]kernel[\\/][^\\/]+\.js$/; // scripts of the kernel, which must go on

/**
 * Breaks off the main thread's code when it has filled the memory that V8 has for values, where V8 would end the process:
 * its debugger is told before that, and for a moment has more.
 *
 * @param most    how much V8 has, in bytes
 * @param onFull  is called when the code has been broken off
 * @returns ends it
 */
export function watchMemory(most: number, alarm: Alarm, onFull: () => void): () => void {
  let session: Session | undefined;
  const release = (): void => {
    session?.disconnect();
    session = undefined;
  };
  const attend = (): void => {
    const debug = new Session();
    session = debug;
    const own = new Set<string>();
    debug.connectToMainThread();
    debug.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      if (OWN.test(url)) own.add(scriptId);
    });
    debug.on("Debugger.paused", ({ params }) => {
      const isFull = (params.reason as string) === "OOM"; // else it is a statement in a cell
      const isCells =
        !alarm.guarded() && params.callFrames.some(({ location }) => !own.has(location.scriptId));
      if (isFull && isCells) {
        alarm.breakOff();
        debug.post("Runtime.terminateExecution", () => {
          release(); // V8 takes back what it has given; the next look begins anew
          onFull();
        });
      }
      debug.post("Debugger.resume");
      if (isFull && !isCells) release();
    });
    debug.post("Debugger.enable");
  };
  const timer = setInterval(() => {
    const isNear = process.memoryUsage.rss() > NEAR * most;
    if (isNear && !session) attend();
  }, INTERVAL);
  return () => {
    clearInterval(timer);
    release();
  };
}
