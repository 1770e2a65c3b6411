import { judgedRows } from "../../data/dataset.js";
import { penaltyOf } from "../../engine/plain.js";
import { allOf, counted, listed, outside } from "../../words/english.js";
import { changeText, lossText, percentText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import { unseenText } from "../facts/classes.js";
import type { Facts } from "../facts/facts.js";
import type { GradientFacts } from "../facts/gradient.js";
import { constantFails } from "../facts/judgement.js";
import type { SizeFacts } from "../facts/smallStart.js";
import { otherOutput } from "../trying/remedies/answers.js";
import { penalty, smallerPenalty } from "../trying/remedies/layers.js";
import { scaledRows } from "../trying/remedies/rows.js";
import { otherStarts } from "../trying/remedies/starts.js";
import { adam, largerSteps, longer, shuffled, smallerSteps } from "../trying/remedies/steps.js";
import { narrower, OTHER_UNITS, otherUnits } from "../trying/remedies/structure.js";
import {
  type Entry,
  further,
  groupTexts,
  heldBack,
  inside,
  isBalanced,
  noLine,
  ofLayer,
  oneLineText,
  penalized,
  said,
  settled,
  wrongText,
} from "./entry.js";
import { leavesOpen } from "./neighbours.js";
import { lossShowsLargeSteps, TOO_LARGE_STEPS } from "./scale.js";

/** Final weights that are so many times worse than those on the way suit the last rows only. */
const WORSE_AT_END = 1.5;
/** Of the rows' gradients in the output layer, what is left in the first one. */
const VANISHED = 0.01;
const NOTHING_LEARNED = 0.9;

/** Causes that lie in the units and in the gradient. */
export const UNITS = [
  {
    // Hidden units are dead on all data, for good since their gradient is exactly zero; no signal passes any more, or what is
    // left can only draw one line, and none separates the classes.
    name: "dead-units",
    proof: true,
    holds: deadUnits,
    cannot: (facts, ended) => ` from here: ${deadText(facts, ended)}`,
    tries: OTHER_UNITS,
  },
  {
    name: "dropout-noise",
    holds: (facts, ended) => ended.dropout !== undefined && settled(facts, ended),
    why: dropoutText,
  },
  {
    name: "no-view",
    holds: (facts, ended) => facts.inside === undefined && settled(facts, ended),
    why: (facts, { noChain: { layer, what } = { what: "this is none" } }) =>
      `${wrongText(facts)}. Why cannot be said: explain() looks only into chains of dense layers as mlp() makes them, and ${layer === undefined ? what : `layer ${outside(layer)} ${what}`}`,
  },
  {
    // The rows of the training meet the criterion; the judged ones, which are others, do not.
    name: "overfitting",
    holds: ({ trainingSolved }) => trainingSolved,
    headline: ({ who, dataText, facts, ended: { data } }) =>
      `${who} has learned the rows of ${dataText} that it was trained on, but not the rows by which it is judged: ${wrongText(facts)}${further(unseenText(data, judgedRows(data), "judged"))}`,
    tries: [penalty, narrower],
  },
  {
    // Settled, and the penalty's gradient cancels the data's to a tenth, or the weights are less than a quarter of what they
    // were at the start.
    name: "regularized",
    holds: (facts, ended) => heldBack(facts, ended) && settled(facts, ended),
    why: penaltyText,
    tries: [smallerPenalty],
  },
  {
    // The rows come in the same order in every epoch, in several batches, whose last ones undo what the first ones bring: the
    // loss of the final weights is more than one and a half times the mean over the last epoch.
    name: "row-order",
    holds: ({ loss: { reported = Infinity, now } }, { settings, data }) =>
      !settings.shuffle && settings.batchSize < data.rows && now > WORSE_AT_END * reported,
    why: ({ loss: { reported = 0, now } }) =>
      `The rows come in the same order in every epoch, and what the last of them teach is at the others' expense: over the last epoch the mean loss is ${lossText(reported)}, with the weights at its end ${lossText(now)}`,
    tries: [shuffled, smallerSteps, longer],
  },
  {
    ...TOO_LARGE_STEPS,
    holds: (facts, ended) => lossShowsLargeSteps(facts, ended) && !leavesOpen(facts),
  },
  {
    // Though rows are wrong, none has a gradient to speak of: the rows' own gradients are no longer than 0.001 (or that of
    // small targets' deviation), root mean square. A saturated output, saturated layers.
    name: "no-slope",
    holds: inside(({ gradient }) => gradient.none),
    why: (facts) =>
      `${wrongText(facts)}, yet the gradients of the single rows are ${facts.inside?.gradient.rowNorm === 0 ? "" : "nearly "}zero${further(facts.inside?.size && largeStartText(facts.inside.size))}`,
    tries: [otherOutput, scaledRows, otherStarts, smallerSteps],
  },
  {
    // Inputs with different targets on which all units of a layer are off (saturated units: their slope is zero), so that they
    // get the same answer and no weight below gets a gradient from them; and the loss is at most 0.02, or a tenth, above the
    // floor of the ties, and at most 0.02 below.
    name: "dead-inputs",
    holds: ({ atFloor, ties }) =>
      atFloor && ties.some((tie) => tie.offLayer !== undefined && tie.unlikeInputs),
    why: offText,
    tries: OTHER_UNITS,
  },
  {
    // Settled, and with two or more hidden layers the rows' gradients of the first layer are less than a hundredth of the
    // output's, and the loss is at least 0.9 of the best constant answer's.
    name: "vanishing-gradient",
    holds: inside(({ gradient, units }, facts, ended) => {
      const deep = units.length >= 2 && passedBack(gradient) < VANISHED;
      return deep && facts.loss.now >= NOTHING_LEARNED * facts.loss.constant && settled(facts, ended);
    }),
    why: ({ inside, loss: { now, constant } }) =>
      said(
        inside?.gradient,
        (gradient) =>
          `The gradient vanishes on its way back through ${gradient.layers.length - 1} hidden layers: that of the first layer is ${changeText(passedBack(gradient))} of the output's (root mean square of the rows'), and the loss, ${lossText(now)}, is ${now > constant / NOTHING_LEARNED ? "above" : "about"} that of the best constant answer, ${lossText(constant)}`,
      ),
    tries: [otherUnits, otherStarts, adam, largerSteps],
  },
  {
    // Settled, and the weights of all hidden layers were, and still are, less than a quarter of what Glorot draws.
    name: "small-start",
    holds: inside(({ size }, facts, ended) => size?.small === true && settled(facts, ended)),
    why: ({ inside }) => said(inside?.size, smallText),
    tries: [otherStarts, longer],
  },
] as const satisfies readonly Entry[];

/** A penalty could bring dead units back: it makes their weights smaller. */
export function deadUnits(facts: Facts, ended: Ended): boolean {
  const { working } = facts.inside ?? {};
  if (!working || penalized(ended)) return false;
  if (working.deadLayer !== undefined) return constantFails(ended);
  return working.oneLineForGood && noLine(facts, ended);
}

function deadText(facts: Facts, ended: Ended): string {
  const { units = [], working: { deadLayer, deadForGood = 0 } = {} } = facts.inside ?? {};
  const reach = (count: number): string => `no gradient reaches ${count === 1 ? "it" : "them"}`;
  const dead = (count: number): string => `${count === 1 ? "is" : "are"} dead (zero slope on every row)`;
  const at = deadLayer ?? 0;
  const all = units[at]?.length ?? 0;
  if (deadLayer !== undefined)
    return `${allOf(all, "unit")}${ofLayer(facts, at)} ${dead(all)}, so every input gets the same answer and ${reach(all)}`;
  const left = all - deadForGood === 1 ? "the one that is left" : `the ${all - deadForGood} that are left`;
  return `${deadForGood} of ${counted(all, "unit")}${ofLayer(facts, at)} ${dead(deadForGood)}, and ${reach(deadForGood)}; ${left} ${oneLineText(ended)}`;
}

function dropoutText(facts: Facts, { dropout = [], sameDropout }: Ended): string {
  const { reported, now } = facts.loss;
  const shares = listed([...new Set(dropout.map((rate) => percentText(rate)))]);
  const noisy = sameDropout
    ? `Dropout (${shares} of a layer's units) leaves out the same units in every step of the training, since a layer of it has a seed of its own`
    : `In every step of its training, dropout leaves out units at random (${shares} of a layer's)`;
  const reportedText =
    reported === undefined ? "" : `, and the reported loss, ${lossText(reported)}, is with that noise`;
  return `${noisy}${reportedText}; its predictions are without it, and cost ${lossText(now)}: ${wrongText(facts)}`;
}

/** Of a run that a penalty holds back: by how much. */
function penaltyText({ inside, loss, steps }: Facts, { network, weights }: Ended): string {
  if (!network || !weights || !inside) return "";
  const { norm, dataNorm = 0 } = inside.gradient;
  const kinds = (["l1", "l2"] as const).flatMap((kind) => {
    const sizes = [...new Set(network.layers.map((layer) => layer[kind] ?? 0))].filter((size) => size > 0);
    return sizes.length > 0 ? `${kind.toUpperCase()} ${listed(sizes.map((size) => significant(size)))}` : [];
  });
  const balanced = `without it the gradient would be ${significant(dataNorm, 2)} long, with it, it is ${significant(norm, 2)}`;
  const shrunk = `it has made them small, ${significant(steps?.endSize ?? 0, 2)} (root mean square), where they started with ${significant(steps?.startSize ?? 0, 2)}`;
  const cost = lossText(penaltyOf(network).value(weights));
  const how = isBalanced(inside.gradient)
    ? `${balanced}. The penalty is ${cost}, the loss without it ${lossText(loss.now)}`
    : `${shrunk}. The loss without the penalty is ${lossText(loss.now)}`;
  return `The penalty on its weights (${listed(kinds)}) holds it back: ${how}`;
}

/** On which tied inputs all units of a layer are off, or saturated: then their values may differ. */
function offText(facts: Facts, { network }: Ended): string {
  const off = facts.ties.filter((tie) => tie.unlikeInputs && tie.offLayer !== undefined);
  const at = off[0]?.offLayer ?? 0;
  const { units, activation } = network?.layers[at] ?? { units: 0, activation: "relu" };
  const how = activation === "relu" || activation === "softplus" ? "off" : "saturated (zero slope)";
  const where = groupTexts(off, facts.judged).join(", and on ");
  const [are, reach] = units === 1 ? ["is", "that unit"] : ["are", "those units"];
  return `On ${where} ${allOf(units, "unit")}${ofLayer(facts, at)} ${are} ${how}: these inputs need different answers but get the same one, and no gradient from them reaches ${reach}`;
}

/** Which share of the output layer's rows' gradients those of the first layer have. */
function passedBack({ layers }: GradientFacts): number {
  return layers[0].rowNorm / layers[layers.length - 1].rowNorm;
}

const NEARLY_LINEAR = 0.2; // by so much slopes differ
const LEAST_BEND = 1e-5; // the least share that is written as a number

function smallText({ start, now, glorot, bend }: SizeFacts): string {
  const linear =
    bend === 0
      ? "every hidden unit has one slope for all rows: none bends"
      : `the slope of no hidden unit differs from row to row by more than ${bend < LEAST_BEND ? "0.001 %" : changeText(bend)}: all are nearly linear`;
  const bends = bend < NEARLY_LINEAR ? `, so that ${linear}` : "";
  return `${startText("small", start, glorot)}, and still have them, ${significant(now, 2)}${bends}`;
}

/** Initial weights that are so many times what Glorot draws saturate units. */
const LARGE = 4;

export function largeStartText({ start, glorot }: SizeFacts): string | undefined {
  return start > LARGE * glorot ? startText("large", start, glorot) : undefined;
}

function startText(size: "small" | "large", start: number, glorot: number): string {
  return `its hidden layers started with ${size} weights, ${significant(start, 2)} (root mean square) where Glorot's initialization gives ${significant(glorot, 2)}`;
}
