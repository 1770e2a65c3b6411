import type { Dataset } from "../../data/dataset.js";
import { MOST_ENUMERATED, unlikeInputs } from "../../data/rows.js";
import { inputsInUnits } from "../../data/scaling.js";
import type { LayerActivation } from "../../engine/functions.js";
import { columnOf, type LayerCourse } from "../../engine/layerValues.js";
import { dot, extent, lengthOf } from "../../numbers/vectors.js";
import { capital, listed } from "../../words/english.js";
import { inputsText } from "../../words/names.js";

/** What hidden units do, and how it is said. */

/**
 * What one hidden unit does on given rows. Several of the facts can hold at once: a dead unit is constant too.
 * What is said holds on these rows and for these weights; elsewhere the unit may do something else.
 */
export interface UnitState {
  /** 0 is the first hidden layer. */
  readonly layer: number;
  /** 0 is the first unit of its layer. */
  readonly unit: number;
  readonly activation: LayerActivation;
  /**
   * Row by row, whether the unit is on: its weighted sum is > 0; for sigmoid and tanh units, which have no off side,
   * whether it is not saturated: its slope is at least 1 % of the steepest.
   */
  readonly on: readonly boolean[];
  /** How many rows it is on for. */
  readonly onRows: number;
  /** Nothing gets through on any row: every slope is exactly 0, so no gradient reaches the unit's weights. */
  readonly dead: boolean;
  /**
   * Dead with one value on all rows, and by more than rounding could change: while its inputs stay as they are, no
   * training on these rows brings the unit back.
   */
  readonly deadForGood: boolean;
  /** Sigmoid and tanh units: saturated on every row. */
  readonly saturated: boolean;
  /** The same value on every row (to a millionth): to the layer above no more than a bias. */
  readonly constant: boolean;
  /** The same slope, not 0, on every row: on these rows the unit computes a linear function. */
  readonly linear: boolean;
  /**
   * The first earlier unit of the layer whose values, times some number plus some number, are this unit's on every row
   * (correlation ±1 to a millionth): the layer above could do without one of the two. Undefined if there is none,
   * and for constant units.
   */
  readonly duplicateOf: number | undefined;
}

/** The steepest slopes of the activations that saturate on both sides. */
const STEEPEST: Partial<Record<LayerActivation, number>> = { sigmoid: 0.25, tanh: 1 };
/** A slope below this share of the steepest lets next to nothing through. */
const SATURATED = 0.01;
/** Values or slopes that differ by less than this share are the same: single precision leaves about 1e-7. */
const SAME = 1e-6;
/** In layers with more units no copies are looked for. */
const MOST_COMPARED = 512;

/** What every hidden unit does on the rows of these courses: one array for each hidden layer, one state for each unit of it. */
export function statesOf(courses: readonly LayerCourse[]): readonly (readonly UnitState[])[] {
  return courses.slice(0, -1).map((_, layer) => layerStates(courses, layer));
}

/** The states of one layer's units; the last layer is the output. */
export function layerStates(courses: readonly LayerCourse[], layer: number): readonly UnitState[] {
  const course = courses[layer];
  const values = Array.from({ length: course.units }, (_, unit) =>
    columnOf(course.values, course.units, unit),
  );
  const shapes = course.units <= MOST_COMPARED ? values.map(shapeOf) : [];
  return values.map((own, unit) => unitState(course, layer, unit, own, shapes));
}

function unitState(
  course: LayerCourse,
  layer: number,
  unit: number,
  values: Float64Array,
  shapes: readonly (Float64Array | undefined)[],
): UnitState {
  const { activation, units } = course;
  const steepest = STEEPEST[activation];
  const slopes = columnOf(course.slopes, units, unit);
  const sums = columnOf(course.sums, units, unit);
  const on = Array.from(sums, (sum, row) =>
    steepest === undefined ? sum > 0 : slopes[row] >= SATURATED * steepest,
  );
  const onRows = on.filter(Boolean).length;
  const scales = columnOf(course.scales, units, unit);
  const [low, high] = extent(slopes);
  const dead = low === 0 && high === 0;
  const constant = isConstant(values);
  return {
    ...{ layer, unit, activation, on, onRows, constant },
    dead,
    deadForGood:
      dead && constant && sums.every((sum, row) => scales[row] === 0 || Math.abs(sum) > SAME * scales[row]),
    saturated: steepest !== undefined && onRows === 0,
    linear: high > 0 && high - low <= SAME * high && (steepest === undefined || !constant),
    duplicateOf: constant ? undefined : duplicateOf(unit, shapes),
  };
}

function isConstant(values: Float64Array): boolean {
  const [low, high] = extent(values);
  return high - low <= SAME * Math.max(1, Math.abs(low), Math.abs(high));
}

function duplicateOf(unit: number, shapes: readonly (Float64Array | undefined)[]): number | undefined {
  const mine = shapes[unit];
  const found = shapes.findIndex(
    (other, i) => i < unit && mine && other && dot(mine, other) ** 2 >= 1 - SAME,
  );
  return found < 0 ? undefined : found;
}

/** Values moved to mean 0 and length 1: what is left of a unit for a layer that has weights and a bias. */
function shapeOf(values: Float64Array): Float64Array | undefined {
  if (isConstant(values)) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = lengthOf(centred);
  return centred.map((value) => value / length);
}

/** More units than these are counted; half as many where there are too many rows to name. */
const MOST_UNITS = 8;
const MOST_INPUTS = 4;

/** What the hidden units do: "Unit 1 is on for (1, 0) and (1, 1); unit 2 is dead (off on all inputs)." */
export function unitsLine(units: readonly (readonly UnitState[])[], rows: Dataset): string | undefined {
  const all = units.flat();
  if (all.length === 0) return undefined;
  if (all.length > (rows.rows > MOST_ENUMERATED ? MOST_UNITS / 2 : MOST_UNITS)) return countsText(all);
  const states = all.map((state) => stateText(state, rows));
  if (all.length > 1 && states.every((text) => text === states[0]))
    return `Each of its ${all.length} units is ${states[0]}.`;
  const texts = all.map(({ layer, unit }, i) => {
    const ofLayer = units.length > 1 ? ` of layer ${layer + 1}` : "";
    return `unit ${unit + 1}${ofLayer} is ${states[i]}`;
  });
  return `${capital(texts.join("; "))}.`;
}

/**
 * What a unit does, as it follows "is": "on for (1, 0) and (1, 1)", "dead (off on all inputs)", "saturated on all
 * inputs", "linear on these inputs (on for all), a copy of unit 1".
 *
 * @param rows  those of which the state tells
 */
export function stateText(state: UnitState, rows: Dataset): string {
  const { activation, on, onRows } = state;
  if (state.dead) return `dead (${state.saturated ? "zero slope" : "off"} on all inputs)`;
  if (state.saturated) return "saturated on all inputs";
  if (state.constant) return "constant (one value for all inputs)";
  const copy = state.duplicateOf === undefined ? "" : `, a copy of unit ${state.duplicateOf + 1}`;
  if (activation === "linear") return `linear${copy}`;
  const twoSided = STEEPEST[activation] !== undefined; // neither on nor off
  if (state.linear)
    return `linear on these inputs${twoSided ? "" : ` (${onRows > 0 ? "on" : "off"} for all)`}${copy}`;
  if (!twoSided) return `on ${whereText(on, true, rows)}${copy}`;
  return `${onRows === on.length ? "unsaturated on all inputs" : `saturated ${whereText(on, false, rows)}`}${copy}`;
}

/** Where something holds: "for (1, 0) and (1, 1)", "for all but (0, 0)", "for 120 of 500 inputs". */
export function whereText(on: readonly boolean[], wanted: boolean, rows: Dataset): string {
  const different = unlikeInputs(rows, [...on.keys()]);
  const name = (value: boolean): string[] =>
    different.flatMap((row) => (on[row] === value ? [inputsText(inputsInUnits(rows, row))] : []));
  const [those, others] = [name(wanted), name(!wanted)];
  if (rows.rows > MOST_ENUMERATED || Math.min(those.length, others.length) > MOST_INPUTS)
    return `for ${those.length} of ${different.length} inputs`;
  if (others.length === 0) return "for all inputs";
  if (those.length === 0) return "for no input";
  return those.length <= others.length || those.length <= 2
    ? `for ${listed(those)}${those.length === 1 ? " only" : ""}`
    : `for all but ${listed(others)}`;
}

/** Many units are counted. */
function countsText(all: readonly UnitState[]): string {
  const kinds: readonly [what: string, holds: (state: UnitState) => boolean][] = [
    ["dead", (state) => state.dead],
    ["saturated on all inputs", (state) => state.saturated && !state.dead],
    ["linear on these inputs", (state) => state.linear && !state.constant],
  ];
  const counts = kinds.map(([what, holds]) => ({ what, count: all.filter(holds).length }));
  const copies = all.filter((state) => state.duplicateOf !== undefined).length;
  const found = [...counts, { what: copies === 1 ? "a copy of another" : "copies of others", count: copies }]
    .filter(({ count }) => count > 0)
    .map(
      ({ what, count }) => `${count === all.length ? "all" : count} ${count === 1 ? "is" : "are"} ${what}`,
    );
  return found.length === 0
    ? `Of ${all.length} hidden units none is dead, saturated, linear or a copy.`
    : `Of ${all.length} hidden units ${listed(found)}.`;
}
