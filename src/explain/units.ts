import type { Dataset } from "../data/dataset.js";
import type { Activation } from "../engine/functions.js";
import { columnOf, type LayerCourse, layerCourses } from "../engine/layerValues.js";
import type { Network } from "../engine/network.js";

/**
 * What one hidden unit does on given rows. Several of the facts can hold at once: a dead unit is constant too.
 * What is said holds on these rows and for these weights; elsewhere the unit may do something else.
 */
export interface UnitState {
  /** 0 is the first hidden layer. */
  readonly layer: number;
  /** 0 is the first unit of its layer. */
  readonly unit: number;
  readonly activation: Activation;
  /**
   * Row by row, whether the unit is on: its input (the weighted sum) is > 0; for sigmoid and tanh units, which have no
   * off side, whether it is not saturated: its slope is at least 1 % of the steepest.
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
  /** The same slope, not 0, on every row: on these rows the unit computes a linear function, it does not bend. */
  readonly linear: boolean;
  /**
   * The first earlier unit of the layer whose values, times some number plus some number, are this unit's on every row
   * (correlation ±1 to a millionth): the layer above could do without one of the two. Undefined if there is none,
   * and for constant units.
   */
  readonly duplicateOf: number | undefined;
}

/** The steepest slopes of the activations that saturate on both sides. */
const STEEPEST: Partial<Record<Activation, number>> = { sigmoid: 0.25, tanh: 1 };
/** A slope below this share of the steepest lets next to nothing through. */
const SATURATED = 0.01;
/** Values or slopes that differ by less than this share are the same: single precision leaves about 1e-7. */
const SAME = 1e-6;
/** In layers with more units no copies are looked for. */
const MOST_COMPARED = 512;

/**
 * What every hidden unit does on these rows, layer by layer.
 *
 * @param weights  flat, as run.weights() lists them
 * @param rows     usually judgedRows(run.data): the truth table where there is one
 * @returns one array for each hidden layer, one state for each unit of it
 */
export function unitStates(
  network: Network,
  weights: ArrayLike<number>,
  rows: Dataset,
): readonly (readonly UnitState[])[] {
  return statesOf(layerCourses(network, weights, rows.inputs));
}

/** The same for courses that are known already. */
export function statesOf(courses: readonly LayerCourse[]): readonly (readonly UnitState[])[] {
  return courses.slice(0, -1).map((course, layer) => {
    const values = Array.from({ length: course.units }, (_, unit) =>
      columnOf(course.values, course.units, unit),
    );
    const shapes = course.units <= MOST_COMPARED ? values.map(shapeOf) : [];
    return values.map((own, unit) => unitState(course, layer, unit, own, shapes));
  });
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
  const [low, high] = range(slopes);
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

function range(numbers: Float64Array): [low: number, high: number] {
  return [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))];
}

function isConstant(values: Float64Array): boolean {
  const [low, high] = range(values);
  return high - low <= SAME * Math.max(1, Math.abs(low), Math.abs(high));
}

function duplicateOf(unit: number, shapes: readonly (Float64Array | undefined)[]): number | undefined {
  const mine = shapes[unit];
  const found = shapes.findIndex(
    (other, i) => i < unit && mine && other && product(mine, other) ** 2 >= 1 - SAME,
  );
  return found < 0 ? undefined : found;
}

/** Values moved to mean 0 and length 1: what is left of a unit for a layer that has weights and a bias. */
function shapeOf(values: Float64Array): Float64Array | undefined {
  if (isConstant(values)) return undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const length = Math.sqrt(product(centred, centred));
  return centred.map((value) => value / length);
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
