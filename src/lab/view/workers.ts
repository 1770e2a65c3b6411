import type { FromWorker } from "../../page.js";
import { makeOutcomes, type Outcomes, setOutcomes } from "../../study/outcomes.js";
import type { Setting } from "../setting.js";
import type { Answers, Tasks } from "../tasks.js";
import type { Answer, Question } from "../worker.js";

/** Workers: one for what a person waits for, the others count. */

/**
 * A worker that does one task at a time, and is begun anew when a task is given up.
 *
 * @param script  the address of the worker's script
 */
export function askerOf(script: Promise<string>) {
  let worker: Worker | undefined;
  let [asked, busy] = [0, false];
  const stop = (): void => {
    asked += 1;
    if (busy) worker?.terminate();
    if (busy) worker = undefined;
    busy = false;
  };
  /** Gives up what it does, if anything, and never answers that. */
  const ask = async <Name extends keyof Tasks>(
    task: Name,
    given: Parameters<Tasks[Name]>[0],
  ): Promise<Answers[Name]> => {
    stop();
    const mine = asked;
    const address = await script;
    return new Promise((resolve, reject) => {
      if (mine !== asked) return;
      worker ??= new Worker(address);
      busy = true;
      worker.onmessage = ({ data }: MessageEvent<Answer | FromWorker>) => {
        if (mine !== asked || "xorlab" in data) return; // what the library shows of its work
        busy = false;
        if ("error" in data) reject(new Error(data.error));
        else resolve(data.answer as Answers[Name]);
      };
      worker.onerror = (event) => reject(new Error(event.message || "a worker could not be started"));
      worker.postMessage({ task, given } satisfies Question);
    });
  };
  return { ask, stop, isBusy: () => busy };
}

const MOST = 10_000; // trials of a setting: then the interval is two points wide, or less
const FIRST = 8; // trials of the first chunk; from then on as many as take about as long as this:
const CHUNK = 120; // milliseconds

const PAUSE = 100; // milliseconds between two looks whether the page rests

/**
 * Counts trials of a setting in the order of their numbers, in as many workers as there are cores. One of several is spare: it
 * counts only while the page rests, so that a core is left for what is drawn or waited for.
 */
export function counterOf(script: Promise<string>, cores: number, rests: () => boolean) {
  const askers = Array.from({ length: cores }, () => askerOf(script));
  let current = 0;
  const stop = (): void => {
    current += 1;
    for (const asker of askers) asker.stop();
  };
  /** @param take  receives all outcomes so far, without a gap: those of study() with so many trials */
  const start = (
    setting: Setting,
    take: (outcomes: Outcomes, trials: number, isLast: boolean) => void,
    failed: (error: Error) => void,
  ): void => {
    stop();
    const mine = current;
    const outcomes = makeOutcomes(MOST);
    const done = new Map<number, number>(); // chunks that wait for those before them
    let [next, whole, size] = [0, 0, FIRST];
    const work = async ({ ask }: (typeof askers)[number], isSpare: boolean): Promise<void> => {
      while (next < MOST && mine === current) {
        if (isSpare && !rests()) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
          continue;
        }
        const [first, count] = [next, Math.min(size, MOST - next)];
        next += count;
        const begin = performance.now();
        const part = await ask("count", { setting, first, count });
        if (mine !== current) return;
        const fitting = (count * CHUNK) / Math.max(1, performance.now() - begin);
        size = 8 * Math.max(1, Math.min(size / 4, Math.round(fitting / 8), 64));
        setOutcomes(outcomes, first, part);
        done.set(first, count);
        for (let more = done.get(whole); more !== undefined; more = done.get(whole)) whole += more;
        take(outcomes, whole, whole === MOST);
      }
    };
    askers.forEach((asker, i) => {
      work(asker, i > 0 && i === cores - 1).catch(failed);
    });
  };
  return { start, stop };
}
