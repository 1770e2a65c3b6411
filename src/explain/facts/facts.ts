import { judgedRows } from "../../data/dataset.js";
import { type DistinctRows, distinctRows, frequencies, hasAllRows, inputsOf } from "../../data/rows.js";
import { answersInUnits } from "../../data/scaling.js";
import { layerCourses } from "../../engine/layerValues.js";
import { areFinite } from "../../engine/network.js";
import { courseOf } from "../../verdict/course.js";
import { constantAnswer, groupedLoss } from "../../verdict/floors.js";
import { endingOf, rightRows } from "../../verdict/outcome.js";
import { atCost, type TiedRows, tiedRows, toleranceUnit } from "../../verdict/ties.js";
import type { Ended } from "../ended.js";
import { classFacts } from "./classes.js";
import { surfaceOf } from "./curvature.js";
import { insideFacts } from "./inside.js";
import { type Judgement, judgementOf } from "./judgement.js";
import { neighbourFacts, scatterFacts } from "./neighbours.js";
import { countedLoss } from "./output.js";
import { misfitOf } from "./scale.js";
import { stepFacts } from "./steps.js";
import { structureFacts } from "./structure.js";

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
export interface Facts extends Readonly<ReturnType<typeof factsOf>> {}

/** Computes the facts. */
export function factsOf(ended: Ended) {
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
  const groups = ties.map((tie) => tie.rows);
  const costOf = (counts: ArrayLike<number>) => groupedLoss(groups, rows, counts, settings.loss);
  const constant = constantAnswer(data, settings.loss).loss;
  const atFloor = atCost(meanOf(own), costOf(own), toleranceUnit(data, settings.loss));
  const judgement = judgementOf(judgedAnswers, ended);
  const training = judged === data ? different : distinctRows(data);
  const inside = known && insideFacts(ended, known, training, courses, atFloor);
  const tied = ties.map(
    (tie): Tie => ({
      ...tie,
      inputs: tie.rows.map((row) => Array.from(inputsOf(rows, row))),
    }),
  );
  const loss: LossFacts = {
    reported: losses[losses.length - 1],
    now: judged === data ? meanOf(counts) : dataLoss(ended, training),
    judged: meanOf(),
    constant,
    floor: costOf(weights),
    floorIfEqual: costOf(counts.map(() => 1)),
  };
  return {
    /** The different rows on which the network is judged, sorted; of very many an evenly spread part. */
    judged: {
      rows,
      /** How often each stands in the data. */
      counts,
      /** Whether the data have other rows besides: then a loss over the data and one over these rows have nothing in common. */
      apart,
      /** How often each counts in the loss that is compared with what ties cost: in the data, or in these rows where they are apart. */
      weights,
      /** rows × outputs numbers. */
      answers,
      /** How many are right; in a regression none is. */
      right: rightRows(answers, rows),
    },
    judgement,
    /** Whether any answers could be good enough. */
    possible: judgement.possible,
    /** Of all judged rows; undefined for regressions and several answers a row. */
    classes: classFacts(judgedAnswers, judged),
    ...{ ties: tied, loss, course: courseOf(losses) },
    /** Whether the ties' cost is what the loss over the judged rows is made of. */
    atFloor,
    /** What is known of the inside; undefined where the structure is unknown or a weight is not finite. */
    inside,
    structure: structureFacts(ended, inside),
    ...trainingFacts(ended, training, judgement, inside?.working.deadLayer !== undefined),
  };
}

/** What follows from how the network was trained, of runs that did not solve their data. */
function trainingFacts(ended: Ended, training: DistinctRows, { error = 0 }: Judgement, isDead: boolean) {
  const { ending, data, settings, network, weights, start } = ended;
  const unsolved = ending === "unsolved";
  const trained = unsolved && judgedRows(data) !== data;
  const isKnown = network && weights && start && (unsolved || ending === "diverged");
  const place = isKnown ? { network, settings, training, start, weights } : undefined;
  const steps =
    place &&
    stepFacts(
      ended,
      place.network,
      place.start,
      place.weights,
      surfaceOf(place.network, settings.loss, training),
    );
  return {
    /** Where the judged rows are not those of the training: whether the latter are right. */
    trainingSolved: trained && endingOf("completed", ended.predict(data.inputs), data, settings) === "solved",
    neighbours: unsolved ? neighbourFacts(data, ended.predict(data.inputs)) : undefined,
    scatter: unsolved ? scatterFacts(data, ended.predict(data.inputs)) : undefined,
    steps,
    misfit: place && steps && misfitOf(place, error, isDead ? undefined : steps.updates),
  };
}

function dataLoss(ended: Ended, { rows, counts }: DistinctRows): number {
  return countedLoss(ended.predict(rows.inputs), rows, ended.settings.loss, ended, counts);
}

/** A row's answers, in the units in which targets were given. */
export function answersOf({ judged: { rows, answers } }: Facts, row: number): ArrayLike<number> {
  return answersInUnits(rows, answers.slice(row * rows.outputs, (row + 1) * rows.outputs));
}
