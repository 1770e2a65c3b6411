import type { Dataset } from "../../data/dataset.js";
import type { Activation } from "../../engine/functions.js";
import { columnOf, flatOf, type LayerCourse, layerCourses } from "../../engine/layerValues.js";
import type { LayerWeights, Network } from "../../engine/network.js";
import { statesOf, type UnitState } from "../../explain/units.js";
import { weightText } from "../../words/numbers.js";

/** What a hidden unit is good for, the first that holds. */
export type Role = "dead" | "constant" | "duplicate" | "linear" | "works";

/** A hidden unit as it is drawn. */
export interface DrawnUnit {
  readonly role: Role;
  readonly activation: Activation;
  /** On which rows its weighted sum is > 0. */
  readonly on: readonly boolean[];
  /** How far its values lie apart. */
  readonly spread: number;
  /** What it does, in a line or two: "on for 01, 10". */
  readonly lines: readonly string[];
  /** The same in a word or two. */
  readonly short: string;
}

/** Every hidden unit of the network, layer by layer, on these rows. */
export function drawnUnits(
  network: Network,
  weights: readonly LayerWeights[],
  rows: Dataset,
  names: readonly string[] | undefined,
): DrawnUnit[][] {
  const courses = layerCourses(network, flatOf(weights), rows.inputs);
  return statesOf(courses).map((states, layer) =>
    states.map((state) => drawnUnit(state, courses[layer], names)),
  );
}

/**
 * Inputs of both classes on which all ReLUs of some layer are off, by name; none if they are of one class.
 */
export function silentInputs(
  units: readonly (readonly DrawnUnit[])[],
  rows: Dataset,
  names: readonly string[],
): string[] {
  const above = (row: number) => rows.targets[row] > 0.5;
  for (const its of units) {
    if (its.some(({ activation }) => activation !== "relu")) continue;
    const off = names.map((_, row) => row).filter((row) => its.every(({ on }) => !on[row]));
    if (off.some((row) => above(row) !== above(off[0]))) return off.map((row) => names[row]);
  }
  return [];
}

function drawnUnit(state: UnitState, course: LayerCourse, names: readonly string[] | undefined): DrawnUnit {
  const values = columnOf(course.values, course.units, state.unit);
  const on = Array.from(columnOf(course.sums, course.units, state.unit), (sum) => sum > 0);
  const role = roleOf(state);
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const all = on.length === 1 ? "the only input" : `all ${on.length} inputs`;
  const verb = VERBS[state.activation] ?? "on for";
  const where = whereOn(on, names);
  const twin = twinText(state, course, values);
  const texts: Record<Role, { lines: string[]; short: string }> = {
    dead: { lines: ["dead: off for", all], short: "dead" },
    constant: { lines: [`constant: ${weightText(high)}`, `for ${all}`], short: "constant" },
    duplicate: { lines: [...broken(verb, `${where},`), twin], short: twin },
    linear: { lines: ["linear: one slope", `for ${all}`], short: "linear" },
    works: { lines: broken(verb, where), short: where },
  };
  return { role, activation: state.activation, on, spread: high - low, ...texts[role] };
}

const ONE_LINE = 14; // letters: longer ones would lie on the lines of weights

function broken(verb: string, where: string): string[] {
  const whole = `${verb} ${where}`;
  return whole.length <= ONE_LINE ? [whole] : [verb, where];
}

/** "like unit 1", or "mirrors unit 1" if it falls where that one rises. */
function twinText({ duplicateOf }: UnitState, { values, units }: LayerCourse, mine: Float64Array): string {
  if (duplicateOf === undefined) return "";
  const theirs = columnOf(values, units, duplicateOf);
  const lowest = mine.reduce((best, value, row) => (value < mine[best] ? row : best), 0);
  const highest = mine.reduce((best, value, row) => (value > mine[best] ? row : best), 0);
  const alike = theirs[highest] > theirs[lowest];
  return `${alike ? "like" : "mirrors"} unit ${duplicateOf + 1}`;
}

function roleOf({ dead, constant, duplicateOf, linear }: UnitState): Role {
  if (dead) return "dead";
  if (constant) return "constant";
  if (duplicateOf !== undefined) return "duplicate";
  return linear ? "linear" : "works";
}

/** What a positive weighted sum means, where it does not mean that a unit is on. */
const VERBS: Partial<Record<string, string>> = { sigmoid: "above ½ for", tanh: "above 0 for" };

const MOST_NAMED = 4;

/** "01, 10", "all but 00", "5 of 8", "37 %". */
function whereOn(on: readonly boolean[], names: readonly string[] | undefined): string {
  const count = on.filter(Boolean).length;
  if (count === 0) return "none";
  if (count === on.length) return "all";
  const named = on.flatMap((is, row) => (is && names ? [names[row]] : []));
  if (names && count <= MOST_NAMED) return named.join(", ");
  return on.length <= 20
    ? `${count} of ${on.length}`
    : `${Math.min(99, Math.max(1, Math.round((100 * count) / on.length)))} %`;
}
