import type { Dataset } from "../../data/dataset.js";
import { answersInUnits } from "../../data/scaling.js";
import { extent } from "../../numbers/vectors.js";
import { classAnswered, classOf, hasClasses } from "../../verdict/classes.js";
import { counted, listed, ofThe, outside } from "../../words/english.js";
import { significant } from "../../words/numbers.js";

/** Which classes rows belong to, and in which the answers put them. */
export interface ClassFacts {
  readonly names: readonly string[];
  /** Whether these are no names but the two targets. */
  readonly numbered: boolean;
  /** wanted[c]: how many rows are of class c. */
  readonly wanted: readonly number[];
  /** taken[c][d]: how many rows of class c are taken for class d. Rows exactly between classes are in none. */
  readonly taken: readonly (readonly number[])[];
  /** The largest class. */
  readonly largest: number;
  /** How many rows are taken for the largest class. */
  readonly forLargest: number;
  /** Whether all are. */
  readonly allLargest: boolean;
}

/** Undefined for regressions, and for several yes-or-no answers a row. */
export function classFacts(answers: ArrayLike<number>, data: Dataset): ClassFacts | undefined {
  if (!hasClasses(data)) return undefined;
  const { task, outputs, rows } = data;
  const count = task === "classes" ? outputs : 2;
  const taken = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const wanted = new Array<number>(count).fill(0);
  for (let row = 0; row < rows; row++) {
    const right = classOf(data, row);
    const answered = classAnswered(answers, data, row);
    wanted[right] += 1;
    if (answered !== undefined) taken[right][answered] += 1;
  }
  const largest = wanted.indexOf(Math.max(...wanted));
  const forLargest = taken.reduce((sum, row) => sum + row[largest], 0);
  return {
    names: classNames(data),
    numbered: !data.classes && task === "binary",
    wanted,
    taken,
    largest,
    forLargest,
    allLargest: forLargest === rows,
  };
}

/** What classes are called: by their names, else by their targets or the number of their output. */
function classNames({ task, classes, outputs, targets }: Dataset): readonly string[] {
  if (classes) return classes.map(outside);
  if (task === "classes") return Array.from({ length: outputs }, (_, j) => `class ${j + 1}`);
  return extent(targets).map((value) => significant(value));
}

/**
 * Classes that cannot have been learned: "no row of the training is of virginica, as all 50 validation rows are". Undefined where
 * the training has all of them.
 *
 * @param others  rows by which the network is judged
 * @param called  what these are called
 */
export function unseenText(training: Dataset, others: Dataset, called: string): string | undefined {
  if (!hasClasses(training) || !hasClasses(others)) return undefined;
  const classesOf = (data: Dataset) => Array.from({ length: data.rows }, (_, row) => classOf(data, row));
  const known = new Set(classesOf(training));
  const unseen = classesOf(others).filter((one) => !known.has(one));
  if (unseen.length === 0) return undefined;
  const names = classNames(others);
  const which = listed([...new Set(unseen)].sort((a, b) => a - b).map((one) => names[one]));
  const numbered = !others.classes && others.task === "binary";
  const are = numbered ? (unseen.length === 1 ? "has" : "have") : unseen.length === 1 ? "is" : "are";
  return `no row of the training ${numbered ? `has the target ${which}` : `is of ${which}`}, as ${ofThe(unseen.length, others.rows)} ${called} rows ${are}`;
}

const MOST_NUMBERED = 10; // classes, as there are digits
const ROWS_EACH = 5;

/** Of a regression whose targets are 0, 1, 2 …, as classes are often numbered: that they are taken for amounts. */
export function numberedText(data: Dataset): string | undefined {
  const { task, outputs, rows, targets } = data;
  if (task !== "regression" || outputs > 1) return undefined;
  const given = [...new Set(targets)]
    .sort((a, b) => a - b)
    .map((target) => answersInUnits(data, [target])[0]);
  const values = given.map((value) => Math.round(value * 1e5) / 1e5); // scaled and back
  const count = values.length;
  const inOrder = values.every((value, i) => value === values[0] + i) && (values[0] === 0 || values[0] === 1);
  if (!inOrder || count < 3 || count > MOST_NUMBERED || rows < ROWS_EACH * count) return undefined;
  return `The targets are the numbers from ${values[0]} to ${values[count - 1]}, which a regression takes for amounts. If they stand for classes, write them as texts (for readTable(), list them as classes), and give the network an output for each: outputs: ${count}, output: "softmax".`;
}

const MOST_CONFUSED = 3;

/** Which classes are mistaken for which, most frequent first: "12 of the 50 rows of versicolor are taken for virginica". */
export function confusedText({ names, wanted, taken, numbered }: ClassFacts): string {
  const pairs = taken.flatMap((row, c) => row.map((count, d) => ({ count, c, d })));
  const wrong = pairs.filter(({ count, c, d }) => c !== d && count > 0).sort((a, b) => b.count - a.count);
  const rows = (c: number): string => (numbered ? `with target ${names[c]}` : `of ${names[c]}`);
  const texts = wrong.slice(0, MOST_CONFUSED).map(({ count, c, d }, i) => {
    const are = i > 0 ? "" : count === 1 ? " is taken" : " are taken";
    const noun = i > 0 ? "" : wanted[c] === 1 ? "row " : "rows ";
    return `${ofThe(count, wanted[c])} ${noun}${rows(c)}${are} for ${names[d]}`;
  });
  const rest = wrong.slice(MOST_CONFUSED).reduce((sum, { count }) => sum + count, 0);
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const none = sum(wanted) - sum(taken.map(sum));
  const are = texts.length > 0 ? "" : none === 1 ? " is taken" : " are taken";
  return listed([
    ...texts,
    ...(rest > 0 ? [counted(rest, "other")] : []),
    ...(none > 0 ? [`${counted(none, "row")}${are} for no class`] : []), // two answers are as large, or one is no number
  ]);
}
