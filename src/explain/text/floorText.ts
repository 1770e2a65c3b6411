import { unlikeInputs } from "../../data/rows.js";
import { answersInUnits } from "../../data/scaling.js";
import type { Loss } from "../../engine/losses.js";
import { costsAlike } from "../../verdict/ties.js";
import { capital, counted, listed } from "../../words/english.js";
import { answersText } from "../../words/names.js";
import { lossText } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";

/** The arithmetic of a floor, in words and numbers. */

/** Why the loss is what it is: what ties cost for this data and for equally frequent rows, and the loss that was reached. */
export function floorLine(ended: Ended, facts: Facts): string | undefined {
  const { ties, loss, atFloor } = facts;
  if (costsAlike(ended.settings.loss, ended.data)) return undefined;
  if (ties.length === 0 || ended.ending === "solved" || loss.floor < WORTH_TELLING * loss.constant)
    return undefined;
  if (atFloor) return `${bestText(ended, facts)} ${comparedText(ended, facts, excessText(facts))}`;
  if (loss.floor === 0 || comparedLoss(facts) < loss.floor) return reachedText(ended, facts); // answers so different are no tie
  const who = ties.some((tie) => tie.unlikeInputs)
    ? "inputs with different targets that share an answer"
    : SAME_INPUTS;
  const least = ties.every((tie) => tie.same === "code") ? "at least" : "about";
  const cost = formulaOf(facts, facts.judged.weights, ended.settings.loss, loss.floor);
  return `${comparedText(ended, facts)} Of that, ${who} cost ${least} ${cost}${entropyText(cost)}.`;
}

/** Of what the best constant answer costs; ties that cost less hardly matter. */
const WORTH_TELLING = 0.001;
const SAME_INPUTS = "the same inputs with different targets";

/** The best answers for what is tied, and the loss that leaves. */
function bestText(ended: Ended, facts: Facts): string {
  const { ties, judged, loss } = facts;
  const { weights: counts, rows } = judged;
  const bests = [...new Set(ties.map((tie) => answersText(answersInUnits(rows, tie.best), rows.threshold)))];
  const [each, their] = bests.length > 1 ? ["each group of ", "its"] : ["", "their"];
  const mean = ended.settings.loss !== "meanAbsoluteError" ? `${their} mean target, ` : "";
  const whom = each + (ties.some((tie) => tie.unlikeInputs) ? "inputs with different targets" : SAME_INPUTS);
  const numbers = rows.outputs > MOST_NUMBERS ? `${counted(rows.outputs, "number")} a row` : listed(bests);
  const start = `The best shared answer for ${whom} is ${mean}${numbers}`;
  const leaves = others(facts) ? "with all other rows right that leaves" : "that leaves";
  const real = formulaOf(facts, counts, ended.settings.loss, loss.floor);
  if (counts.every((count) => count === counts[0]))
    return `${start}: ${leaves} a loss of ${real}${entropyText(real)}.`;
  const once = counts.map(() => 1);
  const equal = formulaOf(facts, once, ended.settings.loss, loss.floorIfEqual);
  const kinds = unlikeInputs(rows, [...once.keys()]).length < rows.rows ? "different rows" : "inputs";
  return `${start}. ${capital(leaves)} a loss of ${real} on this data; were all ${rows.rows} ${kinds} equally frequent, ${equal}${entropyText(real + equal)}.`;
}

const MOST_NUMBERS = 8;

/** Whether some rows are not tied. */
function others({ ties, judged }: Facts): boolean {
  return ties.reduce((sum, tie) => sum + tie.rows.length, 0) < judged.rows.rows;
}

/** The loss that was reached. */
export function reachedText(ended: Ended, facts: Facts, excess = ""): string {
  const { now, reported } = facts.loss;
  const start = `The final weights reach ${lossText(now)}${excess}`;
  if (reported === undefined) return `${start}.`;
  return lossText(reported) === lossText(now)
    ? `${start}, and so does the mean over the last epoch.`
    : `${start}; the training${differenceText(ended, facts, lossText(reported))}.`;
}

/** Why the training reported another loss than the final weights have. */
function differenceText(
  { dropout, batchStatistics }: Ended,
  { inside, course }: Facts,
  reported: string,
): string {
  if (inside?.gradient.rowNorm === 0 && course?.range === 0)
    return `, which counts in single precision, reported ${reported}`; // no weight moves
  const mean = ` reported ${reported}, its running mean over the last epoch`;
  if (batchStatistics)
    return `${mean}, each batch normalized by its own mean and deviation, while predictions use running averages of these`;
  return `${mean}, ${dropout ? "with dropout" : "while the weights moved"}`;
}

/** The loss that is compared with a floor. */
function comparedLoss({ judged, loss }: Facts): number {
  return judged.apart ? loss.judged : loss.now;
}

/** The loss that was reached, and last the one that is compared with a floor. */
function comparedText(ended: Ended, facts: Facts, excess = ""): string {
  return facts.judged.apart
    ? `${reachedText(ended, facts)} On the rows by which they are judged they reach ${lossText(facts.loss.judged)}${excess}.`
    : reachedText(ended, facts, excess);
}

/** What of the loss is not the floor. */
function excessText(facts: Facts): string {
  const over = comparedLoss(facts) - facts.loss.floor;
  if (facts.loss.floor === 0 || Math.abs(over) < 5e-5) return "";
  if (over < 0) return ` (${lossText(-over)} below the floor, since the answers are not exactly the same)`;
  return ` (${lossText(over)} above the floor: ${others(facts) ? "the other rows, and " : ""}answers off their best)`;
}

/** What the entropy H is, if it is needed for formulas. */
function entropyText(formulas: string): string {
  return formulas.includes("H(") ? ", where H(p) = −p ln p − (1−p) ln(1−p)" : "";
}

const MOST_TERMS = 3;

/** "490/1000 · ln 2 = 0.3396": what the ties cost at best with rows that count so often. */
function formulaOf({ ties, judged }: Facts, counts: readonly number[], loss: Loss, result: number): string {
  const { targets } = judged.rows;
  const sum = (rows: readonly number[], of: (row: number) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  const tied = ties.map(({ rows }) => ({
    all: sum(rows, (row) => counts[row]),
    ones: sum(rows, (row) => counts[row] * targets[row]),
  }));
  const costly = tied.filter(({ ones, all }) => ones > 0 && ones < all); // others have one target in the data, or are not there
  const binary = ties.every(({ rows }) => rows.every((row) => targets[row] === 0 || targets[row] === 1));
  const write = binary ? TERMS[loss] : undefined;
  if (!write || costly.length === 0 || costly.length > MOST_TERMS) return lossText(result);
  const rows = sum([...counts.keys()], (row) => counts[row]);
  const terms = costly.map(
    ({ ones, all }) => `${all === rows ? "" : `${all}/${rows} · `}${write(ones, all)}`,
  );
  return `${terms.join(" + ")} = ${lossText(result)}`;
}

/** What each of `all` tied rows costs of which `ones` have the target 1, for the losses that have a short formula. */
const TERMS: Partial<Record<Loss, (ones: number, all: number) => string>> = {
  binaryCrossentropy: (ones, all) => (2 * ones === all ? "ln 2" : `H(${ones}/${all})`),
  meanSquaredError: (ones, all) => `${ones}/${all} · ${all - ones}/${all}`,
};
