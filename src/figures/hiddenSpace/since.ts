import type { Run } from "../../train/run.js";
import type { Since } from "./finding.js";

const MOST = 3000; // epochs looked at; of longer stretches only "by epoch …" is said

/** From which epoch on something holds that holds after the last one; goes back epoch by epoch. */
export function sinceWhen(run: Run, last: number, holds: (epoch: number) => boolean): Since {
  let epoch = last;
  for (let back = last - 1; back >= 0 && last - back <= MOST; back--) {
    if (!run.epochsKept.includes(back)) continue;
    if (!holds(back)) return { epoch, exact: back === epoch - 1 };
    epoch = back;
  }
  return { epoch, exact: epoch === 0 };
}
