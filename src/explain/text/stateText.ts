import { unlikeInputs } from "../../data/rows.js";
import { inputsInUnits } from "../../data/scaling.js";
import { sameWithin } from "../../verdict/ties.js";
import { allOf, counted, listed } from "../../words/english.js";
import { inputsText } from "../../words/names.js";
import { significant } from "../../words/numbers.js";
import type { Ended } from "../ended.js";
import type { Facts, Tie } from "../facts/facts.js";
import { noLine } from "../facts/structure.js";
import type { UnitState } from "../facts/units.js";

/** What a headline says of units and of ties. */

const BOUNDARIES = ["a single point", "a single straight line", "a single plane"];

/** The decision boundary of a network that adds up its inputs once. */
export function boundaryText({ data }: Ended): string {
  return BOUNDARIES[data.features - 1] ?? "a single hyperplane";
}

export function deadText(ended: Ended, { inside }: Facts): string {
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
export function idleText({ inside }: Facts): string {
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
export function offText({ network }: Ended, { ties, judged, inside }: Facts): string {
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
export function sharedText({ ties, judged }: Facts): string | undefined {
  const costly = ties.filter((tie) => tie.unlikeInputs);
  const { rows } = judged;
  const near = costly.every((tie) => tie.answers[0] === tie.answers[1])
    ? ""
    : ` (within ${significant(sameWithin(rows))})`;
  if (costly.length === 1 && costly[0].rows.length === rows.rows && rows.rows > 2)
    return `All ${rows.rows} rows get the same answer${near}, though they need different ones`;
  const [first, ...rest] = groupTexts(costly, judged);
  const others = rest.map((group) => `, and so do ${group}`).join("");
  return first && `${first} need different answers but get the same one${near}${others}`;
}

const FEW_TIED = 8;

/** The inputs of each tie: "(0, 0) and (0, 1)"; of many, how many. */
function groupTexts(ties: readonly Tie[], { rows }: Facts["judged"]): string[] {
  const inputs = ties.reduce((sum, tie) => sum + tie.rows.length, 0);
  if (ties.length > 1 && inputs > FEW_TIED)
    return [`${inputs} of ${rows.rows} rows, in ${ties.length} groups,`];
  return ties.map((tie) => {
    return tie.rows.length > FEW_TIED
      ? `${tie.rows.length} of ${rows.rows} rows`
      : listed(unlikeInputs(rows, tie.rows).map((row) => inputsText(inputsInUnits(rows, row))));
  });
}

/** "all 5 hidden units have exactly the same weights …" */
export function identicalText(ended: Ended, facts: Facts): string {
  const { different = [], units = [] } = facts.inside ?? {};
  const at = units.findIndex((layer, l) => different[l] < layer.length);
  if (at < 0) return "";
  const all = units[at].length;
  const layer = units.length > 1 ? ` of layer ${at + 1}` : "";
  const who =
    different[at] === 1
      ? `${allOf(all, "hidden unit")}${layer} have`
      : `of ${all} hidden units${layer} only ${different[at]} are different: the others have`;
  const worth = different[at] === 1 ? "a single unit" : `${different[at]} units`;
  const line =
    facts.inside?.differentDrawOneLine && noLine(ended, facts.structure)
      ? `, with which the network can only draw ${boundaryText(ended)}, and none separates the classes`
      : "";
  return `${who} exactly the same weights, and so the same gradients: they stay the same however long they are trained, and are worth no more than ${worth}${line}`;
}
