import { OPTIMIZERS, type OptimizerSettings } from "../../../engine/optimizers.js";
import { LARGEST_EPOCHS } from "../../../settings/training.js";
import { counted } from "../../../words/english.js";
import { rounded, significant } from "../../../words/numbers.js";
import { anew, type Case, here, type KnownEnd, type Remedy, type RemedyMaker, together } from "../remedy.js";
import { scaledRows } from "./rows.js";

/** More, larger, smaller or other steps. */

/** Ten and a hundred times the epochs, from new weights. */
export const longer: RemedyMaker = ({ ended }) => [
  ...longerBy(ended, [10, 5, 3, 2], anew),
  ...longerBy(ended, [100, 50, 30, 20], anew),
];

/** A hundred times the epochs from here on; ten times are a fact of every run. */
export const longerFromHere: RemedyMaker = ({ ended }) => longerBy(ended, [100, 50, 30, 20], here);

/**
 * More epochs.
 *
 * @param times  the run's epochs; the first of these unless that takes too long
 */
export function longerBy(ended: KnownEnd, times: readonly number[], start: typeof here): Remedy[] {
  const possible = times.filter((factor) => factor * ended.settings.epochs <= LARGEST_EPOCHS);
  const [longest, ...shorter] = possible.map((factor) => {
    const epochs = factor * ended.settings.epochs;
    const change = ended.elsewhere
      ? counted(epochs, "epoch") // of its own nothing is known
      : `${factor} times as many epochs (${epochs})`;
    return start(ended, { change, options: { train: { epochs } } });
  });
  return longest ? [{ ...longest, shorter: () => shorter }] : [];
}

/** Rates beyond these rarely do anything but jump about; of "sgd" the loss decides. */
const LARGEST_RATE = { sgd: 10, adaptive: 0.1 };
/** Rates below these are small to begin with. */
const SMALL_RATE = { sgd: 0.1, adaptive: 0.01 };

function kindOf({ name }: OptimizerSettings): "sgd" | "adaptive" {
  return name === "sgd" ? "sgd" : "adaptive";
}

/** Ten times the learning rate from here, ten and a hundred times from new weights, up to what makes sense. */
export const largerSteps: RemedyMaker = ({ ended }) => {
  const { optimizer } = ended.settings;
  const most = LARGEST_RATE[kindOf(optimizer)];
  return rates(ended, [anew, 10], [anew, 100], [here, 10]).filter(
    ({ settings }) => settings.optimizer.learningRate <= most,
  );
};

/** A tenth of the learning rate; of a large one a hundredth and a thousandth too, and what is usual. */
export const smallerSteps: RemedyMaker = ({ ended }) => {
  const { optimizer } = ended.settings;
  const large = optimizer.learningRate > SMALL_RATE[kindOf(optimizer)] || ended.ending === "diverged";
  const usual = OPTIMIZERS[optimizer.name].learningRate / optimizer.learningRate;
  return [
    ...rates(ended, [anew, 0.1], [here, 0.1]),
    ...(large ? rates(ended, [anew, 0.01], [anew, 0.001]) : []),
    ...(usual < 0.001 ? rates(ended, [anew, usual]) : []),
  ];
};

const USUAL_MOMENTUM = 0.9; // a push lasts for some ten steps

/** Less momentum, where it makes steps many times longer. */
export const lessMomentum: RemedyMaker = ({ ended }) => {
  const { optimizer } = ended.settings;
  if (!("momentum" in optimizer) || optimizer.momentum <= USUAL_MOMENTUM) return [];
  const { name, learningRate } = optimizer;
  const given = { name, learningRate, momentum: USUAL_MOMENTUM };
  return [anew(ended, { change: `momentum ${USUAL_MOMENTUM}`, options: { train: { optimizer: given } } })];
};

/** Learning rates that are so many times the run's. */
function rates(
  ended: KnownEnd,
  ...times: readonly (readonly [start: typeof here, factor: number])[]
): Remedy[] {
  return times.map(([start, factor]) => {
    const learningRate = rounded(ended.settings.optimizer.learningRate * factor, 12);
    return start(ended, { change: rateText(learningRate), options: { train: { learningRate } } });
  });
}

function rateText(rate: number): string {
  return `learning rate ${significant(rate)}`;
}

const ADAM_RATE = 0.01; // ten times its default: what tiny networks bear

/** Adam with a rate that suits tiny networks. */
export const adam: RemedyMaker = ({ ended }) => {
  const optimizer = { name: "adam", ...OPTIMIZERS.adam, learningRate: ADAM_RATE } as const;
  const train = { optimizer: "adam", learningRate: ADAM_RATE } as const;
  const change = `Adam (${rateText(ADAM_RATE)})`;
  if (JSON.stringify(optimizer) === JSON.stringify(ended.settings.optimizer)) return [];
  return [anew(ended, { change, options: { train } })];
};

/** Of regressions, which rarely need only one of the two: Adam, and ten times the epochs. */
const adamForLonger: RemedyMaker = (about) => {
  if (about.ended.data.task !== "regression") return [];
  const [times] = longerBy(about.ended, [10, 5, 3, 2], anew);
  return times ? adam(about).flatMap((other) => together(other, times) ?? []) : [];
};

/** Scaled rows, and time: a training that was at odds with its data may not have been long enough for scaled ones either. */
export const scaledForLonger: RemedyMaker = (about) => {
  const [scaled] = scaledRows(about);
  const [more = longerBy(about.ended, [100, 50, 30, 20, 10], anew)[0]] = adamForLonger(about);
  const both = scaled && more && together(scaled, more);
  return both ? [both] : [];
};

const SMALL_BATCH = 4; // the default

/** More steps an epoch: a quarter of the batch; of large ones also batches as train() has them unless told otherwise. */
export const smallerBatches: RemedyMaker = ({ ended }) => {
  const batch = Math.min(ended.settings.batchSize, ended.data.rows);
  if (batch === 1) return [];
  const quarter = Math.max(1, Math.floor(batch / 4));
  return (quarter > 2 * SMALL_BATCH ? [SMALL_BATCH, quarter] : [quarter]).map((batchSize) => {
    const change = batchSize === 1 ? "a step after each row" : `batches of ${counted(batchSize, "row")}`;
    return anew(ended, { change, options: { train: { batchSize } } });
  });
};

/** Rows in a new order every epoch, where that changes anything. */
export const shuffled: RemedyMaker = ({ ended }: Case) => {
  if (ended.settings.shuffle || ended.settings.batchSize >= ended.data.rows) return [];
  const changes = { change: "shuffled rows", options: { train: { shuffle: true } } };
  return [anew(ended, changes), here(ended, changes)];
};

/** What is tried first where more, or larger, steps are needed; and where they are too large. */
export const TIME: readonly RemedyMaker[] = [
  longer,
  largerSteps,
  adam,
  adamForLonger,
  scaledForLonger,
  longerFromHere,
];
export const SMALLER_STEPS: readonly RemedyMaker[] = [smallerSteps, lessMomentum, scaledRows, adam];
