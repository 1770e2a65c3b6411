import { type Dataset, judgedRows, makeDataset } from "../data/dataset.js";
import { distinctRows, frequencies, inputsOf, MOST_ENUMERATED } from "../data/rows.js";
import { layerCourses } from "../engine/layerValues.js";
import { areFinite, type Network } from "../engine/network.js";
import { lossAndGradient, meanLoss } from "../engine/plain.js";
import type { TrainSettings } from "../settings/training.js";
import { type Course, courseOf } from "../verdict/course.js";
import { type Ending, mostRightRows, rightRows } from "../verdict/outcome.js";
import { atCost, type TiedRows, tiedRows, tiesCost } from "../verdict/ties.js";
import { type Curvature, curvatureAt } from "./curvature.js";
import { type GradientFacts, gradientFacts } from "./gradient.js";
import { statesOf, type UnitState, unitStates } from "./units.js";
import { type Working, workingPart } from "./workingPart.js";

/** A training that has ended, as explain() needs to know it. */
export interface Ended {
  readonly settings: TrainSettings;
  readonly ending: Ending;
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
}

/** Rows with different targets that get the same answer. */
export interface Tie extends TiedRows {
  readonly inputs: readonly (readonly number[])[];
}

/** The losses that are compared, in the loss's unit (nats for binary cross-entropy). */
export interface LossFacts {
  /** What the training reported: the running mean over the last epoch. Undefined without a completed epoch. */
  readonly reported: number | undefined;
  /** Mean over all data with the final weights. */
  readonly now: number;
  /** Mean over the judged rows with the final weights, each counted once. */
  readonly judged: number;
  /** What the ties cost at best, with the rows as frequent as in the data; 0 without ties. */
  readonly floor: number;
  /** The same if all judged rows were equally frequent. */
  readonly floorIfEqual: number;
}

/** Everything that is computed without trying anything. */
export interface Facts {
  readonly judged: RowFacts;
  /** The most judged rows that any answers could get right: all, unless the data contradict themselves. */
  readonly mostRight: number;
  /** Whether that is as many as are asked for. */
  readonly possible: boolean;
  readonly ties: readonly Tie[];
  readonly loss: LossFacts;
  /** Whether the ties' cost is what the loss over the judged rows is made of. */
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
   * of any ties, with a gradient that is not small.
   */
  readonly curvature: Curvature | undefined;
}

/** Computes the facts. */
export function factsOf(ended: Ended): Facts {
  const { data, settings, network, weights, losses } = ended;
  const judged = judgedRows(data);
  const { rows, counts: own } = distinctRows(judged);
  const counts = judged === data ? own : Array.from(frequencies(data, rows));
  const answers = Array.from(ended.predict(rows.inputs));
  const inside = network && weights && areFinite(weights) ? { network, weights } : undefined;
  const courses = inside ? layerCourses(inside.network, inside.weights, rows.inputs) : [];
  const ties = tiedRows(rows, counts, answers, courses, settings.loss);
  const meanOf = (counts?: ArrayLike<number>) => meanLoss(answers, rows, settings.loss, counts);
  const costOf = (counts: ArrayLike<number>) => tiesCost(ties, rows, counts, settings.loss);
  const atFloor = atCost(meanOf(own), costOf(own));
  const mostRight = mostRightRows(judged);
  return {
    judged: { rows, counts, answers, right: rightRows(answers, rows) },
    ...{ mostRight, possible: mostRight / judged.rows >= settings.solvedAccuracy },
    ties: ties.map((tie) => ({ ...tie, inputs: tie.rows.map((row) => Array.from(inputsOf(rows, row))) })),
    loss: {
      reported: losses[losses.length - 1],
      now: judged === data ? meanOf(counts) : dataLoss(ended),
      judged: meanOf(),
      floor: costOf(counts),
      floorIfEqual: costOf(rows.targets.map(() => 1)),
    },
    ...{ atFloor, course: courseOf(losses) },
    inside: inside && insideFacts(ended, inside.network, inside.weights, statesOf(courses), atFloor),
  };
}

function insideFacts(
  { data, settings: { loss }, ending }: Ended,
  network: Network,
  weights: Float32Array,
  units: InsideFacts["units"],
  atFloor: boolean,
): InsideFacts {
  const training = distinctRows(data);
  const { rows, counts } = training;
  const gradient = gradientFacts(network, weights, training, loss);
  const surface = (place: Float64Array) => lossAndGradient(network, place, rows, loss, counts);
  const tells = ending !== "solved" && (gradient.size !== "not small" || atFloor);
  return {
    units,
    working: workingPart(network, unitStates(network, weights, together(rows, judgedRows(data)))),
    gradient,
    curvature: tells ? curvatureAt(surface, weights, rows.rows) : undefined,
  };
}

/** The training rows, and the rows of the truth table that may not be among them. */
function together(training: Dataset, judged: Dataset): Dataset {
  if (judged.rows > MOST_ENUMERATED) return training;
  const inputs = Float32Array.from([...training.inputs, ...judged.inputs]);
  const targets = Float32Array.from([...training.targets, ...judged.targets]);
  return makeDataset({ ...training, inputs, targets });
}

function dataLoss({ data, settings, predict }: Ended): number {
  const { rows, counts } = distinctRows(data);
  return meanLoss(predict(rows.inputs), rows, settings.loss, counts);
}
