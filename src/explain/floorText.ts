import type { Loss } from "../engine/functions.js";
import { BEST_IS_MEAN } from "../floors.js";
import type { Ended, Facts } from "./facts.js";
import { atFloor, type TiedRows } from "./ties.js";
import { listed, lossText } from "./words.js";

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
  const { ties, floor, judged } = facts;
  if (ties.length === 0 || ended.solved) return undefined;
  const { loss } = ended.settings;
  const { targets } = judged.rows;
  const once = judged.counts.map(() => 1);
  const even = judged.counts.every((count) => count === judged.counts[0]);
  const equal = floorArithmetic(ties, targets, once, loss, floor.equal);
  const real = floorArithmetic(ties, targets, judged.counts, loss, floor.data);
  const formula = `${equal}${real}`.includes("H(") ? ", where H(p) = −p ln p − (1−p) ln(1−p)" : "";
  if (!atFloor(facts.lossNow, facts.floor))
    return `${reachedText(ended, facts)} Unlike inputs that share an answer cost ${ties.every((tie) => tie.same === "code") ? "at least" : "about"} ${real} of it${formula}.`;
  const best = listed([...new Set(ties.map((tie) => lossText(tie.best)))]);
  const which = BEST_IS_MEAN.has(loss) ? `their mean target, ${best}` : best;
  const start = `The best that one answer can do for unlike inputs is ${which}`;
  const sum = even
    ? `: with all other rows right that leaves a loss of ${equal}${formula}.`
    : `. With all other rows right that leaves a loss of ${real} on this data; were all ${judged.rows.rows} inputs equally frequent, ${equal}${formula}.`;
  return `${start}${sum} ${reachedText(ended, facts)}`;
}

/** The loss that was reached, and what of it is not the floor. */
export function reachedText(ended: Ended, { lossNow, floor }: Facts): string {
  const last = ended.losses[ended.losses.length - 1];
  const now = `The final weights reach ${lossText(lossNow)}`;
  const over = lossNow - floor.data;
  const excess = floor.data === 0 || Math.abs(over) < 5e-5 ? "" : ` (${excessText(over)})`;
  if (last === undefined) return `${now}${excess}.`;
  const reported =
    lossText(last) === lossText(lossNow)
      ? `, and so does the mean over the last epoch`
      : `; the training reported ${lossText(last)}, its running mean over the last epoch, while the weights moved`;
  return `${now}${excess}${reported}.`;
}

function excessText(over: number): string {
  return over > 0
    ? `${lossText(over)} above the floor: the other rows, and answers off their best`
    : `${lossText(-over)} below the floor, since the answers are not exactly the same`;
}
