import { judgedRows } from "../data/dataset.js";
import { inputsOf, unlikeInputs } from "../data/rows.js";
import { rightAnswers } from "../verdict/outcome.js";
import type { TiedRows } from "../verdict/ties.js";
import { allOf, counted, listed } from "../words/english.js";
import { inputsText, networkName } from "../words/names.js";
import { answerText, changeText, significant } from "../words/numbers.js";
import type { Cause } from "./cause.js";
import { marginOf } from "./contributions.js";
import type { Ended, Facts } from "./facts.js";

/** The first sentence: what is the case, in plain words. Every number in it is a fact. */
export function verdictText(cause: Cause, ended: Ended, facts: Facts, dataName: string): string {
  const label = networkName(ended.network);
  const who = `${label.includes(" ") ? `The network (${label})` : label} on ${dataName}`;
  const verdict = VERDICTS[cause]({ who, dataName, ended, facts });
  return facts.possible || cause === "solved" || cause === "contradictory-data"
    ? verdict
    : `${verdict} No answers can be right on more than ${facts.mostRight} of ${judgedRows(ended.data).rows} rows: ${CONTRADICTORY}.`;
}

const CONTRADICTORY = "the data give the same inputs different targets";

interface Case {
  readonly who: string;
  readonly dataName: string;
  readonly ended: Ended;
  readonly facts: Facts;
}

const VERDICTS: Readonly<Record<Cause, (about: Case) => string>> = {
  solved: ({ who, ended, facts }) => `${who} is solved: ${solvedText(ended, facts)}.`,
  stopped: ({ who, ended }) =>
    `${who} was stopped after ${counted(ended.losses.length, "epoch")} of ${ended.settings.epochs}.`,
  diverged: ({ who, ended }) => `${who} diverged: ${divergedText(ended)}.`,
  "contradictory-data": ({ who, ended, facts }) =>
    `${who} cannot get more rows right: ${facts.mostRight} of ${judgedRows(ended.data).rows} are, and no answers can be right on more, since ${CONTRADICTORY}.`,
  "cannot-represent": ({ who, dataName, ended }) =>
    `${who} cannot be solved: ${shapeText(ended)} can only draw one straight line between two classes, and no line separates those of ${dataName}.`,
  "dead-units": ({ who, facts, ended }) => `${who} cannot be solved from here: ${deadText(ended, facts)}.`,
  "no-slope": ({ who, facts }) =>
    `${who} has stopped learning with ${wrongText(facts)} wrong: no row pulls at the weights any more.`,
  "dead-inputs": ({ who, facts, ended }) =>
    `${who} is stuck: on ${tiesText(facts, (tie) => tie.offLayer !== undefined)} ${offText(ended, facts)}, and no gradient from them reaches those units.`,
  "too-large-steps": ({ who, facts, ended }) =>
    `${who} jumps instead of descending: its loss changes by ${percent(facts.course?.change)} from one epoch to the next and does not fall, as happens where steps are too large (learning rate ${significant(ended.settings.optimizer.learningRate)}).`,
  "still-learning": ({ who, ended, facts }) =>
    facts.course
      ? `${who} was still learning when its epochs were over: its loss fell by ${percent(facts.course.fell)} within the last ${facts.course.epochs} of ${ended.losses.length}.`
      : `${who} had too few epochs to say where it goes (${ended.losses.length}).`,
  "one-line": ({ who, facts, ended }) =>
    `${who} draws a single line as it stands, which cannot separate the classes: ${workingText(ended, facts)}.`,
  saddle: ({ who, facts }) =>
    `${who} rests on a saddle${tiedPart(facts)}: the gradient is nearly zero, yet in one direction the loss bends down.`,
  tied: ({ who, facts }) =>
    `${who} gives unlike inputs one answer (${tiesText(facts)}), and its loss is ${Math.abs(facts.lossNow - facts.floor.data) < NEAR ? "" : "about "}what that costs.`,
  minimum: ({ who, facts }) =>
    `${who} has settled with ${wrongText(facts)} wrong: the rows' pulls cancel out${facts.inside?.curvature ? ", and in no direction does the loss bend down" : ""}.`,
  plateau: ({ who, facts }) =>
    `${who} is on a plateau: its loss still falls, but only by ${percent(facts.course?.fell)} within the last ${facts.course?.epochs} epochs.`,
  noise: ({ who, facts }) =>
    `${who} stands still with ${wrongText(facts)} wrong, ${facts.inside?.gradient.size === "not zero" ? "though the gradient is not zero: its" : "on a slope so slight that its"} steps lead nowhere.`,
  unknown: ({ who, ended, facts }) =>
    `${who} did not solve its data (${wrongText(facts)} wrong), and its loss did not fall at the end; ${ended.network ? "its weights are not finite" : "the inside of this model cannot be looked at"}.`,
};

/** A loss so near to a floor is just that. */
const NEAR = 0.005;

function solvedText({ settings, data, predict }: Ended, { judged }: Facts): string {
  const { rows, answers, right } = judged;
  if (right < rows.rows) {
    const all = judgedRows(data);
    const share = changeText(settings.solvedAccuracy);
    return `${rightAnswers(predict(all.inputs), all.targets)} of ${all.rows} rows are right, and ${share} were asked for`;
  }
  const { row } = marginOf(rows, answers);
  const [input, answer] = [inputsText(inputsOf(rows, row)), answerText(answers[row])];
  return rows.rows === 1
    ? `its one row is right, with the answer ${answer} for ${input}`
    : `${allOf(rows.rows, "row")} are right; nearest to ½ is the answer for ${input}, ${answer}`;
}

function divergedText({ divergedAt, settings }: Ended): string {
  const where = divergedAt ? ` in epoch ${divergedAt.epoch + 1}, at step ${divergedAt.step}` : "";
  return `its loss stopped being finite${where}, with ${settings.optimizer.name} and learning rate ${significant(settings.optimizer.learningRate)}`;
}

function shapeText({ network }: Ended): string {
  const hidden = network?.layers.slice(0, -1) ?? [];
  if (hidden.length === 0) return "a network without a hidden layer";
  if (hidden.every((layer) => layer.activation === "linear")) return "a network of linear units";
  return hidden.length === 1 ? "a network with one hidden unit" : "a network with one bending unit a layer";
}

function deadText({ network }: Ended, { inside }: Facts): string {
  if (!inside || !network) return "";
  const { deadLayer, deadForGood } = inside.working;
  if (deadLayer !== undefined) {
    const units = network.layers[deadLayer].units;
    const which = network.layers.length > 2 ? ` of layer ${deadLayer + 1}` : "";
    const [are, them] = units === 1 ? ["is", "it"] : ["are", "them"];
    return `${allOf(units, "unit")}${which} ${are} dead (no slope on any row), so every input gets the same answer and no gradient reaches ${them}`;
  }
  const [units, left] = [network.layers[0].units, network.layers[0].units - deadForGood];
  return `${deadForGood} of ${units} ${network.layers.length > 2 ? "units of layer 1" : "units"} ${deadForGood === 1 ? "is" : "are"} dead (no slope on any row), and no gradient reaches ${deadForGood === 1 ? "it" : "them"}; the ${left === 1 ? "one" : left} left can only draw one line, and none separates the classes`;
}

function workingText({ network }: Ended, { inside }: Facts): string {
  if (!network || !inside) return "";
  return inside.units
    .map((layer, l) => {
      const where = inside.units.length > 1 ? `of layer ${l + 1} ` : "";
      const bends = layer.some((unit) => !unit.linear && !unit.constant);
      if (layer.every((unit) => unit.constant)) return `${where}every unit has one value for all inputs`;
      if (!bends) return `${where}no unit bends on these inputs`;
      return `${where}${inside.working.units[l]} of ${layer.length} units ${inside.working.units[l] === 1 ? "does" : "do"} something of ${inside.working.units[l] === 1 ? "its" : "their"} own`;
    })
    .join(", ");
}

/** What is true of units without slope: some are off, others saturated, with values that may differ. */
function offText({ network }: Ended, { ties, inside }: Facts): string {
  const at = ties.find((tie) => tie.offLayer !== undefined && tie.unlikeInputs)?.offLayer ?? 0;
  const { units, activation } = network?.layers[at] ?? { units: 0, activation: "relu" };
  const layer = (inside?.units.length ?? 1) > 1 ? ` of layer ${at + 1}` : "";
  const [all, are] = units === 1 ? ["the one unit", "is"] : ["all units", "are"];
  if (activation === "relu" || activation === "softplus")
    return `${all}${layer} ${are} off, so these unlike inputs get one answer`;
  return `${all}${layer} ${are} saturated (no slope): these unlike inputs get one answer`;
}

function tiedPart(facts: Facts): string {
  return facts.ties.every((tie) => !tie.unlikeInputs)
    ? ""
    : ` and gives unlike inputs one answer (${tiesText(facts)})`;
}

const FEW_TIED = 8;

/** The inputs that are tied: "(0, 0) and (0, 1)"; of many, how many. */
function tiesText({ ties, judged }: Facts, which: (tie: TiedRows) => boolean = () => true): string {
  const meant = ties.filter((tie) => tie.unlikeInputs && which(tie));
  const inputs = meant.reduce((sum, { rows }) => sum + rows.length, 0);
  if (meant.length > 1 && inputs > FEW_TIED)
    return `${inputs} of ${judged.rows.rows} rows, in ${meant.length} groups`;
  return meant
    .map(({ rows }) =>
      rows.length > FEW_TIED
        ? `${rows.length} of ${judged.rows.rows} rows`
        : listed(unlikeInputs(judged.rows, rows).map((row) => inputsText(inputsOf(judged.rows, row)))),
    )
    .join("; ");
}

function wrongText({ judged }: Facts): string {
  const wrong = judged.rows.rows - judged.right;
  if (judged.rows.rows === 1) return "its one row";
  return `${wrong} of ${judged.rows.rows} rows`;
}

function percent(share: number | undefined): string {
  return `${significant(100 * (share ?? Number.NaN), 2)} %`;
}
