import type { LayerWeights } from "../../engine/network.js";
import type { Run } from "../../train/run.js";

/** The weights a training passed through, as points of the space of all weights. */
export interface WeightPath {
  /** How many epochs had passed; a half more if the training ended within an epoch. */
  readonly epochs: readonly number[];
  /** All weights and biases as one row of numbers, at each of these epochs. */
  readonly points: readonly Float64Array[];
  /** Whether the last weights are no numbers any more, and the path ends before them. */
  readonly broken: boolean;
}

const MOST_POINTS = 150;

/** The path of a run: its start, its end, and evenly spaced epochs between them, as far as they were kept. */
export function weightPath(run: Run): WeightPath {
  const last = run.history.loss.length;
  const end = flat(run.weights());
  const shownEpochs = evenly([0, ...keptEpochs(run)], MOST_POINTS);
  const steps = shownEpochs.map((epoch) => ({ epoch, point: flat(run.weights(epoch)) }));
  const moved = steps[steps.length - 1].point.some((value, i) => value !== end[i]);
  if (moved) steps.push({ epoch: last + 0.5, point: end }); // stopped or diverged within an epoch
  const whole = steps.findIndex(({ point }) => !point.every(Number.isFinite));
  const shown = whole < 0 ? steps : steps.slice(0, whole);
  return {
    epochs: shown.map((step) => step.epoch),
    points: shown.map((step) => step.point),
    broken: whole >= 0,
  };
}

/** The completed epochs whose weights a run still has: of a long run only every second, third, … was kept. */
function keptEpochs(run: Run): number[] {
  return run.epochsKept.filter((epoch) => epoch > 0);
}

/** At most so many of the values, evenly spaced, the first and the last among them. */
function evenly<Value>(values: readonly Value[], most: number): Value[] {
  if (values.length <= most) return [...values];
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]);
}

/** In the order of Keras's get_weights(): layer by layer the kernel, then the biases. */
function flat(layers: readonly LayerWeights[]): Float64Array {
  return Float64Array.from(layers.flatMap(({ kernel, bias }) => [...kernel.flat(), ...bias]));
}
