import { judgedRows } from "../../data/dataset.js";
import { inputsInUnits } from "../../data/scaling.js";
import { firstLargest } from "../../engine/accuracy.js";
import { classOf } from "../../verdict/classes.js";
import { marginOf } from "../../verdict/outcome.js";
import { stoppedText } from "../../words/course.js";
import { allOf } from "../../words/english.js";
import { answersText, inputsText } from "../../words/names.js";
import { answerText, changeText, levelText, lossText, r2Text, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import { answersOf, type Facts } from "../facts/facts.js";
import { SMALLER_STEPS, TIME } from "../trying/remedies/steps.js";
import { bendingUnits, hiddenLayer } from "../trying/remedies/structure.js";
import { type RemedyMaker, together } from "../trying/remedy.js";
import { type Entry, further } from "./entry.js";
import { largeText, scaleText } from "./scale.js";
import { cannotRepresent, shapeText } from "./structure.js";

/** Of a run that diverged and could not have been solved either: smaller steps together with another structure. */
const bothChanged: RemedyMaker = (about) => {
  if (!cannotRepresent(about.facts, about.ended)) return [];
  const structures = [hiddenLayer, bendingUnits].flatMap((make) => make(about));
  return structures.flatMap((one) =>
    SMALLER_STEPS.flatMap((make) => make(about)).flatMap((other) => together(other, one) ?? []),
  );
};

/** What is left to say of a divergence where no number shows it. */
const STEPS = "this happens where steps are too large for the data";

/** What a run that is not unsolved is said to be. */
export const ENDINGS = [
  {
    // The judged rows meet the criterion.
    name: "solved",
    holds: (_, { ending }) => ending === "solved",
    headline: ({ who, dataText, facts, ended }) => `${who} solves ${dataText}: ${solvedText(facts, ended)}`,
  },
  {
    // The run was ended before its last epoch.
    name: "stopped",
    holds: (_, { ending }) => ending === "stopped",
    headline: ({ who, dataText, ended: { losses, settings } }) =>
      `${who} on ${dataText} ${stoppedText(losses.length, settings.epochs)}`,
    tries: TIME,
  },
  {
    // The loss, or a weight, stopped being finite.
    name: "diverged",
    holds: (_, { ending }) => ending === "diverged",
    headline: ({ who, dataText, facts, ended }) => {
      const reason =
        noSumText(facts, ended) ??
        scaleText(facts, ended) ??
        largeText(facts, ended) ??
        (ended.elsewhere ? undefined : STEPS);
      const besides = cannotRepresent(facts, ended)
        ? `even if it had not diverged, it could not have solved the data: ${shapeText(facts, ended)}`
        : undefined;
      return `${who} on ${dataText} diverged${divergedText(ended)}${further(reason)}${further(besides)}`;
    },
    tries: [bothChanged, ...SMALLER_STEPS],
  },
] as const satisfies readonly Entry[];

function solvedText(facts: Facts, { settings, data }: Ended): string {
  const { judged, judgement } = facts;
  const { by, reached, error = 0 } = judgement;
  const { rows, answers } = judged;
  const all = judgedRows(data).rows;
  if (by === "loss")
    return `the loss over the judged rows is ${lossText(reached)}, and ${significant(judgement.asked)} was asked for`;
  if (by === "R²") return `R² is ${r2Text(reached)}, with a root mean squared error of ${significant(error)}`;
  if (reached < all)
    return `${reached} of ${all} rows are right, and ${changeText(settings.solvedAccuracy)} were asked for`;
  const margins = Array.from({ length: rows.rows }, (_, row) => marginOf(answers, row, rows));
  const nearest = margins.indexOf(margins.reduce((a, b) => Math.min(a, b)));
  const input = inputsText(inputsInUnits(rows, nearest));
  const answer = closestText(facts, nearest) ?? answersText(answersOf(facts, nearest), rows.threshold);
  if (all === 1) return `its one row is right, with the answer ${answer} for ${input}`;
  const between = rows.task === "classes" ? "the closest" : `nearest to ${levelText(rows.threshold ?? 0.5)}`;
  return `${allOf(all, "row")} are right; ${between} is the answer for ${input}, ${answer}`;
}

/** Of classes, the answer for a row's own and the largest other: "0.912 for virginica and 0.080 for versicolor". */
function closestText({ classes, judged: { rows, answers } }: Facts, row: number): string | undefined {
  if (rows.task !== "classes" || !classes) return undefined;
  const its = answers.slice(row * rows.outputs, (row + 1) * rows.outputs);
  const own = classOf(rows, row);
  const others = its.map((answer, j) => (j === own ? Number.NEGATIVE_INFINITY : answer));
  const said = [own, firstLargest(others, 0, rows.outputs)].map(
    (j) => `${answerText(its[j])} for ${classes.names[j]}`,
  );
  return said.join(" and ");
}

function divergedText({ divergedAt, settings: { optimizer } }: Ended): string {
  const where = divergedAt ? ` in epoch ${divergedAt.epoch + 1}, at step ${divergedAt.step}` : "";
  return `${where}: its loss or a weight stopped being a finite number (${optimizer.name}, learning rate ${significant(optimizer.learningRate)})`;
}

/** Why a categorical cross-entropy is no number: answers that are divided by their sum, 0. */
function noSumText(
  { judged: { rows, answers } }: Facts,
  { settings, data: { outputs } }: Ended,
): string | undefined {
  if (settings.loss !== "categoricalCrossentropy") return undefined;
  const sums = Array.from({ length: rows.rows }, (_, row) =>
    answers.slice(row * outputs, (row + 1) * outputs).reduce((sum, answer) => sum + answer, 0),
  );
  const row = sums.indexOf(0);
  return row < 0
    ? undefined
    : `categorical cross-entropy divides the answers to a row by their sum, and for ${inputsText(inputsInUnits(rows, row))} all answers are 0; those of a softmax output always add up to 1`;
}
