import { platform } from "../../platform.js";
import { silentReporter, stopWatch } from "../../train/progress.js";
import { counted, oneLine } from "../../words/english.js";
import { networkName } from "../../words/names.js";
import { timeLeftText } from "../../words/numbers.js";
import type { Explained } from "./remedies.js";
import { type Asked, type Onlooker, type Trying, tryAll } from "./trying.js";

/** Progress and Stop of work that never returns to the event loop. */

const LONG = 500; // milliseconds, estimated: shorter work shows no progress
const BETWEEN = 20; // milliseconds between two looks

/** How much is to be tried, and who looks on. */
export interface Controls extends Asked {
  readonly progress: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Tries what there is to try, looked at now and then: how far it is is shown, and Stop or the signal ends it. */
export function triedLookingOn(about: Explained, controls: Controls): Trying {
  const { progress, signal } = controls;
  const { network, withOtherUnits, data } = about.ended;
  const title = `explain: ${networkName(withOtherUnits ? undefined : network)} on ${oneLine(data.name)}`;
  const host = platform().host();
  const { hearStop } = host;
  const watch = hearStop ? stopWatch(host, signal) : { pressed: false, release: () => {} };
  let reporter = silentReporter;
  const start = performance.now();
  let next = start;
  const look: Onlooker = (fraction, name, milliseconds) => {
    if (reporter === silentReporter && progress && milliseconds >= LONG) reporter = host.reporter();
    const now = performance.now();
    if (now < next) return true;
    next = now + BETWEEN;
    hearStop?.();
    const facts = [name, timeLeftText(now - start, fraction)].filter((fact) => fact !== "");
    reporter.update(() => ({ title, fraction, facts }));
    return !watch.pressed && !signal?.aborted;
  };
  try {
    const trying = tryAll(about, controls, look);
    reporter.finish(`${title}: ${summaryOf(trying)}`);
    return trying;
  } finally {
    watch.release();
  }
}

/** How much was tried. */
function summaryOf({ remedies, trainedOn, stopped }: Trying): string {
  const trainings = remedies.reduce((sum, { trials }) => sum + trials, trainedOn?.trials ?? 0);
  return `${counted(remedies.length, "change")} tried in ${counted(trainings, "training")}${stopped ? ", then stopped" : ""}`;
}
