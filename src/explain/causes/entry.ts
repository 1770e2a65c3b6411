import { judgedRows } from "../../data/dataset.js";
import { unlikeInputs } from "../../data/rows.js";
import { inputsInUnits } from "../../data/scaling.js";
import { rowLoss } from "../../engine/losses.js";
import { isPenalized } from "../../engine/network.js";
import { hasGrown } from "../../verdict/course.js";
import { sameWithin } from "../../verdict/ties.js";
import { capital, listed } from "../../words/english.js";
import { inputsText } from "../../words/names.js";
import { significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import { confusedText } from "../facts/classes.js";
import type { Facts, Tie } from "../facts/facts.js";
import type { InsideFacts } from "../facts/inside.js";
import { wrongNumber } from "../facts/judgement.js";
import type { RemedyMaker } from "../trying/remedy.js";

/** A cause: its test, what is said of it, and what it points to. And what tests and sentences of several causes share. */
export interface Entry {
  readonly name: string;
  /** Whether, or when, it is a proof: no training on from here, with a fresh optimizer, can solve the data. */
  readonly proof?: true | Test;
  readonly holds: Test;
  /** The sentences after "… does not solve …: its loss …", without the last full stop; none where that says it all. */
  readonly why?: (facts: Facts, ended: Ended) => string;
  /** Of proofs, what follows "The network … cannot solve …", likewise. */
  readonly cannot?: (facts: Facts, ended: Ended) => string;
  /** In place of all this: the first sentences, without the last full stop. */
  readonly headline?: (told: Told) => string;
  /** Tried first, and given most of the time. */
  readonly tries?: readonly RemedyMaker[];
}

type Test = (facts: Facts, ended: Ended) => boolean;

/** What a whole headline is made of. */
export interface Told {
  readonly who: string;
  /** What the data are called. */
  readonly dataText: string;
  /** That the data are not solved, and what the loss does. */
  readonly unsolved: string;
  readonly facts: Facts;
  readonly ended: Ended;
}

/** A test of the inside; it does not hold where that is not known. */
export function inside(test: (inside: InsideFacts, facts: Facts, ended: Ended) => boolean): Test {
  return (facts, ended) => facts.inside !== undefined && test(facts.inside, facts, ended);
}

/** What is said of a fact that is known where its cause holds. */
export function said<Fact>(fact: Fact | undefined, say: (fact: Fact) => string | undefined): string {
  return (fact !== undefined && say(fact)) || "";
}

/** A further sentence, if there is one. */
export function further(text: string | undefined): string {
  return text ? `. ${capital(text)}` : "";
}

/** Whether the loss fell by more than 2 % within the last quarter. */
export function falls({ course }: Facts): boolean {
  return course?.word === "falling";
}

export function movesDown({ course }: Facts): boolean {
  return course?.word === "falling" || course?.word === "slow";
}

/** Whether what the loss does is known, and it does not fall by more than 2 %: only then is something in its way. */
export function settled({ course }: Facts, { losses, elsewhere }: Ended): boolean {
  if (course === undefined) return elsewhere === true || hasGrown(losses);
  return course.word !== "falling";
}

export function penalized({ network }: Ended): boolean {
  return network !== undefined && isPenalized(network);
}

/** A gradient that is this share of the data's alone is balanced by the penalty's. */
const BALANCED = 0.1;
/** A penalty that has made the weights this much smaller has them in its hand. */
const SHRUNK = 0.25;

/** Whether a penalty's gradient cancels the data's to a tenth, or has made the weights less than a quarter of what they were. */
export const heldBack = inside(({ gradient }, { steps }) => {
  const { startSize = 0, endSize = 1 } = steps ?? {};
  return isBalanced(gradient) || (gradient.dataNorm !== undefined && endSize < SHRUNK * startSize);
});

export function isBalanced({ norm, dataNorm }: InsideFacts["gradient"]): boolean {
  return dataNorm !== undefined && norm < BALANCED * dataNorm;
}

/** Whether no line separates the classes, and one wrong row is one too many. */
export function noLine(facts: Facts, ended: Ended): boolean {
  return facts.structure?.separable === false && oneIsTooMany(facts, ended);
}

/** Whether a run whose answer to some row is not on its right side cannot be good enough, whatever the others are. */
export function oneIsTooMany({ judgement: { by, asked } }: Facts, { data, settings }: Ended): boolean {
  const judged = judgedRows(data);
  const { rows, task, outputs, threshold = 0.5 } = judged;
  if (by === "rows") return (rows - 1) / rows < asked;
  if (by === "R²" || task !== "binary" || outputs > 1) return false;
  const { value } = rowLoss(settings.loss, 1); // least at the threshold
  const costs = Array.from({ length: rows }, (_, row) => value([threshold], 0, judged.targets, row));
  return asked < ((1 - ROUNDING) * costs.reduce((a, b) => Math.min(a, b))) / rows;
}
const ROUNDING = 1e-6;

const BOUNDARIES = ["a single point", "a single straight line", "a single plane"];

/** The decision boundary of a network that adds up its inputs once. */
export function boundaryText({ data }: Ended): string {
  return BOUNDARIES[data.features - 1] ?? "a single hyperplane";
}

/** What a network that adds up its inputs once can do, and that it is too little. */
export function oneLineText(ended: Ended): string {
  return ended.data.task === "classes"
    ? "can only compare one weighted sum of the inputs for each class, and no such sums tell these classes apart"
    : `can only draw ${boundaryText(ended)}, and none separates the classes`;
}

/** " of layer 2" where there are several hidden layers. */
export function ofLayer({ inside }: Facts, layer: number): string {
  return inside && inside.units.length > 1 ? ` of layer ${layer + 1}` : "";
}

/** That answers are not good enough: which rows are wrong, or the number that tells. */
export function wrongText({ judgement, classes }: Facts): string {
  if (judgement.by !== "rows") return wrongNumber(judgement);
  const { rows } = judgement;
  const wrong = rows - judgement.reached;
  if (rows === 1) return "its one row is wrong";
  const confused = classes && classes.names.length > 2 && !classes.allLargest ? confusedText(classes) : "";
  const which = confused ? `: ${confused}` : "";
  return `${wrong} of ${rows} rows ${wrong === 1 ? "is" : "are"} wrong${which}`;
}

/** "(0, 0) and (0, 1) need different answers but get the same one", if there is such a tie. */
export function sharedText({ ties, judged }: Facts): string | undefined {
  const costly = ties.filter((tie) => tie.unlikeInputs);
  const { rows } = judged;
  const near = costly.every((tie) => tie.answers[0] === tie.answers[1])
    ? ""
    : ` (within ${significant(sameWithin(rows))})`;
  if (costly.length === 1 && costly[0].rows.length === rows.rows && rows.rows > 2)
    return `All ${unlikeInputs(rows, costly[0].rows).length} inputs get the same answer${near}, though they need different ones`;
  const [first, ...rest] = groupTexts(costly, judged);
  const others = rest.map((group) => `, and so do ${group}`).join("");
  return first && `${first} need different answers but get the same one${near}${others}`;
}

const FEW_TIED = 8;

/** The inputs of each tie: "(0, 0) and (0, 1)"; of many, how many. */
export function groupTexts(ties: readonly Tie[], { rows }: Facts["judged"]): string[] {
  const inputs = ties.reduce((sum, tie) => sum + tie.rows.length, 0);
  if (ties.length > 1 && inputs > FEW_TIED)
    return [`${inputs} of ${rows.rows} rows, in ${ties.length} groups,`];
  return ties.map((tie) =>
    tie.rows.length > FEW_TIED
      ? `${tie.rows.length} of ${rows.rows} rows`
      : listed(unlikeInputs(rows, tie.rows).map((row) => inputsText(inputsInUnits(rows, row)))),
  );
}
