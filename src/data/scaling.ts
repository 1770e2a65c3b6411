import { columnsOf } from "../numbers/columns.js";
import type { Task } from "./task.js";

/** How columns of numbers are brought to a common scale, and back to the units in which they were given. */

/**
 * - "standard": mean 0 and standard deviation 1 (divided by the number of rows, as in scikit-learn's StandardScaler).
 * - "minMax": from 0, the smallest number, to 1, the largest.
 */
export type ScaleMethod = "standard" | "minMax";
export const SCALE_METHODS: readonly ScaleMethod[] = ["standard", "minMax"];

/** Where each column begins and what one unit of it is: a number x becomes (x − offset) / factor. */
export interface ColumnScale {
  readonly offset: readonly number[];
  readonly factor: readonly number[];
}

/** How data were scaled. */
export interface Scaling {
  readonly method: ScaleMethod;
  readonly inputs: ColumnScale;
  /** In a regression the targets are scaled too. */
  readonly targets?: ColumnScale;
}

/**
 * The scale of each column. A column that is the same in all rows becomes 0: its factor is 1.
 *
 * @param values  row after row
 * @example columnScale("standard", [1, 5, 3, 5], 2) // { offset: [2, 5], factor: [1, 1] }
 */
export function columnScale(method: ScaleMethod, values: ArrayLike<number>, columns: number): ColumnScale {
  const places = columnsOf(values, columns).map(({ mean, deviation, low, high }) => {
    if (low === high) return [low, 1];
    return method === "minMax" ? [low, high - low] : [mean, deviation];
  });
  return { offset: places.map(([offset]) => offset), factor: places.map(([, factor]) => factor) };
}

/** Numbers, row after row, as the network sees them; without a scale as they are. */
export function toScale(values: ArrayLike<number>, scale: ColumnScale | undefined): Float32Array {
  if (!scale) return Float32Array.from(values);
  const { offset, factor } = scale;
  return Float32Array.from(
    values,
    (value, i) => (value - offset[i % offset.length]) / factor[i % offset.length],
  );
}

/** What single precision leaves of a zero, as a share of where its column begins. */
const ROUNDING = 1e-6;

/** The other way round: numbers in the units in which they were given. */
function fromScale(values: ArrayLike<number>, scale: ColumnScale | undefined): Float64Array {
  if (!scale) return Float64Array.from(values);
  const { offset, factor } = scale;
  return Float64Array.from(values, (value, i) => {
    const [unit, start] = [factor[i % offset.length], offset[i % offset.length]];
    const given = value * unit + start;
    return Math.abs(given) < ROUNDING * Math.abs(start) ? 0 : given;
  });
}

/** What a scaling is about. */
interface Scaled {
  readonly features: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly scaling?: Scaling;
}

/** A row's inputs in the units in which they were given. */
export function inputsInUnits(
  { features, inputs, scaling }: Omit<Scaled, "targets">,
  row: number,
): Float64Array {
  return fromScale(inputs.subarray(row * features, (row + 1) * features), scaling?.inputs);
}

/** Answers, or targets, row after row, in the units in which targets were given. */
export function answersInUnits(
  { scaling }: Pick<Scaled, "scaling">,
  answers: ArrayLike<number>,
): ArrayLike<number> {
  return scaling?.targets ? fromScale(answers, scaling.targets) : answers;
}

/** Numbers of which data are made, row after row, in the units in which they were given. */
export interface Numbers {
  readonly inputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
}

/** All numbers of data in the units in which they were given. */
export function unscaled({ inputs, targets, scaling }: Scaled): Numbers {
  return { inputs: fromScale(inputs, scaling?.inputs), targets: fromScale(targets, scaling?.targets) };
}

/** Numbers as a network sees them. */
export function scaledBy(
  scaling: Scaling | undefined,
  { inputs, targets }: Numbers,
): Pick<Scaled, "inputs" | "targets"> {
  return { inputs: toScale(inputs, scaling?.inputs), targets: toScale(targets, scaling?.targets) };
}

/** The scaling that fits these numbers. Targets have one in a regression alone. */
export function fittingScaling(
  method: ScaleMethod,
  { features, outputs, task }: { readonly features: number; readonly outputs: number; readonly task: Task },
  { inputs, targets }: Numbers,
): Scaling {
  return {
    method,
    inputs: columnScale(method, inputs, features),
    ...(task === "regression" ? { targets: columnScale(method, targets, outputs) } : {}),
  };
}

/** Whether two scalings, or none, are the same, so that numbers of both can be compared. */
export function sameScaling(one: Scaling | undefined, other: Scaling | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
