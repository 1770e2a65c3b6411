import { judgedRows } from "../../data/dataset.js";
import { inputsInUnits } from "../../data/scaling.js";
import { marginOf } from "../../verdict/outcome.js";
import { unsolvedText } from "../../words/course.js";
import { allOf, capital, listed } from "../../words/english.js";
import { answersText, inputsText, networkSubject } from "../../words/names.js";
import { changeText, levelText, lossText, percentText, r2Text, significant } from "../../words/numbers.js";
import type { Cause } from "../cause.js";
import { cannotRepresent } from "../causeTests.js";
import type { Ended } from "../ended.js";
import { confusedText } from "../facts/classes.js";
import { clippedText } from "../facts/clipped.js";
import { deadOutputText } from "../facts/deadOutput.js";
import { answersOf, type Facts } from "../facts/facts.js";
import { fixedText } from "../facts/fixedAnswers.js";
import { noiseText, vanishingText } from "../facts/gradient.js";
import { wrongNumber } from "../facts/judgement.js";
import { overlapText } from "../facts/neighbours.js";
import { rangeText } from "../facts/outputRange.js";
import { largeStartText, smallText } from "../facts/smallStart.js";
import { penaltyText } from "./penaltyText.js";
import { scaleText } from "./scaleText.js";
import { boundaryText, deadText, identicalText, idleText, offText, sharedText } from "./stateText.js";
import { largeText, shortText } from "./stepsText.js";

/** The first sentences: what came of the training, and why. Every number in them is a fact. */

/** @param dataText  what the data are called, as it is to be shown */
export function headlineText(cause: Cause, ended: Ended, facts: Facts, dataText: string): string {
  const { losses, network } = ended;
  const loss = facts.loss.reported ?? facts.loss.now;
  const who = networkSubject(network);
  const unsolved = `${who} ${unsolvedText(dataText, losses.length, facts.course?.word, loss)}`;
  const headline = HEADLINES[cause]({ who, dataText, unsolved, ended, facts });
  return facts.possible || cause === "solved" || cause === "contradictory-data"
    ? headline
    : `${headline} ${capital(bestText(ended, facts))}: ${CONTRADICTORY}.`;
}

const CONTRADICTORY = "the data give the same inputs different targets";

/** The most that any answers can achieve: "no answers can be right on more than 5 of 6 rows". */
function bestText({ data }: Ended, { judgement: { by, best } }: Facts): string {
  if (by === "rows") return `no answers can be right on more than ${best} of ${judgedRows(data).rows} rows`;
  return by === "R²"
    ? `no answers can have an R² above ${r2Text(best)}`
    : `no answers can have a loss below ${lossText(best)}`;
}

interface Case {
  readonly who: string;
  readonly dataText: string;
  /** That the data are not solved, and what the loss does; without a full stop. */
  readonly unsolved: string;
  readonly ended: Ended;
  readonly facts: Facts;
}

const HEADLINES: Readonly<Record<Cause, (about: Case) => string>> = {
  solved: ({ who, dataText, ended, facts }) => `${who} solves ${dataText}: ${solvedText(ended, facts)}.`,
  stopped: ({ who, dataText, ended: { losses, settings } }) =>
    `${who} on ${dataText} was stopped ${losses.length === 0 ? "before its first epoch ended" : `after epoch ${losses.length} of ${settings.epochs}`}.`,
  diverged: ({ who, dataText, ended, facts }) =>
    `${who} on ${dataText} diverged${divergedText(ended)}.${why(noSumText(ended, facts) ?? scaleText(ended, facts) ?? largeText(ended, facts))}${why(besidesText(ended, facts))}`,
  "contradictory-data": ({ who, dataText, ended, facts }) =>
    `${who} on ${dataText} ${possibleText(ended, facts)}: ${CONTRADICTORY}.`,
  "constant-loss": ({ who, dataText }) =>
    `${who} cannot learn ${dataText} with this loss: categorical cross-entropy divides the answers to a row by their sum, which makes a single answer 1 whatever it is, so that the loss never changes and no weight has a gradient.`,
  "output-range": ({ who, dataText, ended, facts }) =>
    `${who} cannot solve ${dataText}: ${said(facts.structure?.range, (range) => rangeText(range, ended.data))}.`,
  "no-bias": ({ who, dataText, ended, facts }) =>
    `${who} cannot solve ${dataText}: without biases ${said(facts.structure?.fixed, (fixed) => fixedText(fixed, ended.data))}.`,
  "cannot-represent": ({ who, dataText, ended, facts }) =>
    `${who} cannot solve ${dataText}: ${shapeText(ended, facts)}.`,
  "dead-units": ({ who, dataText, facts, ended }) =>
    `${who} cannot solve ${dataText} from here: ${deadText(ended, facts)}.`,
  "dead-output": ({ unsolved, ended, facts }) =>
    `${unsolved}. ${capital(said(facts.inside?.output, (output) => deadOutputText(output, ended.data)))}.`,
  "identical-units": ({ unsolved, ended, facts }) => `${unsolved}. ${capital(identicalText(ended, facts))}.`,
  "dropout-noise": ({ unsolved, ended, facts }) => `${unsolved}. ${dropoutText(ended, facts)}`,
  "no-view": ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}. Why cannot be said: the model is not a chain of dense layers, and only into these can explain() look.`,
  overfitting: ({ who, dataText, ended, facts }) =>
    `${who} has learned the rows of ${dataText} that it was trained on, but not the ${judgedRows(ended.data).rows} rows by which it is judged: of these ${wrongText(facts)}.`,
  "wrong-loss": ({ unsolved, ended, facts }) =>
    `${unsolved}. ${said(facts.inside?.clipped, (clipped) => clippedText(clipped, ended.settings.loss))}`,
  "input-scale": ({ unsolved, ended, facts }) =>
    `${unsolved}. The inputs are badly scaled for this training.${why(scaleText(ended, facts))}`,
  "target-scale": ({ unsolved, ended, facts }) =>
    `${unsolved}. The targets are badly scaled for this training.${why(scaleText(ended, facts))}`,
  "too-large-steps": ({ unsolved, ended, facts }) => {
    const numbers = largeText(ended, facts);
    const rate = significant(ended.settings.optimizer.learningRate);
    return numbers
      ? `${unsolved}.${why(numbers)}`
      : `${unsolved}, as happens where steps are too large (learning rate ${rate}).`;
  },
  "no-slope": ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}, yet the gradients of the single rows are ${facts.inside?.gradient.rowNorm === 0 ? "" : "nearly "}zero.${why(facts.inside?.size && largeStartText(facts.inside.size))}`,
  "dead-inputs": ({ unsolved, facts, ended }) => `${unsolved}. ${offText(ended, facts)}.`,
  "vanishing-gradient": ({ unsolved, facts }) =>
    `${unsolved}. ${said(facts.inside?.gradient, (gradient) => vanishingText(gradient, facts.loss.now, facts.loss.constant))}`,
  "small-start": ({ unsolved, facts }) => `${unsolved}. ${said(facts.inside?.size, smallText)}`,
  "row-order": ({ unsolved, facts }) => `${unsolved}. ${orderText(facts)}`,
  "still-learning": ({ unsolved }) => `${unsolved}.`,
  "too-little-training": ({ unsolved, ended, facts }) => `${unsolved}. ${shortText(ended, facts)}`,
  regularized: ({ unsolved, ended, facts }) => `${unsolved}. ${penaltyText(ended, facts)}`,
  imbalance: ({ unsolved, facts }) => `${unsolved}. ${imbalanceText(facts)}`,
  "overlapping-classes": ({ unsolved, facts }) => `${unsolved}. ${said(facts.neighbours, overlapText)}`,
  "one-line": ({ unsolved, facts, ended }) =>
    `${unsolved}. As it stands it can only draw ${boundaryText(ended)}, which cannot separate the classes: ${idleText(facts)}.`,
  saddle: ({ unsolved, facts }) => {
    const shared = sharedText(facts);
    return `${unsolved}. It is near a saddle point: the gradient is nearly zero, yet in one direction the loss curves down.${shared ? ` ${shared}.` : ""}`;
  },
  tied: ({ unsolved, facts }) =>
    `${unsolved}. ${sharedText(facts)}, and the loss is ${Math.abs(facts.loss.now - facts.loss.floor) < NEAR ? "" : "about "}what that costs.`,
  minimum: ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}, yet the rows' gradients cancel out${facts.inside?.curvature ? ", and in no direction does the loss curve down, as near a local minimum" : ""}.`,
  plateau: ({ unsolved }) => `${unsolved}.`,
  unfinished: ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}. The gradient is not small, so that training on would lower the loss; how the model was trained so far is not known.`,
  noise: ({ unsolved, ended, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}, and ${said(facts.inside?.gradient, (gradient) => noiseText(gradient, ended))}.`,
  unknown: ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}; none of the causes that explain() knows fits.`,
};

/** What is said of a fact that is known where its cause holds. */
function said<Fact>(fact: Fact | undefined, say: (fact: Fact) => string): string {
  return fact === undefined ? "" : say(fact);
}

/** A further sentence. */
function why(text: string | undefined): string {
  return text ? ` ${capital(text)}.` : "";
}

/** A loss so near to a floor is just that. */
const NEAR = 0.005;

function solvedText({ settings, data }: Ended, facts: Facts): string {
  const { judged, judgement } = facts;
  const { by, reached, error = 0 } = judgement;
  const { rows, answers, right } = judged;
  if (by === "loss")
    return `the loss over the judged rows is ${lossText(reached)}, and ${significant(settings.solvedLoss ?? 0)} was asked for`;
  if (by === "R²") return `R² is ${r2Text(reached)}, with a root mean squared error of ${significant(error)}`;
  if (right < rows.rows)
    return `${reached} of ${judgedRows(data).rows} rows are right, and ${changeText(settings.solvedAccuracy)} were asked for`;
  const margins = Array.from({ length: rows.rows }, (_, row) => marginOf(answers, row, rows));
  const nearest = margins.indexOf(margins.reduce((a, b) => Math.min(a, b)));
  const input = inputsText(inputsInUnits(rows, nearest));
  const answer = answersText(answersOf(facts, nearest), facts.judged.rows.threshold);
  if (rows.rows === 1) return `its one row is right, with the answer ${answer} for ${input}`;
  const between = rows.task === "classes" ? "the closest" : `nearest to ${levelText(rows.threshold ?? 0.5)}`;
  return `${allOf(rows.rows, "row")} are right; ${between} is the answer for ${input}, ${answer}`;
}

function divergedText({ divergedAt, settings: { optimizer } }: Ended): string {
  const where = divergedAt ? ` in epoch ${divergedAt.epoch + 1}, at step ${divergedAt.step}` : "";
  return `${where}: its loss or a weight stopped being a finite number (${optimizer.name}, learning rate ${significant(optimizer.learningRate)})`;
}

/** Why a categorical cross-entropy is no number: answers that are divided by their sum, 0. */
function noSumText(
  { settings, data: { outputs } }: Ended,
  { judged: { rows, answers } }: Facts,
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

/** What stands in the way even if nothing diverges. */
function besidesText(ended: Ended, facts: Facts): string | undefined {
  return cannotRepresent(facts, ended)
    ? `even if it had not diverged, it could not have solved the data: ${shapeText(ended, facts)}`
    : undefined;
}

/** What contradictory data leave: "is right on 34 of 40 rows, and no answers can be right on more". */
function possibleText({ data }: Ended, { judgement: { by, reached, best } }: Facts): string {
  const more = reached === best ? "more" : `more than ${best}`;
  return {
    rows: `is right on ${reached} of ${judgedRows(data).rows} rows, and no answers can be right on ${more}`,
    "R²": `has an R² of ${r2Text(reached)}, and no answers can have more than ${r2Text(best)}`,
    loss: `has a loss of ${lossText(reached)}, and no answers can have less than ${lossText(best)}`,
  }[by];
}

function shapeText(ended: Ended, { structure, judgement }: Facts): string {
  const { data } = ended;
  const network = ended.network ?? ended.withoutDropout;
  if (structure?.linearR2 !== undefined)
    return `it is a linear function of its inputs, and the best of these has an R² of ${r2Text(structure.linearR2)}, less than the ${significant(judgement.asked)} asked for`;
  const hidden = network?.layers.slice(0, -1) ?? [];
  const narrow =
    hidden.length === 1 ? "a network with one hidden unit" : "a network with one nonlinear unit a layer";
  const linear = hidden.every((layer) => layer.activation === "linear");
  const shape = hidden.length === 0 ? "it" : linear ? "a network of linear units" : narrow;
  return data.task === "classes"
    ? `${shape} can only compare one weighted sum of the inputs for each class, and no such sums tell these classes apart`
    : `${shape} can only draw ${boundaryText(ended)} between two classes, and none separates these`;
}

function dropoutText({ dropout = [], sameDropout }: Ended, facts: Facts): string {
  const { reported, now } = facts.loss;
  const shares = listed([...new Set(dropout.map((rate) => percentText(rate)))]);
  const noisy = sameDropout
    ? `Dropout (${shares} of a layer's units) leaves out the same units in every step of the training, since a layer of it has a seed of its own`
    : `In every step of its training, dropout leaves out units at random (${shares} of a layer's)`;
  const reportedText =
    reported === undefined ? "" : `, and the reported loss, ${lossText(reported)}, is with that noise`;
  return `${noisy}${reportedText}; its predictions are without it, and cost ${lossText(now)}: ${wrongText(facts)}.`;
}

function orderText({ loss: { reported = 0, now } }: Facts): string {
  return `The rows come in the same order in every epoch, and what the last of them teach is at the others' expense: over the last epoch the mean loss is ${lossText(reported)}, with the weights at its end ${lossText(now)}.`;
}

function imbalanceText({ classes, loss }: Facts): string {
  if (!classes) return "";
  const { names, wanted, largest, allLargest, forLargest } = classes;
  const all = wanted.reduce((sum, count) => sum + count, 0);
  const who = allLargest ? "every row" : `${forLargest} of ${all} rows`;
  return `It takes ${who} for ${names[largest]}, the class of ${wanted[largest]} of ${all}: its loss is ${lossText(loss.now)}, and the best constant answer costs ${lossText(loss.constant)}.`;
}

function wrongText({ judged, judgement, classes }: Facts): string {
  if (judgement.by !== "rows") return wrongNumber(judgement);
  const wrong = judged.rows.rows - judged.right;
  if (judged.rows.rows === 1) return "its one row is wrong";
  const confused = classes && classes.names.length > 2 && !classes.allLargest ? confusedText(classes) : "";
  const which = confused ? `: ${confused}` : "";
  return `${wrong} of ${judged.rows.rows} rows ${wrong === 1 ? "is" : "are"} wrong${which}`;
}
