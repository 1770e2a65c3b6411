import { type Dataset, judgedRows, makeDataset } from "../data/dataset.js";
import { distinctRows, frequencies, MOST_ENUMERATED } from "../data/rows.js";
import { layerCourses } from "../engine/layerValues.js";
import type { Network } from "../engine/network.js";
import { meanLoss } from "../engine/plain.js";
import type { TrainSettings } from "../settings/training.js";
import type { RunStatus } from "../train/run.js";
import { type Course, courseOf } from "../verdict/course.js";
import { mostRightAnswers, rightAnswers } from "../verdict/outcome.js";
import { atCost, type TiedRows, tiedRows, tiesCost } from "../verdict/ties.js";
import { type Curvature, curvatureAt } from "./curvature.js";
import { type GradientFacts, gradientFacts, lossSurface } from "./gradient.js";
import { statesOf, type UnitState, unitStates } from "./units.js";
import { type Working, workingPart } from "./workingPart.js";

/** A training that has ended, as explain() needs to know it. */
export interface Ended {
  readonly settings: TrainSettings;
  readonly status: RunStatus;
  /** Whether the judged rows are right, to the share that was asked for. */
  readonly solved: boolean;
  readonly divergedAt?: { readonly epoch: number; readonly step: number };
  readonly data: Dataset;
  readonly firstPerfectEpoch?: number | undefined;
  /** Losses of the completed epochs. */
  readonly losses: readonly number[];
  /** The structure and the final weights; undefined for models that are no chain of dense layers. */
  readonly network: Network | undefined;
  readonly weights: Float32Array | undefined;
  /** Predictions with the final weights. */
  readonly predict: (inputs: Float32Array) => ArrayLike<number>;
}

/** What was computed about the rows on which the network is judged. */
export interface RowFacts {
  /** The different rows, sorted; of very many an evenly spread part. */
  readonly rows: Dataset;
  /** How often each stands in the data. */
  readonly counts: readonly number[];
  readonly answers: readonly number[];
  /** How many are on the right side of ½. */
  readonly right: number;
  /** Mean loss over the rows, each counted once. */
  readonly loss: number;
}

/** Everything that is computed without trying anything. */
export interface Facts {
  readonly judged: RowFacts;
  /** The most judged rows that any answers could get right: all, unless the data contradict themselves. */
  readonly mostRight: number;
  /** Whether that is as many as are asked for. */
  readonly possible: boolean;
  /** Mean loss over all data with the final weights. */
  readonly lossNow: number;
  readonly ties: readonly TiedRows[];
  /** What the ties cost, at best: if every row looked at were equally frequent, and for the data. */
  readonly floor: { readonly equal: number; readonly data: number };
  /** Whether that is what the loss over the judged rows is made of. */
  readonly atFloor: boolean;
  readonly course: Course | undefined;
  /** What is known of the inside; undefined where the structure is unknown or a weight is not finite. */
  readonly inside: InsideFacts | undefined;
}

export interface InsideFacts {
  /** Hidden units, layer by layer, on the judged rows. */
  readonly units: readonly (readonly UnitState[])[];
  readonly working: Working;
  readonly gradient: GradientFacts;
  /**
   * Undefined for large networks, for runs that solved their data, and where it would tell nothing: far from the floor
   * of any ties, with a gradient that is not nearly zero.
   */
  readonly curvature: Curvature | undefined;
}

/** Computes the facts. */
export function factsOf(ended: Ended): Facts {
  const { data, settings, network, weights } = ended;
  const judged = judgedRows(data);
  const { rows, counts: own } = distinctRows(judged);
  const counts = judged === data ? own : Array.from(frequencies(data, rows));
  const answers = Array.from(ended.predict(rows.inputs));
  const inside = network && weights?.every(Number.isFinite) ? { network, weights } : undefined;
  const courses = inside ? layerCourses(inside.network, inside.weights, rows.inputs) : [];
  const ties = tiedRows(rows, counts, answers, courses, settings.loss);
  const { loss } = settings;
  const cost = (counts: ArrayLike<number>) => tiesCost(ties, rows, counts, loss);
  const atFloor = atCost(meanLoss(answers, rows, loss, own), cost(own));
  const mostRight = mostRightAnswers(judged);
  return {
    judged: {
      ...{ rows, counts, answers, right: rightAnswers(answers, rows.targets) },
      loss: meanLoss(answers, rows, loss),
    },
    ...{ mostRight, possible: mostRight / judged.rows >= settings.solvedAccuracy },
    lossNow: judged === data ? meanLoss(answers, rows, loss, counts) : dataLoss(ended),
    ...{ ties, floor: { equal: cost(rows.targets.map(() => 1)), data: cost(counts) }, atFloor },
    course: courseOf(ended.losses),
    inside: inside && insideFacts(ended, inside.network, inside.weights, statesOf(courses), atFloor),
  };
}

function insideFacts(
  { data, settings, solved }: Ended,
  network: Network,
  weights: Float32Array,
  units: InsideFacts["units"],
  tied: boolean,
): InsideFacts {
  const training = distinctRows(data);
  const surface = lossSurface(network, training, settings.loss);
  const gradient = gradientFacts(network, weights, training, settings.loss);
  return {
    units,
    working: workingPart(network, unitStates(network, weights, together(training.rows, judgedRows(data)))),
    gradient,
    curvature:
      solved || (gradient.size === "not zero" && !tied)
        ? undefined
        : curvatureAt(surface, weights, training.rows.rows),
  };
}

/** The training rows, and the rows of the truth table that may not be among them. */
function together(training: Dataset, judged: Dataset): Dataset {
  const inputs = Float32Array.from([...training.inputs, ...judged.inputs]);
  const targets = Float32Array.from([...training.targets, ...judged.targets]);
  return judged.rows > MOST_ENUMERATED
    ? training
    : makeDataset(training.name, training.features, inputs, targets);
}

function dataLoss({ data, settings, predict }: Ended): number {
  const { rows, counts } = distinctRows(data);
  return meanLoss(predict(rows.inputs), rows, settings.loss, counts);
}
