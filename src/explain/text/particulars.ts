import { type Dataset, judgedRows } from "../../data/dataset.js";
import { rowKey, targetsOf, unlikeInputs } from "../../data/rows.js";
import { answersInUnits, inputsInUnits } from "../../data/scaling.js";
import { firstLargest } from "../../engine/accuracy.js";
import { extent } from "../../numbers/vectors.js";
import type { Course } from "../../verdict/course.js";
import { rightRows } from "../../verdict/outcome.js";
import { capital, counted, listed, outside } from "../../words/english.js";
import { answersText, inputsText, lossName } from "../../words/names.js";
import {
  accuracyText,
  changeText,
  givenText,
  levelText,
  lossText,
  significant,
} from "../../words/numbers.js";
import type { Cause } from "../cause.js";
import { largeText, scaleText } from "../causes/scale.js";
import type { Ended } from "../ended.js";
import { confusedText, numberedText, unseenText } from "../facts/classes.js";
import { contributionsLine, contributionsOf } from "../facts/contributions.js";
import type { Curvature } from "../facts/curvature.js";
import { answersOf, type Facts } from "../facts/facts.js";
import { tiesAlongLines } from "../facts/fixedAnswers.js";
import { reachedNumbers } from "../facts/judgement.js";
import { unitsLine } from "../facts/units.js";
import { floorLine, reachedText } from "./floorText.js";

/** What follows the headline: the facts behind it. */

/** From the facts: answers, losses, units, gradient. */
export function factLines(cause: Cause, ended: Ended, facts: Facts): string[] {
  const lines = [
    elsewhereLine(ended),
    ended.ending === "solved" ? undefined : numberedText(ended.data),
    ...[answersLine(ended, facts), kerasLine(ended), lossLine(ended, facts), hiddenLine(ended, facts)],
    ...[gradientLine(cause, facts), solvedLine(ended), heldOutLine(ended), besidesLine(cause, ended, facts)],
  ];
  return lines.filter((text) => text !== undefined);
}

const FEW_ROWS = 8;
const FEW_ANSWERS = 16;

/** Of few rows the answers, of more what they come to. */
function answersLine({ ending, data }: Ended, facts: Facts): string | undefined {
  const { judged, judgement, classes } = facts;
  const { rows, answers } = judged;
  if (!answers.every(Number.isFinite)) return undefined;
  const numbers = ending === "solved" ? undefined : reachedNumbers(judgement, judgedRows(data));
  if (rows.rows <= FEW_ROWS && rows.rows * rows.outputs <= FEW_ANSWERS)
    return [fewAnswers(facts), ...(numbers ? [numbers] : [])].join(" ");
  if (numbers) return numbers;
  if (ending === "solved") return undefined;
  const { rows: all, reached: right } = judgement;
  const alike = classes?.allLargest === true;
  const rare = alike && 2 * right > all; // with two classes of one size no row is of the most frequent one
  const taken =
    classes &&
    (alike
      ? `all are taken for ${classes.names[classes.largest]}, the most frequent class`
      : confusedText(classes));
  const confused = taken && right < all && (rare || !alike) ? `: ${taken}` : "";
  return rows.task === "binary" && !confused
    ? `${right} of ${all} rows are on the right side of ${levelText(rows.threshold ?? 0.5)}.`
    : `${right} of ${all} rows are right${confused}.`;
}

/** A loss that stays this much above its lowest, for the last quarter of the epochs, has risen. */
const ROSE = 1.1;
const SHORTEST = 8; // epochs, as for the course of a loss

/** What the rows held out for validation tell: whether the loss over them rose while that of the training fell, and below it. */
function heldOutLine({ heldOut, losses, predict, data }: Ended): string | undefined {
  if (!heldOut || heldOut.losses.length < SHORTEST) return undefined;
  const last = heldOut.losses.length - 1;
  const [lowest] = extent(heldOut.losses);
  const at = heldOut.losses.indexOf(lowest);
  const answers = predict(heldOut.data.inputs);
  const { rows, task } = heldOut.data;
  const right =
    task === "regression"
      ? ""
      : `${rightRows(answers, heldOut.data)} of the ${rows} validation rows are right; `;
  const now = `${right}the loss over ${right === "" ? "the validation rows" : "them"} is ${lossText(heldOut.losses[last])}`;
  const stayed = heldOut.losses.slice(-Math.max(SHORTEST / 2, Math.floor(heldOut.losses.length / 4)));
  const rose = stayed.every((loss) => loss > ROSE * lowest) && losses[last] < losses[at];
  if (!rose) return `${capital(now)}.`;
  const since = `${now}, after a lowest of ${lossText(lowest)} in epoch ${at + 1}`;
  if (losses[last] >= heldOut.losses[last]) return `${capital(since)}.`; // the training's own rows fit no better
  const unseen = unseenText(data, heldOut.data, "validation");
  return `${unseen ? capital(unseen) : "It overfits"}: ${since}, while that of the training went on falling from ${lossText(losses[at])} to ${lossText(losses[last])}.`;
}

/** Of a model that was trained elsewhere: what is not known. */
function elsewhereLine({ elsewhere, settings: { loss } }: Ended): string | undefined {
  return elsewhere
    ? `How it was trained is not known: nothing is said of its steps. Its loss is taken to be ${lossName(loss)}.`
    : undefined;
}

/** What does not fit besides, where the cause is another. */
function besidesLine(cause: Cause, ended: Ended, facts: Facts): string | undefined {
  const scale = NAMES_SCALE.has(cause) ? undefined : scaleText(facts, ended);
  const large = facts.steps?.large === true && facts.course?.word !== "falling";
  const steps = large && !NAMES_STEPS.has(cause) ? largeText(facts, ended) : undefined;
  const biases = cause === "no-bias" ? undefined : biasesText(ended);
  const text = scale ?? steps ?? biases;
  return text && `${capital(text)}.`;
}

/** What follows from a network that has no biases. */
function biasesText({ network, data }: Ended): string | undefined {
  if (!network?.layers.every((layer) => layer.useBias === false)) return undefined;
  const judged = judgedRows(data);
  const side = (which: string) => `, so that its answers to ${which} ${levelText(judged.threshold ?? 0.5)}`;
  const ties = data.scaling ? [] : tiesAlongLines(network, judged);
  const why = ties.includes("opposite")
    ? side("opposite inputs, x and −x, never lie on the same side of")
    : ties.includes("ray")
      ? side("inputs in one direction from zero never lie on different sides of")
      : "";
  return `it has no biases${why}`;
}
const NAMES_SCALE: ReadonlySet<Cause> = new Set(["input-scale", "target-scale", "diverged"]);
const NAMES_STEPS: ReadonlySet<Cause> = new Set([...NAMES_SCALE, "too-large-steps"]);

function fewAnswers(facts: Facts): string {
  const { rows } = facts.judged;
  const places = Array.from({ length: rows.rows }, (_, row) => row);
  const texts = unlikeInputs(rows, places).map((row) => {
    const same = places.filter((other) => rowKey(rows, other) === rowKey(rows, row));
    const wanted = listed(same.map((other) => wantedText(rows, other)));
    return `${inputsText(inputsInUnits(rows, row))} ${answersText(answersOf(facts, row), rows.threshold)}, wanted ${wanted}`;
  });
  return `Its answers: ${texts.join("; ")}.`;
}

/** What is wanted of a row: its target, its targets, or the class. */
function wantedText(data: Dataset, row: number): string {
  const targets = answersInUnits(data, targetsOf(data, row));
  if (data.task === "classes" && data.classes)
    return outside(data.classes[firstLargest(targets, 0, data.outputs)]);
  return targets.length === 1 ? givenText(targets[0]) : inputsText(targets);
}

/** Where the targets are not 0 and 1: what Keras's accuracy would be, which compares with these. */
function kerasLine({ predict, data }: Ended): string | undefined {
  const judged = judgedRows(data);
  const { targets, outputs, task, rows } = judged;
  if (task !== "binary" || outputs > 1 || targets.every((target) => target === 0 || target === 1))
    return undefined;
  const answers = predict(judged.inputs);
  const accurate = targets.filter((target, row) => target === Number(answers[row] > 0.5)).length;
  const never = [...new Set(targets)].filter((target) => target !== 0 && target !== 1);
  const [a, is] = never.length > 1 ? ["targets", "are"] : ["a target", "is"];
  return `Keras's accuracy would be ${accuracyText(accurate / rows)}: it takes answers for 0 or 1, and ${a} of ${listed(never.map((target) => givenText(target)))} ${is} neither.`;
}

function lossLine(ended: Ended, facts: Facts): string | undefined {
  const { ending } = ended;
  if (ending === "solved" || ending === "diverged" || !Number.isFinite(facts.loss.now)) return undefined;
  const reached = floorLine(ended, facts) ?? reachedText(ended, facts, referenceText(facts));
  return facts.course ? `${reached} ${movedText(facts.course)}` : reached;
}

/** What the best constant answer costs: the line of reference for a loss that is near it, or above. */
function referenceText({ loss: { now, constant } }: Facts): string {
  return now >= NEAR_CONSTANT * constant ? ` (the best constant answer costs ${lossText(constant)})` : "";
}
const NEAR_CONSTANT = 0.9;

/** What the loss did last, in numbers. */
function movedText({ word, epochs, fell, change, range }: Course): string {
  const moved = {
    falling: `fell by ${changeText(fell)}`,
    slow: `fell by ${changeText(fell)}`,
    rising: `rose by ${changeText(-fell)}`,
    oscillating: `changed by ${changeText(change)} from one epoch to the next`,
    flat: range === 0 ? "did not change" : `moved by ${significant(range, 2)} at most`,
  }[word];
  return `Within the last ${counted(epochs, "epoch")} the reported loss ${moved}.`;
}

function hiddenLine({ ending, network, weights }: Ended, { inside, judged }: Facts): string | undefined {
  if (!inside || !network || !weights) return undefined;
  const { rows } = judged;
  const how =
    ending === "solved" && extent(rows.targets)[0] < extent(rows.targets)[1] // of one target nothing is learned of the inputs
      ? contributionsLine(contributionsOf(network, weights, rows), rows)
      : undefined;
  return how ?? unitsLine(inside.units, rows);
}

function gradientLine(cause: Cause, { inside }: Facts): string | undefined {
  if (!inside || cause === "solved" || cause === "diverged") return undefined;
  const { norm, rowNorm, ratio, size, layers } = inside.gradient;
  const curvature = curvatureText(inside.curvature, cause);
  if (size === "zero") return `The gradient over all data is exactly zero${curvature}.`;
  const hidden = layers.slice(0, -1).flatMap(({ zero }, l) => (zero ? l + 1 : []));
  const zeroLayers = [
    ...(hidden.length > 0 ? [`hidden ${layersText(hidden)}`] : []),
    ...(layers[layers.length - 1].zero ? ["the output's weights"] : []),
  ];
  const exactly = zeroLayers.length > 0 ? `; it is exactly zero for ${listed(zeroLayers)}` : "";
  const share = `${changeText(ratio)} of a single row's (${significant(rowNorm, 2)}, root mean square)`;
  return `The gradient over all data has the length ${significant(norm, 2)}, ${share}${exactly}${curvature}.`;
}

/** "layer 2", "layers 1 and 3", "layers 1 to 10" */
function layersText(numbers: readonly number[]): string {
  const [first, last] = [numbers[0], numbers[numbers.length - 1]];
  if (numbers.length === 1) return `layer ${first}`;
  const inRow = numbers.length > 2 && last - first === numbers.length - 1;
  return `layers ${inRow ? `${first} to ${last}` : listed(numbers.map(String))}`;
}

/** Causes that have to do with how the loss curves. */
const CURVED: ReadonlySet<Cause> = new Set(["saddle", "tied", "cancelled-gradients"]);

function curvatureText(curvature: Curvature | undefined, cause: Cause): string {
  if (!curvature || !CURVED.has(cause)) return "";
  return curvature.curvesDown
    ? `; the loss curves down in one direction (second derivative ${significant(curvature.least, 2)})`
    : "; the loss curves down in no direction";
}

function solvedLine(ended: Ended): string | undefined {
  const { ending, losses, data, firstPerfectEpoch, firstSolvedEpoch } = ended;
  if (ending !== "solved" || losses.length === 0) return undefined;
  const loss = `The last epoch's mean loss is ${lossText(losses[losses.length - 1])}`;
  if (judgedRows(data).task === "regression")
    return firstSolvedEpoch === undefined
      ? `${loss}.`
      : `${loss}. Epoch ${firstSolvedEpoch} of ${losses.length} was the first after which the data were solved.`;
  return firstPerfectEpoch === undefined
    ? `${loss}; no epoch was without an error from its first row to its last.`
    : `${loss}. Epoch ${firstPerfectEpoch} of ${losses.length} was the first without an error.`;
}
