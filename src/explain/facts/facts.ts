import { type Dataset, judgedRows } from "../../data/dataset.js";
import { type DistinctRows, distinctRows, frequencies, hasAllRows, inputsOf } from "../../data/rows.js";
import { answersInUnits } from "../../data/scaling.js";
import { layerCourses } from "../../engine/layerValues.js";
import { areFinite } from "../../engine/network.js";
import { type Course, courseOf } from "../../verdict/course.js";
import { constantAnswer } from "../../verdict/floors.js";
import { endingOf, rightRows } from "../../verdict/outcome.js";
import { atCost, type TiedRows, tiedRows, tiesCost, toleranceUnit } from "../../verdict/ties.js";
import type { Ended } from "../ended.js";
import { type ClassFacts, classFacts } from "./classes.js";
import { surfaceOf } from "./curvature.js";
import { type InsideFacts, insideFacts } from "./inside.js";
import { type Judgement, judgementOf } from "./judgement.js";
import { type NeighbourFacts, neighbourFacts, type ScatterFacts, scatterFacts } from "./neighbours.js";
import { countedLoss } from "./output.js";
import { type Misfit, misfitOf } from "./scale.js";
import { type StepFacts, stepFacts } from "./steps.js";
import { type StructureFacts, structureFacts } from "./structure.js";

/** What was computed about the rows on which the network is judged. */
export interface RowFacts {
  /** The different rows, sorted; of very many an evenly spread part. */
  readonly rows: Dataset;
  /** How often each stands in the data. */
  readonly counts: readonly number[];
  /** Whether the data have other rows besides: then a loss over the data and one over these rows have nothing in common. */
  readonly apart: boolean;
  /** How often each counts in the loss that is compared with what ties cost: in the data, or in these rows where they are apart. */
  readonly weights: readonly number[];
  /** rows × outputs numbers. */
  readonly answers: readonly number[];
  /** How many are right; in a regression none is. */
  readonly right: number;
}

/** Rows with different targets that get the same answer. */
export interface Tie extends TiedRows {
  readonly inputs: readonly (readonly number[])[];
}

/** The losses that are compared, in the loss's unit (nats for cross-entropies), without penalties but for the reported one. */
export interface LossFacts {
  /** What the training reported: the running mean over the last epoch. Undefined without a completed epoch. */
  readonly reported: number | undefined;
  /** Mean over all data with the final weights. */
  readonly now: number;
  /** Mean over the judged rows with the final weights, each counted once. */
  readonly judged: number;
  /** What the best constant answer costs on all data. */
  readonly constant: number;
  /** What the ties cost at best, 0 without ties: of the loss over the data, or over the judged rows where those are apart. */
  readonly floor: number;
  /** The same if all judged rows were equally frequent. */
  readonly floorIfEqual: number;
}

/** Everything that is computed without trying anything. */
export interface Facts {
  readonly judged: RowFacts;
  readonly judgement: Judgement;
  /** Whether any answers could be good enough. */
  readonly possible: boolean;
  /** Of all judged rows; undefined for regressions and several answers a row. */
  readonly classes: ClassFacts | undefined;
  readonly ties: readonly Tie[];
  readonly loss: LossFacts;
  /** Whether the ties' cost is what the loss over the judged rows is made of. */
  readonly atFloor: boolean;
  readonly course: Course | undefined;
  /** What follows from structure and data alone, of runs that did not solve their data. */
  readonly structure: StructureFacts | undefined;
  /** Of such runs where the judged rows are not those of the training: whether the latter are right. */
  readonly trainingSolved: boolean;
  /** Of such runs: how well the nearest rows tell the classes. */
  readonly neighbours: NeighbourFacts | undefined;
  /** And how much of a regression's targets they leave open. */
  readonly scatter: ScatterFacts | undefined;
  /** What the steps come to, and what does not fit the scale of inputs or targets: of runs that were not solved. */
  readonly steps: StepFacts | undefined;
  readonly misfit: Misfit | undefined;
  /** What is known of the inside; undefined where the structure is unknown or a weight is not finite. */
  readonly inside: InsideFacts | undefined;
}

/** Computes the facts. */
export function factsOf(ended: Ended): Facts {
  const { data, settings, network, losses } = ended;
  const judged = judgedRows(data);
  const different = distinctRows(judged);
  const { rows, counts: own } = different;
  const counts = judged === data ? own : Array.from(frequencies(data, rows));
  const apart = judged !== data && !hasAllRows(counts, data);
  const weights = apart ? own : counts;
  const answers = Array.from(ended.predict(rows.inputs));
  const judgedAnswers = ended.predict(judged.inputs);
  const known =
    network && ended.weights && areFinite(ended.weights) ? { network, weights: ended.weights } : undefined;
  const courses = known ? layerCourses(known.network, known.weights, rows.inputs) : [];
  const ties = tiedRows(rows, counts, answers, courses, settings.loss);
  const meanOf = (counts?: ArrayLike<number>) => countedLoss(answers, rows, settings.loss, ended, counts);
  const costOf = (counts: ArrayLike<number>) => tiesCost(ties, rows, counts, settings.loss);
  const constant = constantAnswer(data, settings.loss).loss;
  const atFloor = atCost(meanOf(own), costOf(own), toleranceUnit(data, settings.loss));
  const judgement = judgementOf(judgedAnswers, ended);
  const training = judged === data ? different : distinctRows(data);
  const inside = known && insideFacts(ended, known, training, courses, atFloor);
  return {
    judged: { rows, counts, apart, weights, answers, right: rightRows(answers, rows) },
    ...{ judgement, possible: judgement.possible, classes: classFacts(judgedAnswers, judged) },
    ties: ties.map((tie) => ({ ...tie, inputs: tie.rows.map((row) => Array.from(inputsOf(rows, row))) })),
    loss: {
      reported: losses[losses.length - 1],
      now: judged === data ? meanOf(counts) : dataLoss(ended, training),
      judged: meanOf(),
      constant,
      floor: costOf(weights),
      floorIfEqual: costOf(counts.map(() => 1)),
    },
    ...{ atFloor, course: courseOf(losses), inside, structure: structureFacts(ended, inside) },
    ...trainingFacts(ended, training, judgement, inside?.working.deadLayer !== undefined),
  };
}

/** What follows from how the network was trained, of runs that did not solve their data. */
function trainingFacts(
  ended: Ended,
  training: DistinctRows,
  { error = 0 }: Judgement,
  isDead: boolean,
): Pick<Facts, "trainingSolved" | "neighbours" | "scatter" | "steps" | "misfit"> {
  const { ending, data, settings, network, weights, start } = ended;
  const unsolved = ending === "unsolved";
  const trained = unsolved && judgedRows(data) !== data;
  const shared = {
    trainingSolved: trained && endingOf("completed", ended.predict(data.inputs), data, settings) === "solved",
    neighbours: unsolved ? neighbourFacts(data, ended.predict(data.inputs)) : undefined,
    scatter: unsolved ? scatterFacts(data, ended.predict(data.inputs)) : undefined,
  };
  if (!network || !weights || !start || !(unsolved || ending === "diverged"))
    return { ...shared, steps: undefined, misfit: undefined };
  const steps = stepFacts(ended, network, start, weights, surfaceOf(network, settings.loss, training));
  const place = { network, settings, training, start, weights };
  return { ...shared, steps, misfit: misfitOf(place, error, isDead ? undefined : steps.updates) };
}

function dataLoss(ended: Ended, { rows, counts }: DistinctRows): number {
  return countedLoss(ended.predict(rows.inputs), rows, ended.settings.loss, ended, counts);
}

/** A row's answers, in the units in which targets were given. */
export function answersOf({ judged: { rows, answers } }: Facts, row: number): ArrayLike<number> {
  return answersInUnits(rows, answers.slice(row * rows.outputs, (row + 1) * rows.outputs));
}
