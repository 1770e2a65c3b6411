import { judgedRows } from "../data/dataset.js";
import { inputsOf, unlikeInputs } from "../data/rows.js";
import { marginOf, rightRows } from "../verdict/outcome.js";
import { unsolvedText } from "../words/course.js";
import { allOf, capital, counted, listed } from "../words/english.js";
import { inputsText, networkSubject } from "../words/names.js";
import { answerText, changeText, significant } from "../words/numbers.js";
import type { Cause } from "./cause.js";
import type { Ended, Facts, Tie } from "./facts.js";
import type { UnitState } from "./units.js";

/** The first sentences: what came of the training, and why. Every number in them is a fact. */

/** @param dataText  what the data are called, as it is to be shown */
export function headlineText(cause: Cause, ended: Ended, facts: Facts, dataText: string): string {
  const { losses, data, network } = ended;
  const loss = facts.loss.reported ?? facts.loss.now;
  const who = networkSubject(network);
  const unsolved = `${who} ${unsolvedText(dataText, losses.length, facts.course?.word, loss)}`;
  const headline = HEADLINES[cause]?.({ who, dataText, unsolved, ended, facts }) ?? `${unsolved}.`;
  return facts.possible || cause === "solved" || cause === "contradictory-data"
    ? headline
    : `${headline} No answers can be right on more than ${facts.mostRight} of ${judgedRows(data).rows} rows: ${CONTRADICTORY}.`;
}

const CONTRADICTORY = "the data give the same inputs different targets";

interface Case {
  readonly who: string;
  readonly dataText: string;
  /** That the data are not solved, and what the loss does; without a full stop. */
  readonly unsolved: string;
  readonly ended: Ended;
  readonly facts: Facts;
}

const HEADLINES: Readonly<Partial<Record<Cause, (about: Case) => string>>> = {
  solved: ({ who, dataText, ended, facts }) => `${who} solves ${dataText}: ${solvedText(ended, facts)}.`,
  stopped: ({ who, dataText, ended: { losses, settings } }) =>
    `${who} on ${dataText} was stopped ${losses.length === 0 ? "before its first epoch ended" : `after epoch ${losses.length} of ${settings.epochs}`}.`,
  diverged: ({ who, dataText, ended }) => `${who} on ${dataText} diverged${divergedText(ended)}.`,
  "contradictory-data": ({ who, dataText, ended, facts }) =>
    `${who} on ${dataText} has ${facts.mostRight} of ${judgedRows(ended.data).rows} rows right, and no answers can be right on more: ${CONTRADICTORY}.`,
  "cannot-represent": ({ who, dataText, ended }) =>
    `${who} cannot solve ${dataText}: ${shapeText(ended)} can only draw ${boundaryText(ended)} between two classes, and none separates these.`,
  "dead-units": ({ who, dataText, facts, ended }) =>
    `${who} cannot solve ${dataText} from here: ${deadText(ended, facts)}.`,
  "no-slope": ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}, yet the gradients of the single rows are ${facts.inside?.gradient.rowNorm === 0 ? "" : "nearly "}zero.`,
  "dead-inputs": ({ unsolved, facts, ended }) => `${unsolved}. ${offText(ended, facts)}.`,
  "too-large-steps": ({ unsolved, ended }) =>
    `${unsolved}, as happens where steps are too large (learning rate ${significant(ended.settings.optimizer.learningRate)}).`,
  "still-learning": ({ unsolved }) => `${unsolved}.`,
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
  noise: ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}, and the gradient is ${facts.inside?.gradient.size === "not small" ? "not zero, yet" : "small:"} what some steps gain, others undo.`,
  unknown: ({ unsolved, facts }) =>
    `${unsolved}. ${capital(wrongText(facts))}; the inside of this model cannot be looked at.`,
};

/** A loss so near to a floor is just that. */
const NEAR = 0.005;

function solvedText({ settings, data, predict }: Ended, { judged }: Facts): string {
  const { rows, answers, right } = judged;
  if (right < rows.rows) {
    const all = judgedRows(data);
    const share = changeText(settings.solvedAccuracy);
    return `${rightRows(predict(all.inputs), all)} of ${all.rows} rows are right, and ${share} were asked for`;
  }
  const margins = answers.map((_, row) => marginOf(answers, row, rows));
  const nearest = margins.indexOf(margins.reduce((a, b) => Math.min(a, b)));
  const [input, answer] = [inputsText(inputsOf(rows, nearest)), answerText(answers[nearest])];
  return rows.rows === 1
    ? `its one row is right, with the answer ${answer} for ${input}`
    : `${allOf(rows.rows, "row")} are right; nearest to ½ is the answer for ${input}, ${answer}`;
}

function divergedText({ divergedAt, settings: { optimizer } }: Ended): string {
  const where = divergedAt ? ` in epoch ${divergedAt.epoch + 1}, at step ${divergedAt.step}` : "";
  return `${where}: its loss or a weight stopped being a finite number (${optimizer.name}, learning rate ${significant(optimizer.learningRate)})`;
}

function shapeText({ network }: Ended): string {
  const hidden = network?.layers.slice(0, -1) ?? [];
  if (hidden.length === 0) return "it";
  if (hidden.every((layer) => layer.activation === "linear")) return "a network of linear units";
  return hidden.length === 1 ? "a network with one hidden unit" : "a network with one nonlinear unit a layer";
}

const BOUNDARIES = ["a single point", "a single straight line", "a single plane"];

/** The decision boundary of a network that adds up its inputs once. */
function boundaryText({ data }: Ended): string {
  return BOUNDARIES[data.features - 1] ?? "a single hyperplane";
}

function deadText(ended: Ended, { inside }: Facts): string {
  const { deadLayer = -1, deadForGood = 0 } = inside?.working ?? {};
  const layer = (at: number): string => ((inside?.units.length ?? 1) > 1 ? ` of layer ${at + 1}` : "");
  const reach = (count: number): string => `no gradient reaches ${count === 1 ? "it" : "them"}`;
  const dead = (count: number): string => `${count === 1 ? "is" : "are"} dead (zero slope on every row)`;
  const all = inside?.units[Math.max(0, deadLayer)].length ?? 0;
  if (deadLayer >= 0)
    return `${allOf(all, "unit")}${layer(deadLayer)} ${dead(all)}, so every input gets the same answer and ${reach(all)}`;
  const left = all - deadForGood === 1 ? "the one that is left" : `the ${all - deadForGood} that are left`;
  return `${deadForGood} of ${counted(all, "unit")}${layer(0)} ${dead(deadForGood)}, and ${reach(deadForGood)}; ${left} can only draw ${boundaryText(ended)}, and none separates the classes`;
}

/** Which units of a network add nothing, layer by layer: "one of the two units …" */
function idleText({ inside }: Facts): string {
  const layers = inside?.units ?? [];
  const texts = layers.map((units, l) => {
    const said = idleUnits(units);
    return layers.length > 1 && said ? `in layer ${l + 1} ${said}` : said;
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

/** On which tied inputs all units of a layer are off, or saturated: then their values may differ. */
function offText({ network }: Ended, { ties, judged, inside }: Facts): string {
  const off = ties.filter((tie) => tie.unlikeInputs && tie.offLayer !== undefined);
  const at = off[0]?.offLayer ?? 0;
  const { units, activation } = network?.layers[at] ?? { units: 0, activation: "relu" };
  const layer = (inside?.units.length ?? 1) > 1 ? ` of layer ${at + 1}` : "";
  const how = activation === "relu" || activation === "softplus" ? "off" : "saturated (zero slope)";
  const where = groupTexts(off, judged).join(", and on ");
  const [are, reach] = units === 1 ? ["is", "that unit"] : ["are", "those units"];
  return `On ${where} ${allOf(units, "unit")}${layer} ${are} ${how}: these inputs need different answers but get the same one, and no gradient from them reaches ${reach}`;
}

/** "(0, 0) and (0, 1) need different answers but get the same one", if there is such a tie. */
function sharedText({ ties, judged }: Facts): string | undefined {
  const [first, ...rest] = groupTexts(
    ties.filter((tie) => tie.unlikeInputs),
    judged,
  );
  const others = rest.map((group) => `, and so do ${group}`).join("");
  return first && `${first} need different answers but get the same one${others}`;
}

const FEW_TIED = 8;

/** The inputs of each tie: "(0, 0) and (0, 1)"; of many, how many. */
function groupTexts(ties: readonly Tie[], { rows }: Facts["judged"]): string[] {
  const inputs = ties.reduce((sum, tie) => sum + tie.rows.length, 0);
  if (ties.length > 1 && inputs > FEW_TIED)
    return [`${inputs} of ${rows.rows} rows, in ${ties.length} groups,`];
  return ties.map((tie) =>
    tie.rows.length > FEW_TIED
      ? `${tie.rows.length} of ${rows.rows} rows`
      : listed(unlikeInputs(rows, tie.rows).map((row) => inputsText(inputsOf(rows, row)))),
  );
}

function wrongText({ judged }: Facts): string {
  const wrong = judged.rows.rows - judged.right;
  if (judged.rows.rows === 1) return "its one row is wrong";
  return `${wrong} of ${judged.rows.rows} rows ${wrong === 1 ? "is" : "are"} wrong`;
}
