import { allOf, counted, listed } from "../../words/english.js";
import { lossName } from "../../words/names.js";
import { changeText, lossText, percentText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import { commonPart } from "../facts/gradient.js";
import type { InsideFacts } from "../facts/inside.js";
import { SHORT_WAY } from "../facts/steps.js";
import type { UnitState } from "../facts/units.js";
import { repeatedRows } from "../trying/remedies/rows.js";
import { anotherSeed } from "../trying/remedies/starts.js";
import { longer, longerFromHere, SMALLER_STEPS, scaledForLonger, TIME } from "../trying/remedies/steps.js";
import { otherUnits, wider } from "../trying/remedies/structure.js";
import {
  type Entry,
  falls,
  further,
  inside,
  movesDown,
  noLine,
  oneLineText,
  said,
  sharedText,
  wrongText,
} from "./entry.js";
import { NEIGHBOURS } from "./neighbours.js";
import { largeStartText } from "./units.js";

/** A class of so many of the rows, and answers of which so many are that class, and a loss so near to the best constant answer's. */
const IMBALANCED = { largest: 0.8, answered: 0.98, loss: 0.8 };
/** A loss that falls by more than this share within the last quarter is not at a minimum. */
const AT_REST = 0.005;
/** A loss that changes by no more than this share from an epoch to the next stands still. */
const STILL = 0.01;
/** A loss so near to a floor is just that. */
const NEAR = 0.005;

/** Causes that the course of the loss and the state at its end tell. */
export const COURSE = [
  {
    // The loss fell by more than 2 % within the last quarter, or there were too few epochs to tell.
    name: "still-learning",
    holds: (facts, { elsewhere }) => falls(facts) || (facts.course === undefined && !elsewhere),
    why: (facts) => (imbalanced(facts) ? `So far it takes ${imbalanceText(facts)}` : ""),
    tries: TIME,
  },
  {
    // At least 98 % of the answers are the largest class, that of at least four fifths of the rows, and the loss is no less
    // than 0.8 of the best constant answer's.
    name: "imbalance",
    holds: imbalanced,
    why: (facts) => `It takes ${imbalanceText(facts)}`,
    tries: [repeatedRows, wider, longer],
  },
  ...NEIGHBOURS,
  {
    // No weight moved by more than 1.5, the network is not at a minimum, and the steps together come to at most 5 (RMSprop,
    // Adam, Adagrad; 25 where the loss curves down); or, with SGD, a deviation in the direction in which the loss curves
    // down grows by less than e⁵ in them.
    name: "too-little-training",
    holds: tooLittleTraining,
    why: (facts, ended) =>
      `${shortText(facts, ended)}${further(said(facts.inside?.size, largeStartText))}${further(cappedText(facts, ended))}`,
    tries: TIME,
  },
  {
    // In its present state (units that are linear, constant, or copies of others) the network can only draw one line, and
    // none separates the classes; training might change that.
    name: "one-line",
    holds: inside(({ working }, facts, ended) => working.oneLine && noLine(facts, ended)),
    why: (facts, ended) => `As it stands it ${oneLineText(ended)}: ${idleText(facts)}`,
  },
  {
    // The gradient is small, the loss does not oscillate, and there is a direction in which it curves down, by more than the
    // slope brings over the same distance.
    name: "saddle",
    holds: inside(
      ({ gradient, curvature }, { course }) =>
        gradient.size !== "not small" && curvature?.outweighsSlope === true && course?.word !== "oscillating",
    ),
    why: (facts) =>
      `It is near a saddle point: the gradient is nearly zero, yet in one direction the loss curves down${further(sharedText(facts))}`,
  },
  {
    // Inputs with different targets share an answer, and the loss is as near to the floor of these ties; the gradient is small,
    // or the loss does not fall.
    name: "tied",
    holds: (facts) =>
      facts.atFloor &&
      facts.ties.some((tie) => tie.unlikeInputs) &&
      (facts.inside?.gradient.size !== "not small" || !movesDown(facts)),
    why: (facts) =>
      `${sharedText(facts)}, and the loss is ${Math.abs(facts.loss.now - facts.loss.floor) < NEAR ? "" : "about "}what that costs`,
  },
  {
    // The gradient is small, and within the last quarter the loss neither oscillated nor rose nor fell by more than 0.5 %; it curves
    // down in no direction (in networks of more than 80 weights in none of the most promising), or by less than the slope brings
    // over the same distance, and then it does not move: it does not fall, nor change by more than 1 % an epoch.
    name: "cancelled-gradients",
    holds: inside(({ gradient, curvature }, { course }) => {
      const { word, fell, change } = course ?? { word: undefined, fell: 0, change: 1 };
      const rests = word === undefined || word === "flat" || (word === "slow" && fell <= AT_REST);
      const still = word === "flat" && change <= STILL;
      return gradient.size !== "not small" && (curvature?.curvesDown ? still : rests);
    }),
    why: (facts) => `${wrongText(facts)}, yet ${said(facts.inside, cancelledText)}`,
    tries: [wider, otherUnits, anotherSeed],
  },
  {
    // The loss still falls, by no more than 2 % within the last quarter.
    name: "plateau",
    holds: movesDown,
    tries: TIME,
  },
  {
    // Of a model trained elsewhere: the gradient is not small, or the loss curves down.
    name: "unfinished",
    holds: (_, { elsewhere }) => elsewhere === true,
    why: (facts) =>
      `${wrongText(facts)}. ${facts.inside?.gradient.size === "small" ? `The rows' gradients nearly cancel out (their mean is ${changeText(facts.inside.gradient.ratio)} as long as a single row's), but not altogether` : "The gradient is not small"}, so that training on would lower the loss`,
    tries: TIME,
  },
  {
    // The part of a batch's gradient that is common to all rows is shorter than what differs from batch to batch.
    name: "noise",
    holds: inside(({ gradient }, _, ended) => commonPart(gradient, ended) < 1),
    why: noiseText,
    tries: [...SMALLER_STEPS, scaledForLonger, longer, longerFromHere],
  },
] as const satisfies readonly Entry[];

function cancelledText({ gradient, curvature }: InsideFacts): string {
  const atMinimum = curvature && !curvature.curvesDown;
  return `the rows' gradients cancel out: their mean is ${changeText(gradient.ratio)} as long as a single row's${atMinimum ? ", and in no direction does the loss curve down, as near a local minimum" : ""}`;
}

function imbalanced({ classes, loss, judgement: { rows: all } }: Facts): boolean {
  if (!classes) return false;
  const { wanted, largest, forLargest } = classes;
  const rare = wanted[largest] >= IMBALANCED.largest * all && wanted[largest] < all;
  const same = forLargest >= IMBALANCED.answered * all;
  return rare && same && loss.now >= IMBALANCED.loss * loss.constant;
}

function imbalanceText({ classes, loss, judgement: { rows: all } }: Facts): string {
  if (!classes) return "";
  const { names, wanted, largest, allLargest, forLargest } = classes;
  const who = allLargest ? "every row" : `${forLargest} of ${all} rows`;
  return `${who} for ${names[largest]}, the class of ${wanted[largest]} of ${all}: its loss is ${lossText(loss.now)}, and the best constant answer costs ${lossText(loss.constant)}`;
}

/** Of optimizers whose steps are about as long as the learning rate; near a saddle as far as the original script goes. */
const REACH = { short: 5, long: 25 };
/** Deviations that grow by less than e⁵, some hundred times, have not left a saddle. */
const SHORT_GROWTH = 5;

function tooLittleTraining({ inside, steps, course }: Facts): boolean {
  if (!inside || !steps || !course || course.word === "rising" || course.word === "oscillating") return false;
  const { gradient, curvature } = inside;
  if (steps.moved > SHORT_WAY || gradient.size === "zero") return false;
  const most = curvature?.curvesDown ? REACH.long : REACH.short;
  if (steps.reach !== undefined && steps.reach > most) return false;
  if (gradient.size === "not small" || !curvature) return true;
  if (!curvature.curvesDown) return course.word === "slow";
  return steps.time === undefined || -curvature.least * steps.time < SHORT_GROWTH;
}

/** Updates of the original question's script, each of about 0.001. */
const SCRIPT = { updates: 25_000, reach: 25 };

/** Deviations that grow less, whose number would read as 1, barely grow. */
const BARELY = 1.005;

/** How little the steps come to. */
function shortText({ steps, inside }: Facts, { settings: { optimizer } }: Ended): string {
  if (!steps) return "";
  const { updates, moved, reach, time } = steps;
  const how = `${optimizer.name}, learning rate ${significant(optimizer.learningRate)}`;
  const start = `It was trained too little: ${counted(updates, "update")} (${how}) moved no weight by more than ${significant(moved, 2)}`;
  const script = `the script of the original question makes ${SCRIPT.updates} updates`;
  if (reach !== undefined) {
    const farthest = reach > moved ? `, and could move none much farther than ${significant(reach, 2)}` : "";
    return `${start}${farthest}; ${script}, which can move one by ${SCRIPT.reach}`;
  }
  const down = inside?.curvature?.curvesDown ? -inside.curvature.least : 0;
  if (down === 0 || time === undefined || down * time > SHORT_GROWTH) return `${start}; ${script}`;
  const growth = Math.exp(down * time);
  const grows = growth < BARELY ? "barely grows" : `grows ${significant(growth)}-fold`;
  return `${start}. Along the direction in which the loss curves down, a small deviation ${grows} in that many; leaving a saddle takes a hundredfold or more`;
}

/** Of rows that are so wrong that the loss is clipped. */
function cappedText({ inside }: Facts, { data, settings }: Ended): string {
  const { capped = 0 } = inside ?? {};
  if (capped === 0) return "";
  const rows = capped === data.rows ? allOf(capped, "row") : `${capped} of ${data.rows} rows`;
  const are = capped === 1 ? "is" : "are";
  return `${rows} ${are} so wrong that ${lossName(settings.loss)} is clipped, and does not show what the steps bring`;
}

/** Which units of a network add nothing, layer by layer: "one of the two units …" */
function idleText({ inside }: Facts): string {
  const layers = inside?.units ?? [];
  const texts = layers.map((units, l) => {
    const idle = idleUnits(units);
    return layers.length > 1 && idle ? `in layer ${l + 1} ${idle}` : idle;
  });
  return texts.filter((text) => text !== "").join(", ");
}

function idleUnits(units: readonly UnitState[]): string {
  if (units.every((unit) => unit.constant)) return "every unit has one value for all inputs";
  if (units.every((unit) => unit.linear || unit.constant)) return "every unit is linear on these inputs";
  const constant = units.filter((unit) => unit.constant).length;
  const copies = units.filter((unit) => unit.duplicateOf !== undefined).length;
  const are = (count: number, what: string): string[] =>
    count === 0 ? [] : [`${count} of ${counted(units.length, "unit")} ${what}`];
  return listed([
    ...are(constant, constant === 1 ? "is constant" : "are constant"),
    ...are(copies, copies === 1 ? "merely copies another" : "merely copy others"),
  ]);
}

/** Of steps that mostly follow what is special to their batch. */
function noiseText(facts: Facts, ended: Ended): string {
  const { batchSize } = ended.settings;
  const share = facts.inside ? commonPart(facts.inside.gradient, ended) : 1;
  return `${wrongText(facts)}, and what some steps gain, others undo: of the gradient of ${batchSize === 1 ? "a single row" : `a batch of ${batchSize} rows`}, the part common to all rows is only ${percentText(Math.min(1, share))} as long as what differs from batch to batch`;
}
