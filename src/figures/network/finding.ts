import type { NetworkRun } from "../../train/networkRun.js";
import { allOf, listed } from "../../words/english.js";
import { r2Text } from "../../words/numbers.js";
import { r2At, rightOf, type ShownRows } from "../parts/rows.js";
import { type DrawnUnit, type Role, type Silence, silenceIn } from "./units.js";

/** The state of the hidden units and what comes of it, as it follows "after epoch 5, ". */
export function networkFinding(
  run: NetworkRun,
  rows: ShownRows,
  layers: readonly (readonly DrawnUnit[])[],
  epoch: number | undefined,
): string {
  const units = layers.flat();
  const { judged } = rows;
  const right = judged.task === "regression" ? undefined : rightOf(run, rows, epoch);
  const score =
    right === undefined ? `R² is ${r2Text(r2At(run, rows, epoch))}` : answersText(right, judged.rows);
  const silence = silenceIn(layers, rows);
  const answers = silence ? silenceText(silence, layers.length) : score;
  if (units.length === 0)
    return `no hidden layer: ${run.data.outputs === 1 ? "the output is a function of one weighted sum" : "each output has one weighted sum"}, and ${answers}`;
  const roles = ORDER.filter((role) => units.some((unit) => unit.role === role));
  const surprising =
    right === judged.rows
      ? roles.some((role) => role !== "active" && role !== "linear")
      : right !== undefined && roles.every((role) => role === "active");
  return `${unitsText(units, roles)}, ${surprising ? "yet" : "and"} ${answers}`;
}

const ORDER: readonly Role[] = ["dead", "constant", "copy", "linear", "active"];
const VERBS: Record<Role, readonly [one: string, many: string]> = {
  dead: ["is dead", "are dead"],
  constant: ["is constant", "are constant"],
  copy: ["is a copy of another", "are copies of others"],
  linear: ["is linear on these inputs", "are linear on these inputs"],
  active: ["is active", "are active"],
};

/** "both hidden units are active", "one of the 5 hidden units is dead, 2 are copies of others". */
function unitsText(units: readonly DrawnUnit[], roles: readonly Role[]): string {
  const count = (role: Role) => units.filter((unit) => unit.role === role).length;
  const verb = (role: Role) => {
    if (role === "copy" && units.length === 2) return "is a copy of the other";
    return VERBS[role][count(role) === 1 ? 0 : 1];
  };
  if (roles.length === 1) return `${allOf(units.length, "hidden unit")} ${verb(roles[0])}`;
  const [first, ...others] = roles.filter((role) => role !== "active");
  const start = `${count(first) === 1 ? "one" : count(first)} of the ${units.length} hidden units ${verb(first)}`;
  return [start, ...others.map((role) => `${count(role)} ${verb(role)}`)].join(", ");
}

/** Why answers are wrong: where every ReLU of a layer is off, the layers above cannot tell the inputs apart. */
function silenceText({ names, layer, all }: Silence, layers: number): string {
  if (all) return `${allOf(names.length, "input")} get one answer`;
  const where = layers > 1 ? ` of hidden layer ${layer + 1}` : "";
  return `no unit${where} is on for ${listed(names)}: they get one answer`;
}

/** "1 of 4 answers is wrong". */
function answersText(right: number, rows: number): string {
  const wrong = rows - right;
  if (wrong === 0) return `${allOf(rows, "answer")} ${rows === 1 ? "is" : "are"} right`;
  if (rows === 1) return "the one answer is wrong";
  return `${wrong} of ${rows} answers ${wrong === 1 ? "is" : "are"} wrong`;
}
