import type { Dataset } from "../../data/dataset.js";
import { targetsOf } from "../../data/rows.js";
import { allOf, counted, listed, ofThe, outside } from "../../words/english.js";
import { lossName, outputText } from "../../words/names.js";
import { percentText, significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { TurnFacts } from "../facts/oneInput.js";
import type { ClippedFacts, DeadOutput } from "../facts/output.js";
import { otherOutput, otherOutputAndSteps } from "../trying/remedies/answers.js";
import { longer, scaledForLonger } from "../trying/remedies/steps.js";
import { wider } from "../trying/remedies/structure.js";
import { type Entry, falls, inside, said, settled } from "./entry.js";

/** Rows without a gradient, since the output is off, that make up the loss. */
const MOST_OF_LOSS = 0.9;

/** Causes that lie between the answers and what is wanted: the output, the loss, and how often the answers must turn. */
export const ANSWERS = [
  {
    // An output unit (ReLU) is off on all rows of the training; or on rows where more than 0 is wanted that make up nine
    // tenths of the loss, and the loss is settled.
    name: "dead-output",
    holds: inside(
      ({ output }, facts) =>
        output !== undefined &&
        (output.dead.length > 0 || (output.lossShare >= MOST_OF_LOSS && !falls(facts))),
    ),
    why: ({ inside }, { data }) => said(inside?.output, (output) => deadOutputText(output, data)),
    tries: [otherOutput, otherOutputAndSteps],
  },
  {
    // Settled, and a cross-entropy clips answers on the wrong side of 0 to 1, where it has no slope; or it is the categorical one,
    // and rows do not belong to one class each.
    name: "wrong-loss",
    holds: (facts, ended) =>
      settled(facts, ended) && ((facts.inside?.clipped?.rows ?? 0) > 0 || unfitRows(ended) > 0),
    why: ({ inside }, ended) =>
      unfitRows(ended) > 0
        ? unfitText(ended)
        : said(inside?.clipped, (clipped) => clippedText(clipped, ended)),
    tries: [otherOutput],
  },
  {
    // Along the one input the class changes, or a regression's targets turn by half a deviation or more, more often than the
    // network has hidden units that bend, and not by chance.
    name: "too-many-turns",
    holds: ({ structure }) => structure?.turns?.isPattern === true,
    why: ({ structure }, { data }) => said(structure?.turns, (turns) => turnsText(turns, data)),
    tries: [wider, scaledForLonger, longer],
  },
] as const satisfies readonly Entry[];

/** "the output unit is off on all 4 rows of the training …" */
function deadOutputText({ dead, rows, lossShare, names }: DeadOutput, data: Dataset): string {
  const { outputs } = data;
  if (dead.length === 0) {
    const [these, have] = rows === 1 ? ["this row", "has"] : ["these rows", "have"];
    return `on ${rows} of ${data.rows} rows ${outputs === 1 ? "the" : "an"} output unit (ReLU) is off though more than 0 is wanted: it answers 0 there and has no slope, so that ${these}, ${percentText(lossShare)} of the loss, ${have} no gradient${outputs === 1 ? "" : " from it"}`;
  }
  const rest = `off on ${allOf(data.rows, "row")} of the training, where ReLU answers 0 and has no slope`;
  if (outputs === 1) return `the output unit is ${rest}, so that no weight has a gradient`;
  const which = names ? ` (${listed(dead.map((j) => outside(names[j])))})` : "";
  const [are, them] = dead.length === 1 ? ["is", "it"] : ["are", "them"];
  return `${ofThe(dead.length, outputs)} output units${which} ${are} ${rest}, so that no gradient passes ${them}`;
}

/** How many rows a categorical cross-entropy does not fit, since their targets do not sum to 1: several yes, or none. */
function unfitRows({ settings, data }: Ended): number {
  if (settings.loss !== "categoricalCrossentropy" || data.outputs === 1) return 0;
  const sums = Array.from({ length: data.rows }, (_, row) => targetsOf(data, row).reduce((a, b) => a + b, 0));
  return sums.filter((sum) => Math.abs(sum - 1) > 1e-6).length;
}

function unfitText(ended: Ended): string {
  const { rows } = ended.data;
  return `Categorical cross-entropy does not fit these targets: it divides the answers to a row by their sum and counts only those where more than 0 is wanted, as for classes of which each row has one, while the targets of ${ofThe(unfitRows(ended), rows)} rows do not sum to 1`;
}

function clippedText(
  { activation, rows, all, below = 0, above = 0 }: ClippedFacts,
  { settings }: Ended,
): string {
  const [low, high] = [below, above].map((cost) => significant(cost));
  const cost = below && above ? `${low} below 0 and ${high} above 1,` : below ? low : high;
  return `the answers of ${outputText(activation)} are no probabilities: on ${rows === all ? allOf(all, "row") : `${rows} of ${all} rows`} they lie beyond 0 or 1 on the wrong side, where ${lossName(settings.loss)} is clipped, costs ${cost} whatever the answer is, and has no slope`;
}

/**
 * More turns than units.
 *
 * @see Hanin and Rolnick 2019, Complexity of Linear Regions in Deep Networks, ICML: trained networks have about as many pieces along
 *   a line as units, however deep they are
 */
function turnsText({ needed, made, units }: TurnFacts, { task, outputs }: Dataset): string {
  const target = outputs > 1 ? "a target" : "the target";
  const [what, such] =
    task === "regression"
      ? [`${target} turns from rising to falling or back`, ""]
      : [
          task === "binary" && outputs > 1 ? "a target changes" : "the class changes",
          ", as the binary digits of numbers would for even and odd ones",
        ];
  const times = ["never", "once"][made] ?? counted(made, "time");
  return `Along its input ${what} ${counted(needed, "time")}, in its answers ${times}, and it has ${counted(units, "hidden unit")}: trained networks rarely bend more often along a line than they have units. Inputs that tell more directly what is wanted may make it easy${such}`;
}
