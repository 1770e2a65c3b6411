import { random, shuffle } from "../numbers/random.js";
import { areFinite } from "./network.js";

/** A network while an engine trains it. Its state is private and changes with every step. */
export interface Learner {
  /** One step on the batch of rows order[from], …, order[to − 1]; adds to the totals as the rows pass. */
  learn(order: Uint32Array, from: number, to: number): void;
  /** Sums over the rows seen so far: their loss before each step, penalties included, and how many were accurate. */
  readonly totals: { loss: number; right: number };
  /** A copy of the weights, flat, in single precision. */
  weights(): Float32Array;
  /** Frees what the engine holds outside of JavaScript memory. */
  dispose(): void;
  /** The number of steps after which other work should get a turn. */
  readonly stepsPerPause: number;
}

/** A training that can be followed moment by moment; the same for all engines. */
export interface Trial {
  /** Ends with "diverged" as soon as the loss is no longer finite; the last moment is where that happened. */
  readonly moments: Generator<Moment, "completed" | "diverged">;
  /** The present weights, flat, in single precision. */
  weights(): Float32Array;
  dispose(): void;
}

/** How a trial goes through its data. */
export interface Schedule {
  readonly epochs: number;
  readonly batchSize: number;
  /** Whether every epoch takes the rows in a new order. */
  readonly shuffle: boolean;
  readonly seed: number;
}

/** The state of a trial after a step. */
export interface Moment {
  /** Epochs completed. */
  readonly epoch: number;
  /** Steps taken, over all epochs. */
  readonly step: number;
  /** Mean loss and share of right answers over the epoch so far, as Keras prints them. */
  readonly loss: number;
  readonly accuracy: number;
  /** Whether an epoch has just been completed. */
  readonly epochEnds: boolean;
}

/**
 * One seeded training of a learner: shuffles the rows, cuts them into batches, takes a step on each, and yields at the end
 * of every epoch and now and then within it, so that the caller can report progress, or stop.
 */
export function learnerTrial(learner: Learner, rows: number, schedule: Schedule): Trial {
  return {
    moments: learnerMoments(learner, rows, schedule),
    weights: () => learner.weights(),
    dispose: () => learner.dispose(),
  };
}

function* learnerMoments(learner: Learner, rows: number, schedule: Schedule): Trial["moments"] {
  const { epochs, batchSize } = schedule;
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const source = random(schedule.seed, "shuffle");
  const { totals } = learner;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (schedule.shuffle) shuffle(order, source);
    totals.loss = 0;
    totals.right = 0;
    for (let from = 0; from < rows; from += batchSize) {
      const to = Math.min(from + batchSize, rows);
      learner.learn(order, from, to);
      step += 1;
      const finite = Number.isFinite(totals.loss);
      if (finite && (to === rows || step % learner.stepsPerPause !== 0)) continue;
      yield { epoch, step, loss: totals.loss / to, accuracy: totals.right / to, epochEnds: false };
      if (!finite) return "diverged";
    }
    yield {
      epoch: epoch + 1,
      step,
      loss: totals.loss / rows,
      accuracy: totals.right / rows,
      epochEnds: true,
    };
  }
  return areFinite(learner.weights()) ? "completed" : "diverged"; // the last step, after its loss was taken, may overflow
}

/** Does work that pauses now and then, without the pauses. */
export function runToEnd<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}
