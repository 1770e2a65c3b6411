import { quantile } from "../../numbers/statistics.js";
import type { Run } from "../../train/run.js";

/** The loss axis: from 0 to `top`, or logarithmic where the loss explodes. */
export interface LossScale {
  readonly logarithmic: boolean;
  readonly top: number;
  /** The largest loss, if it lies above the axis. */
  readonly beyond: number | undefined;
}

const EXPLODED = 100; // log loss never exceeds 16.2, so only a squared error without bounds gets there
const HEADROOM = 1.1;

/** An axis on which all ends and all reference lines are seen; a few high first epochs may lie above it. */
export function lossScale(runs: readonly Run[], references: readonly number[]): LossScale {
  const losses = runs.flatMap((run) => run.history.loss).sort((a, b) => a - b);
  const highest = losses.at(-1) ?? 0;
  const ends = runs.filter((run) => run.status !== "diverged").map((run) => run.history.loss.at(-1) ?? 0);
  const usual = Math.max(quantile(losses, 0.95) ?? 0, ...ends, ...references);
  if (usual > EXPLODED) return { logarithmic: true, top: highest, beyond: undefined };
  if (highest <= 2 * usual)
    return { logarithmic: false, top: HEADROOM * Math.max(highest, ...references) || 1, beyond: undefined };
  return { logarithmic: false, top: HEADROOM * usual, beyond: highest };
}
