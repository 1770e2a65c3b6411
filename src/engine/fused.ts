import type { Dataset } from "../data/dataset.js";
import type { Loss } from "./losses.js";
import { areFinite, type Network, outputLayer, parameterCount } from "./network.js";
import type { OptimizerSettings } from "./optimizers.js";
import { type Lane, LaneGroup } from "./simd/lanes.js";
import { fitsIntoBits } from "./simd/memory.js";
import type { Moment, Schedule, Trial } from "./trial.js";

/** What all trials of a setting have in common. */
export interface FusedPlan extends Omit<Schedule, "seed"> {
  readonly network: Network;
  readonly loss: Loss;
  readonly optimizer: OptimizerSettings;
}

/** One trial in the fused engine. It gives the same bits as the same trial in a group of eight. */
export function fusedTrial(plan: FusedPlan, lane: Lane): Trial {
  const group = groupFor(plan, [lane.data], 1);
  group.start([lane]);
  const weights = (): Float32Array => group.weights(0);
  return { moments: fusedMoments(plan, group, lane.data.rows), weights, dispose: () => {} };
}

function* fusedMoments(
  plan: FusedPlan,
  group: LaneGroup,
  rows: number,
): Generator<Moment, "completed" | "diverged"> {
  const stepsAnEpoch = Math.ceil(rows / plan.batchSize);
  const parts = partsOf(plan, rows);
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    if (plan.shuffle) group.shuffle();
    group.startEpoch();
    for (const [from, to] of parts) {
      group.train(from, to, true);
      const step = epoch * stepsAnEpoch + Math.ceil(to / plan.batchSize);
      const sums = { loss: group.lossSum(0) / to, accuracy: 1 - group.wrong(0) / to };
      if (group.finiteSteps(0) < step) {
        yield { epoch, step: group.finiteSteps(0) + 1, ...sums, epochEnds: false };
        return "diverged";
      }
      yield { epoch: to === rows ? epoch + 1 : epoch, step, ...sums, epochEnds: to === rows };
    }
  }
  return areFinite(group.weights(0)) ? "completed" : "diverged"; // the last step, after its loss was taken, may overflow
}

/** The result of one trial of a group. */
export interface LaneResult {
  readonly weights: Float32Array;
  readonly diverged: boolean;
  /** Mean loss of the last epoch. */
  readonly finalLoss: number;
  /** The first epoch whose running accuracy was 1, counted from 1; 0 if there was none. */
  readonly firstPerfectEpoch: number;
  /** The first epoch after which the weights passed the test, counted from 1; 0 if there was none. */
  readonly firstSolvedEpoch: number;
}

/**
 * Up to eight trials side by side; yields now and then the share that is done. The loss is computed in the last epoch only,
 * where that is enough.
 *
 * @param isSolved  of each lane the test whether weights solve its task; the array that it gets is used again
 */
export function* fusedGroup(
  plan: FusedPlan,
  group: LaneGroup,
  lanes: readonly Lane[],
  isSolved: readonly ((weights: ArrayLike<number>) => boolean)[],
): Generator<number, LaneResult[]> {
  const rows = lanes[0].data.rows;
  const parts = partsOf(plan, rows);
  const lossEpochs = canOverflow(plan) ? plan.epochs : 1;
  const weights = new Float32Array(parameterCount(plan.network));
  const firsts = lanes.map(() => ({ firstPerfectEpoch: 0, firstSolvedEpoch: 0 }));
  group.start(lanes);
  for (let epoch = 1; epoch <= plan.epochs; epoch++) {
    if (plan.shuffle) group.shuffle();
    group.startEpoch();
    for (const [from, to] of parts) {
      group.train(from, to, epoch > plan.epochs - lossEpochs);
      yield (epoch - 1 + to / rows) / plan.epochs;
    }
    for (let lane = 0; lane < lanes.length; lane++) {
      const first = firsts[lane];
      if (!first.firstPerfectEpoch && group.wrong(lane) === 0) first.firstPerfectEpoch = epoch;
      if (!first.firstSolvedEpoch && isSolved[lane](group.weights(lane, weights)))
        first.firstSolvedEpoch = epoch;
    }
  }
  const steps = Math.ceil(rows / plan.batchSize) * lossEpochs;
  return firsts.map((first, lane) => ({ ...first, ...endOf(group, lane, rows, steps) }));
}

/** How a lane ended, whose loss was asked for in this many steps. */
function endOf(group: LaneGroup, lane: number, rows: number, steps: number) {
  const weights = group.weights(lane);
  const diverged = group.finiteSteps(lane) < steps || !areFinite(weights);
  return { weights, diverged, finalLoss: group.lossSum(lane) / rows };
}

/**
 * Whether the loss can stop being finite while the weights still are. Log loss cannot, nor can categorical cross-entropy of a
 * softmax: they are clipped, so that only an answer of NaN leaves their bounds, and that makes weights NaN as well.
 */
function canOverflow({ loss, network }: FusedPlan): boolean {
  const { activation } = outputLayer(network);
  const clipped =
    loss === "binaryCrossentropy" || (loss === "categoricalCrossentropy" && activation === "softmax");
  return !clipped || network.layers.some(({ l1 = 0, l2 = 0 }) => l1 > 0 || l2 > 0);
}

/** Trials that a study trains side by side: two vectors of four lanes. */
export const STUDY_LANES = 8;

/** A group that can train data of this shape, all of one task and threshold. */
export function groupFor(plan: FusedPlan, data: readonly Dataset[], vectors: 1 | 2): LaneGroup {
  const { network, loss, optimizer, batchSize } = plan;
  const { task, threshold, rows } = data[0];
  const bits = data.every(fitsIntoBits);
  return new LaneGroup({ network, loss, optimizer, batchSize, task, threshold, bits, vectors }, rows);
}

const PART_WORK = 400_000; // rows times weights between two pauses: about a millisecond

/** The rows of an epoch, cut where batches end into parts of about a millisecond. */
function partsOf({ network, batchSize }: FusedPlan, rows: number) {
  const size = batchSize * Math.max(1, Math.floor(PART_WORK / (parameterCount(network) * batchSize)));
  const starts = Array.from({ length: Math.ceil(rows / size) }, (_, i) => i * size);
  return starts.map((from) => [from, Math.min(rows, from + size)] as const);
}
