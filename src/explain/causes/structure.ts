import { type Dataset, judgedRows } from "../../data/dataset.js";
import { targetsOf } from "../../data/rows.js";
import { answersInUnits, inputsInUnits } from "../../data/scaling.js";
import { hiddenLayers } from "../../engine/network.js";
import { costsAlike } from "../../verdict/ties.js";
import { allOf, counted, listed } from "../../words/english.js";
import { answersText, inputsText, networkName, outputText } from "../../words/names.js";
import { differentTexts, givenText, levelText, lossText, r2Text, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";
import type { FixedAnswers } from "../facts/fixedAnswers.js";
import type { LimitFacts, RangeFacts } from "../facts/structure.js";
import { otherOutput } from "../trying/remedies/answers.js";
import { biases } from "../trying/remedies/layers.js";
import { scaledRows } from "../trying/remedies/rows.js";
import { otherStarts } from "../trying/remedies/starts.js";
import { bendingUnits, hiddenLayer, oneMoreUnit, wider } from "../trying/remedies/structure.js";
import {
  boundaryText,
  type Entry,
  inside,
  noLine,
  ofLayer,
  oneIsTooMany,
  oneLineText,
  penalized,
  said,
  type Told,
} from "./entry.js";

/** Why no answers can be good enough. */
export function limitText({ judgement }: Facts): string {
  return judgement.contradictory
    ? "the data give the same inputs different targets"
    : "with these targets even exact answers cost that much";
}

/** What is said of a training that came as far as any can, and still not far enough. */
const limitHeadline = ({ who, dataText, facts }: Told) =>
  `${who} on ${dataText} ${possibleText(facts)}: ${limitText(facts)}`;

/** Causes that lie in the data and in the structure. */
export const STRUCTURE = [
  {
    // No answers could be good enough, since the same inputs stand in the data with different targets; and as many rows
    // are right as can be (R² and losses: within 0.02 of the best).
    name: "contradictory-data",
    proof: true,
    holds: ({ judgement }) => !judgement.possible && judgement.exhausted && judgement.contradictory,
    headline: limitHeadline,
  },
  {
    // The same where the data do not contradict themselves: less than the least loss was asked for (targets between 0 and 1
    // cost something in log loss, and so do exact answers, which are clipped).
    name: "unreachable-loss",
    proof: true,
    holds: ({ judgement }) => !judgement.possible && judgement.exhausted,
    headline: limitHeadline,
  },
  {
    // The loss is the same for every answer: divided by their sum, the answers of one output are always 1. A penalty still moves
    // the weights, and by luck to where the rows are right.
    name: "constant-loss",
    proof: (_, ended) => !penalized(ended),
    holds: (_, ended) => costsAlike(ended.settings.loss, ended.data),
    headline: ({ who, dataText, ended }) =>
      `${who} cannot learn ${dataText} with this loss: categorical cross-entropy divides the answers to a row by their sum, which makes a single answer 1 whatever it is, so that the loss ${penalized(ended) ? "changes by the penalty alone, and no row has" : "never changes and no weight has"} a gradient`,
    tries: [otherOutput],
  },
  {
    // No answers that the output's activation can give are good enough: a softmax over one unit is always 1, a sigmoid
    // stays between 0 and 1, and what a softmax answers to a row sums to 1.
    name: "output-range",
    proof: true,
    holds: ({ structure }) => structure?.range !== undefined,
    cannot: (facts, { data }) =>
      `: ${said(facts.structure?.range, (range) => rangeText(range, facts, data))}`,
    tries: [otherOutput, scaledRows],
  },
  {
    // The network has no biases, so that what it answers to inputs of zero (or to two rows on one line through zero)
    // follows from its structure, and is wrong.
    name: "no-bias",
    proof: true,
    holds: ({ structure }) => structure?.fixed !== undefined,
    cannot: ({ structure }, { data }) =>
      `: without biases ${said(structure?.fixed, (fixed) => fixedText(fixed, data))}`,
    tries: [biases],
  },
  {
    // Every network of this structure can only draw one straight line (a plane, …) between the classes, and no line
    // separates them; or it is a linear function, or one that only rises or only falls along its one input, and the best of
    // these is not good enough; or along its one input the class changes more often than its answer can.
    name: "cannot-represent",
    proof: true,
    holds: cannotRepresent,
    cannot: (facts, ended) => `: ${shapeText(facts, ended)}`,
    tries: [hiddenLayer, bendingUnits, wider, oneMoreUnit],
  },
  {
    // Hidden units have exactly the same weights and stay the same; all units of a layer are so, or as many as are
    // different can only draw one line, and none separates the classes.
    name: "identical-units",
    holds: inside(({ different, units, differentDrawOneLine }, facts, ended) => {
      const alike = units.map((layer, l) => different[l] < layer.length);
      const one = alike.some((some, l) => some && different[l] === 1);
      return one || (alike.includes(true) && differentDrawOneLine && noLine(facts, ended));
    }),
    why: identicalText,
    tries: [otherStarts],
  },
] as const satisfies readonly Entry[];

/** What is possible at best: "is right on 34 of 40 rows, and no answers can be right on more". */
function possibleText({ judgement: { by, reached, rows, best } }: Facts): string {
  const more = reached === best ? "more" : `more than ${best}`;
  return {
    rows: `is right on ${reached} of ${rows} rows, and no answers can be right on ${more}`,
    "R²": `has an R² of ${r2Text(reached)}, and no answers can have more than ${r2Text(best)}`,
    loss: `has a loss of ${lossText(reached)}, and no answers can have less than ${lossText(best)}`,
  }[by];
}

/** "a sigmoid output answers between 0 and 1, while the targets go from 3 to 6, so that at most 0 of 4 rows can be right" */
function rangeText(
  { activation, range, summed, targets, best }: RangeFacts,
  { judgement }: Facts,
  data: Dataset,
): string {
  const [low, high] = range.map((value) => significant(value));
  const can = summed
    ? "behind a softmax the answers to a row sum to 1"
    : low === high
      ? `a softmax over a single unit always answers ${low}`
      : `${outputText(activation)} answers ${range[1] === Infinity ? `nothing below ${low}` : `between ${low} and ${high}`}`;
  const scaled = data.scaling?.targets ? ", as they are scaled," : "";
  const [each, all] = summed
    ? ["the targets of each row sum to", "the sums of a row's targets go"]
    : [`every target${scaled} is`, `the targets${scaled} go`];
  const from =
    targets[0] === targets[1]
      ? `${each} ${givenText(targets[0])}`
      : `${all} from ${differentTexts(targets[0], targets[1]).join(" to ")}`;
  const most = {
    rows: `at most ${best} of ${judgement.rows} rows can be right`,
    "R²": `R² can be ${r2Text(best)} at best`,
    loss: `the loss can be ${lossText(best)} at best`,
  }[judgement.by];
  return `${can}, while ${from}, so that ${most}`;
}

/** "its answer to (0, 0) is always 0.500, while 1 is wanted" */
function fixedText({ zero, wrong, why, r2 }: FixedAnswers, data: Dataset): string {
  const judged = judgedRows(data);
  const inputs = (row: number): string => inputsText(inputsInUnits(judged, row));
  const wanted = (row: number): string =>
    listed(Array.from(answersInUnits(judged, targetsOf(judged, row)), (value) => significant(value)));
  if (why !== "zero") {
    const [one, two] = wrong;
    const tied = why === "ray" ? "on the same side of" : "on opposite sides of";
    return `its answers to ${inputs(one)} and ${inputs(two)} always lie ${tied} ${levelText(judged.threshold ?? 0.5)}, while ${wanted(one)} and ${wanted(two)} are wanted`;
  }
  const answer = answersText(answersInUnits(judged, zero), judged.threshold);
  const rest = r2 === undefined ? "" : `, so that R² can be ${r2Text(r2)} at best`;
  return `its answer to ${inputs(wrong[0])} is always ${answer}, while ${wanted(wrong[0])} is wanted${rest}`;
}

export function cannotRepresent(facts: Facts, ended: Ended): boolean {
  const { structure } = facts;
  if (structure?.limit || (structure?.oneLine && noLine(facts, ended))) return true;
  const { needed, most } = structure?.turns ?? { needed: 0, most: 0 };
  return needed > most && oneIsTooMany(facts, ended);
}

/** What is all that such a network can do. */
export function shapeText(facts: Facts, ended: Ended): string {
  const { structure } = facts;
  const network = ended.network ?? ended.withoutDropout;
  const hidden = network ? hiddenLayers(network) : [];
  if (structure?.limit) return shortOfText(structure.limit, facts);
  if (!(structure?.oneLine && noLine(facts, ended)))
    return said(structure?.turns, ({ needed, most }) => {
      const whose = hidden.length === 0 ? "its answer" : `the answer of ${networkName(network)}`;
      const times = most === 1 ? "only once" : `no more than ${counted(most, "time")}`;
      return `along its input the class changes ${counted(needed, "time")}, and ${whose} can change sides ${times}, whatever the weights`;
    });
  const narrow =
    hidden.length === 1 ? "a network with one hidden unit" : "a network with one nonlinear unit a layer";
  const linear = hidden.every((layer) => layer.activation === "linear");
  const shape = hidden.length === 0 ? "it" : linear ? "a network of linear units" : narrow;
  return ended.data.task === "classes"
    ? `${shape} ${oneLineText(ended)}`
    : `${shape} can only draw ${boundaryText(ended)} between two classes, and none separates these`;
}

/** "it is a linear function of its inputs, and the best of these has an R² of 0.844, less than the 0.99 asked for" */
function shortOfText(
  { shape, best, width = 0, needed = 0 }: LimitFacts,
  { judgement: { by, asked, rows }, judged }: Facts,
): string {
  const { outputs } = judged.rows;
  const what = {
    linear: "it is a linear function of its inputs, and the best of these has",
    "one way": `along its input ${outputs > 1 ? "each answer" : "its answer"} can only rise or only fall, and the best such answers have`,
    narrow: `its ${outputs} answers to a row come from weighted sums of ${width === 1 ? "one number, that of the single unit" : `${width} numbers, those of the ${width} units`} of its narrowest layer, and the best such answers ${by === "rows" ? "are" : "have"}`,
  }[shape];
  const more = shape === "narrow" ? `; at least ${needed} units are needed` : "";
  const score = {
    rows: `right on at most ${best} of ${rows} rows`,
    "R²": `an R² of ${r2Text(best)}, less than the ${significant(asked)} asked for`,
    loss: `a loss of ${lossText(best)}, more than the ${significant(asked)} asked for`,
  }[by];
  return `${what} ${score}${more}`;
}

/** "all 5 hidden units have exactly the same weights …" */
function identicalText(facts: Facts, ended: Ended): string {
  const { different = [], units = [], differentDrawOneLine } = facts.inside ?? {};
  const at = units.findIndex((layer, l) => different[l] < layer.length);
  const all = units[at].length;
  const layer = ofLayer(facts, at);
  const [who, worth] =
    different[at] === 1
      ? [`${allOf(all, "hidden unit")}${layer} have`, "a single unit"]
      : [
          `of ${all} hidden units${layer} only ${different[at]} are different: the others have`,
          `${different[at]} units`,
        ];
  const line =
    differentDrawOneLine && noLine(facts, ended) ? `, with which the network ${oneLineText(ended)}` : "";
  return `${who} exactly the same weights, and so the same gradients: they stay the same however long they are trained, and are worth no more than ${worth}${line}`;
}
