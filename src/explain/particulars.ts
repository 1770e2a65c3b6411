import { inputsOf, rowKey, unlikeInputs } from "../data/rows.js";
import type { Course } from "../verdict/course.js";
import { counted, listed } from "../words/english.js";
import { inputsText } from "../words/names.js";
import { answerText, changeText, lossText, significant } from "../words/numbers.js";
import type { Cause } from "./cause.js";
import { contributionsLine, contributionsOf } from "./contributions.js";
import type { Ended, Facts } from "./facts.js";
import { floorLine, reachedText } from "./floorText.js";
import { type Line, outer } from "./line.js";
import { unitsLine } from "./units.js";

/** What follows the headline: the facts behind it. */

/** From the facts: answers, losses, units, gradient. */
export function factLines(cause: Cause, ended: Ended, facts: Facts): Line[] {
  const lines = [answersLine(ended, facts), lossLine(ended, facts), hiddenLine(ended, facts)];
  return [...lines, gradientLine(cause, facts), solvedLine(ended)].flatMap((text) =>
    text ? outer(text) : [],
  );
}

const FEW_ROWS = 8;

function answersLine({ ending }: Ended, { judged }: Facts): string | undefined {
  const { rows, answers, right } = judged;
  if (!answers.every(Number.isFinite)) return undefined;
  if (rows.rows > FEW_ROWS)
    return ending === "solved" ? undefined : `${right} of ${rows.rows} rows are on the right side of ½.`;
  const places = Array.from(answers, (_, row) => row);
  const texts = unlikeInputs(rows, places).map((row) => {
    const same = places.filter((other) => rowKey(rows, other) === rowKey(rows, row));
    const wanted = listed(same.map((other) => significant(rows.targets[other])));
    return `${inputsText(inputsOf(rows, row))} ${answerText(answers[row])}, wanted ${wanted}`;
  });
  return `Its answers: ${texts.join("; ")}.`;
}

function lossLine(ended: Ended, facts: Facts): string | undefined {
  const { ending } = ended;
  if (ending === "solved" || ending === "diverged" || !Number.isFinite(facts.loss.now)) return undefined;
  const reached = floorLine(ended, facts) ?? reachedText(facts);
  return facts.course ? `${reached} ${movedText(facts.course)}` : reached;
}

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
    ending === "solved" ? contributionsLine(contributionsOf(network, weights, rows), rows) : undefined;
  return how ?? unitsLine(inside.units, rows);
}

function gradientLine(cause: Cause, { inside }: Facts): string | undefined {
  if (!inside || cause === "solved" || cause === "diverged") return undefined;
  const { norm, rowNorm, ratio, size, layers } = inside.gradient;
  const curvature = curvatureText(inside.curvature, cause);
  if (size === "zero") return `The gradient over all data is exactly zero${curvature}.`;
  const zeroLayers = layers.flatMap(({ zero }, l) =>
    zero ? [l === layers.length - 1 ? "the output's weights" : `hidden layer ${l + 1}`] : [],
  );
  const exactly = zeroLayers.length > 0 ? `; it is exactly zero for ${listed(zeroLayers)}` : "";
  const share = `${changeText(ratio)} of a single row's (${significant(rowNorm, 2)}, root mean square)`;
  return `The gradient over all data has the length ${significant(norm, 2)}, ${share}${exactly}${curvature}.`;
}

function curvatureText(
  curvature: { readonly least: number; readonly curvesDown: boolean } | undefined,
  cause: Cause,
): string {
  if (!curvature || (cause !== "saddle" && cause !== "minimum" && cause !== "tied")) return "";
  return curvature.curvesDown
    ? `; the loss curves down in one direction (second derivative ${significant(curvature.least, 2)})`
    : "; the loss curves down in no direction";
}

function solvedLine({ ending, losses, firstPerfectEpoch }: Ended): string | undefined {
  if (ending !== "solved" || losses.length === 0) return undefined;
  const loss = `The last epoch's mean loss is ${lossText(losses[losses.length - 1])}`;
  return firstPerfectEpoch === undefined
    ? `${loss}; no epoch was without an error from its first row to its last.`
    : `${loss}. Epoch ${firstPerfectEpoch} of ${losses.length} was the first without an error.`;
}
