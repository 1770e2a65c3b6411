import { unlikeInputs } from "../data/rows.js";
import type { Loss } from "../engine/functions.js";
import { BEST_IS_MEAN } from "../verdict/floors.js";
import type { TiedRows } from "../verdict/ties.js";
import { capital, listed } from "../words/english.js";
import { lossText } from "../words/numbers.js";
import type { Ended, Facts } from "./facts.js";

/** The arithmetic of a floor, in words and numbers. */

const MOST_TERMS = 3;

/** "490/1000 · ln 2 = 0.3396": what ties cost at best with rows that count so often. */
export function floorArithmetic(
  ties: readonly TiedRows[],
  targets: ArrayLike<number>,
  counts: ArrayLike<number>,
  loss: Loss,
  result: number,
): string {
  const all = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const terms = ties.map((tie) => term(tie, targets, counts, loss, all));
  if (terms.length > MOST_TERMS || terms.some((text) => text === undefined)) return lossText(result);
  return `${terms.join(" + ")} = ${lossText(result)}`;
}

/** One tie's share of the rows times what each of its rows costs; undefined where there is no short formula. */
function term(
  { rows }: TiedRows,
  targets: ArrayLike<number>,
  counts: ArrayLike<number>,
  loss: Loss,
  all: number,
): string | undefined {
  if (rows.some((row) => targets[row] !== 0 && targets[row] !== 1)) return undefined;
  const tied = rows.reduce((sum, row) => sum + counts[row], 0);
  const ones = rows.reduce((sum, row) => sum + counts[row] * targets[row], 0);
  const share = tied === all ? "" : `${tied}/${all} · `;
  if (tied === 0) return "0";
  if (loss === "binaryCrossentropy") return `${share}${2 * ones === tied ? "ln 2" : `H(${ones}/${tied})`}`;
  if (loss === "meanSquaredError") return `${share}${ones}/${tied} · ${tied - ones}/${tied}`;
  return undefined;
}

/** Why the loss is what it is: the floor for equally frequent rows, for this data, and the loss that was reached. */
export function floorLine(ended: Ended, facts: Facts): string | undefined {
  const { ties, floor, lossNow } = facts;
  if (ties.length === 0 || ended.solved) return undefined;
  if (facts.atFloor) return `${bestText(ended, facts)} ${reachedText(ended, facts)}`;
  const reached = reachedText(ended, facts, "");
  if (lossNow < floor.data) return reached; // answers so unlike are no tie
  const who = ties.some((tie) => tie.unlikeInputs) ? "Unlike inputs that share an answer" : SAME_INPUTS;
  const least = ties.every((tie) => tie.same === "code") ? "at least" : "about";
  const cost = formulas(ended, facts).real;
  return `${reached} ${capital(who)} cost ${least} ${cost} of that${entropyText(cost)}.`;
}

const SAME_INPUTS = "the same inputs with different targets";

/** What the ties cost at best, written out: for rows equally frequent, and for those of the data. */
function formulas({ settings }: Ended, { ties, floor, judged }: Facts): { equal: string; real: string } {
  const { rows, counts } = judged;
  const once = counts.map(() => 1);
  return {
    equal: floorArithmetic(ties, rows.targets, once, settings.loss, floor.equal),
    real: floorArithmetic(ties, rows.targets, counts, settings.loss, floor.data),
  };
}

function entropyText(formula: string): string {
  return formula.includes("H(") ? ", where H(p) = −p ln p − (1−p) ln(1−p)" : "";
}

/** The best answers for what is tied, and the loss that leaves. */
function bestText(ended: Ended, facts: Facts): string {
  const { ties, judged } = facts;
  const { counts, rows } = judged;
  const { equal, real } = formulas(ended, facts);
  const bests = [...new Set(ties.map((tie) => lossText(tie.best)))];
  const [each, their] = bests.length > 1 ? ["each group of ", "its"] : ["", "their"];
  const mean = BEST_IS_MEAN.has(ended.settings.loss) ? `${their} mean target, ` : "";
  const whom = each + (ties.some((tie) => tie.unlikeInputs) ? "unlike inputs" : SAME_INPUTS);
  const start = `The best that one answer can do for ${whom} is ${mean}${listed(bests)}`;
  const leaves = others(facts) ? "with all other rows right that leaves" : "that leaves";
  if (counts.every((count) => count === counts[0]))
    return `${start}: ${leaves} a loss of ${equal}${entropyText(equal)}.`;
  const kinds = contradictory(judged) ? "different rows" : "inputs";
  return `${start}. ${capital(leaves)} a loss of ${real} on this data; were all ${rows.rows} ${kinds} equally frequent, ${equal}${entropyText(`${equal}${real}`)}.`;
}

/** Whether some rows are not tied. */
function others({ ties, judged }: Facts): boolean {
  return ties.reduce((sum, tie) => sum + tie.rows.length, 0) < judged.rows.rows;
}

function contradictory({ rows }: Facts["judged"]): boolean {
  return unlikeInputs(rows, [...rows.targets.keys()]).length < rows.rows;
}

/** The loss that was reached, and what of it is not the floor. */
export function reachedText(ended: Ended, facts: Facts, excess = excessText(facts)): string {
  const { lossNow } = facts;
  const last = ended.losses[ended.losses.length - 1];
  const now = `The final weights reach ${lossText(lossNow)}`;
  if (last === undefined) return `${now}${excess}.`;
  const reported =
    lossText(last) === lossText(lossNow)
      ? `, and so does the mean over the last epoch`
      : `; the training reported ${lossText(last)}, its running mean over the last epoch, while the weights moved`;
  return `${now}${excess}${reported}.`;
}

function excessText(facts: Facts): string {
  const { lossNow, floor } = facts;
  const over = lossNow - floor.data;
  if (floor.data === 0 || Math.abs(over) < 5e-5) return "";
  if (over < 0) return ` (${lossText(-over)} below the floor, since the answers are not exactly the same)`;
  return ` (${lossText(over)} above the floor: ${others(facts) ? "the other rows, and " : ""}answers off their best)`;
}
