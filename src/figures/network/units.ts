import { unlike } from "../../data/rows.js";
import type { LayerActivation } from "../../engine/functions.js";
import { columnOf, flatOf, type LayerCourse, layerCourses } from "../../engine/layerValues.js";
import type { LayerWeights, Network } from "../../engine/network.js";
import { statesOf, stateText, type UnitState } from "../../explain/facts/units.js";
import { spread } from "../../numbers/vectors.js";
import { percentText, weightText } from "../../words/numbers.js";
import type { ShownRows } from "../parts/rows.js";

/** What a hidden unit is good for, the first that holds. "active": none of the others. */
export type Role = "dead" | "constant" | "copy" | "linear" | "active";

/** Every hidden unit of the network, layer by layer. */
export function drawnUnits(network: Network, weights: readonly LayerWeights[], rows: ShownRows) {
  const courses = layerCourses(network, flatOf(weights), rows.different.inputs);
  return statesOf(courses).map((states, layer) =>
    states.map((state) => drawnUnit(state, courses[layer], rows)),
  );
}

/** A hidden unit as it is drawn. */
function drawnUnit(state: UnitState, course: LayerCourse, rows: ShownRows) {
  const { activation, unit } = state;
  const values = columnOf(course.values, course.units, unit);
  /** On which rows its weighted sum is > 0. */
  const positive = Array.from(columnOf(course.sums, course.units, unit), (sum) => sum > 0);
  const role = roleOf(state);
  const level = LEVELS[activation];
  const verb = level === undefined ? "on for" : `above ${level} for`;
  const where = whereOn(positive, rows);
  return {
    ...{ role, activation, positive, spread: spread(values) },
    /** What it does, in the words of explain(), as it follows "is". */
    doing: () => {
      const text = stateText(state, rows.different);
      return level === undefined || role === "dead" ? text : `${text}, and ${verb} ${where}`;
    },
    ...labels(role, verb, where, values[0], state),
  };
}

export type DrawnUnit = ReturnType<typeof drawnUnit>;

/** Above which value a unit is where its weighted sum is positive, for those that are neither on nor off. */
const LEVELS: Partial<Record<LayerActivation, string>> = { sigmoid: "½", tanh: "0" };

/** What a unit does, beside its mark: in a line or two of few letters, "on for 01, 10", and in a word or two. */
function labels(role: Role, verb: string, where: string, value: number, { duplicateOf = 0 }: UnitState) {
  const copy = `copy of unit ${duplicateOf + 1}`;
  const texts: Record<Role, { lines: readonly string[]; short: string }> = {
    dead: { lines: ["dead"], short: "dead" },
    constant: { lines: [`constant: ${weightText(value)}`], short: "constant" },
    copy: { lines: [...broken(verb, `${where},`), copy], short: copy },
    linear: { lines: ["linear"], short: "linear" },
    active: { lines: broken(verb, where), short: where },
  };
  return texts[role];
}

function roleOf({ dead, constant, duplicateOf, linear }: UnitState): Role {
  if (dead) return "dead";
  if (constant) return "constant";
  if (duplicateOf !== undefined) return "copy";
  return linear ? "linear" : "active";
}

const ONE_LINE = 14; // letters: longer ones would lie on the lines of weights

function broken(verb: string, where: string): string[] {
  const whole = `${verb} ${where}`;
  return whole.length <= ONE_LINE ? [whole] : [verb, where];
}

const MOST_NAMED = 4;
const MOST_COUNTED = 20;

/** "01, 10", "no input", "5 of 8", "37 %". */
function whereOn(positive: readonly boolean[], { labelled, names }: ShownRows): string {
  const count = positive.filter(Boolean).length;
  if (count === 0) return "no input";
  if (count === positive.length) return "all inputs";
  if (labelled && count <= MOST_NAMED) return names.filter((_, row) => positive[row]).join(", ");
  return positive.length <= MOST_COUNTED
    ? `${count} of ${positive.length}`
    : percentText(count / positive.length);
}

/**
 * The first layer, if there is one, whose ReLUs are all off on several inputs with different targets: the layers above cannot
 * tell them apart. `all`: whether these are all inputs.
 */
export function silenceIn(
  layers: readonly (readonly DrawnUnit[])[],
  { different, labelled, names }: ShownRows,
) {
  for (const [layer, units] of labelled ? layers.entries() : []) {
    if (units.some(({ activation }) => activation !== "relu")) continue;
    const off = [...names.keys()].filter((row) => units.every(({ positive }) => !positive[row]));
    const its = new Set(off.map((row) => names[row]));
    const told = unlike(off, different) && its.size > 1; // contradictory data are not the network's doing
    if (told) return { layer, names: [...its], all: off.length === names.length };
  }
  return undefined;
}

export type Silence = NonNullable<ReturnType<typeof silenceIn>>;
