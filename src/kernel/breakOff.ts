import { Session } from "node:inspector";
import { setTimeout as sleep } from "node:timers/promises";
import type { Alarm } from "./alarm.js";
import { markOf, signalMarked } from "./marked.js";

const PATIENCE = 120; // milliseconds: code that returns to the event loop has noticed an interrupt long before
const ATTENDED_PATIENCE = 3000; // where a library ends its own work: a slow machine must not cut it short
const INTERVAL = 15; // milliseconds between two looks

const MEMORY_INTERVAL = 50; // milliseconds between two looks: half of the memory can be filled in a fifth of a second
const NEAR = 0.5; // of what V8 has for values: before that the debugger, which notices when it is full, is not needed

/** How often the thread is found between two promises before it is in a loop of them. */
const PROMISES = 5;

/** How a process is ended that the main thread waits for, and after how many milliseconds more urgently. */
const URGENCY = [
  [0, "SIGINT"],
  [1000, "SIGTERM"],
  [2000, "SIGKILL"],
] as const;

/** Whose script it is, by its address: where neither Node nor the kernel has it from, it is a cell's or a library's. */
function ownerOf(url: string): "node" | "kernel" | undefined {
  if (url.startsWith("node:")) return "node";
  return /[\\/]dist[\\/]src[\\/]kernel[\\/].+\.js$/.test(url) ? "kernel" : undefined;
}

/**
 * Breaks off code of cells in the main thread, as V8's debugger does it; the kernel and all variables stay. The thread is paused first:
 * only then is it certain that a cell's code runs in it, and that this still has to end.
 *
 * @param most    how much memory V8 has for the main thread's values, in bytes
 * @param onFull  is called when code has been broken off that has filled it, where V8 would end the process
 */
export function cellBreaker(alarm: Alarm, most: number, onFull: () => void) {
  let session: Session | undefined;
  let stopping = 0; // interrupts that are waited for
  let pauseAt = 0; // milliseconds: the thread is to be paused from then on, if it has not noticed an interrupt
  let promises = 0; // how often it was between two

  const attach = (): Session => {
    if (session) return session;
    const debug = new Session();
    session = debug;
    const owners = new Map<string, "node" | "kernel">();
    debug.connectToMainThread();
    debug.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => {
      const owner = ownerOf(url);
      if (owner) owners.set(scriptId, owner);
    });
    debug.on("Debugger.paused", ({ params }) => {
      const isFull = (params.reason as string) === "OOM"; // else it was asked for, or is a statement in a cell
      const found = params.callFrames.map(({ location }) => owners.get(location.scriptId));
      const isCells = !alarm.guarded() && found.includes(undefined);
      promises = found.every((owner) => owner === "node") ? promises + 1 : 0;
      const isDue = isFull ? isCells : stopping > 0 && alarm.rings() && (isCells || promises > PROMISES);
      const done = (): void => {
        pauseAt = performance.now() + (isDue ? PATIENCE : 0);
        if (isFull) release(); // V8 takes back the memory that it has lent; the next look begins anew
        if (isFull && isDue) onFull();
      };
      if (isDue) {
        alarm.breakOff();
        debug.post("Runtime.terminateExecution", done);
      }
      debug.post("Debugger.resume", isDue ? undefined : done);
    });
    debug.post("Debugger.enable");
    return debug;
  };
  const release = (): void => {
    session?.disconnect();
    session = undefined;
    [pauseAt, promises] = [0, 0];
  };
  const lookAtMemory = setInterval(() => {
    if (process.memoryUsage.rss() > NEAR * most) attach();
  }, MEMORY_INTERVAL);

  return {
    /** Leaves the main thread to itself, once it has noticed the interrupts: it could not end while somebody debugs it. */
    async end(): Promise<void> {
      clearInterval(lookAtMemory);
      while (stopping > 0) await sleep(INTERVAL);
      release();
    },
    /**
     * Waits until the main thread has noticed an interrupt. If it waits for a process, that is ended, with all that the process has
     * started. Otherwise it is in a loop that never returns to the event loop, which is broken off.
     */
    async breakOffUnlessNoticed(interrupt: number): Promise<void> {
      let waited = 0;
      let spawning = 0; // milliseconds
      let steps = 0; // of urgency
      stopping += 1;
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
        await sleep(INTERVAL);
        waited = alarm.guarded() ? 0 : waited + INTERVAL;
        const isLate = waited >= (alarm.attended() ? ATTENDED_PATIENCE : PATIENCE);
        if (isLate && performance.now() >= pauseAt && alarm.noticed() < interrupt) {
          pauseAt = Infinity; // until it has been
          attach().post("Debugger.pause");
        }
      }
      stopping -= 1;
      if (stopping === 0) release();
    },
  };
}
