import { type Dataset, featureTitles } from "../data/dataset.js";
import { dot, mainDirection, meanOf, without } from "../numbers/vectors.js";
import { featuresOf } from "./options.js";
import type { Setting } from "./setting.js";

/**
 * The plane in which points are seen: their two columns, or, of more columns, the plane through their mean in which they are
 * spread most (their first two principal components).
 */
export interface DataPlane {
  readonly titles: readonly [across: string, up: string];
  /** What numbers along each axis are in the data's own units: times the factor, plus the offset. */
  readonly units: readonly [AxisUnit, AxisUnit];
  /** Where (0, 0) is among the columns, and one step across and up. */
  readonly origin: ArrayLike<number>;
  readonly steps: readonly [across: ArrayLike<number>, up: ArrayLike<number>];
}

interface AxisUnit {
  readonly offset: number;
  readonly factor: number;
}

const SAME: AxisUnit = { offset: 0, factor: 1 };

/** The plane of some rows. */
export function planeOf(data: Dataset): DataPlane {
  const { features, scaling } = data;
  if (features === 2) {
    const unitOf = (axis: number): AxisUnit => ({
      offset: scaling?.inputs.offset[axis] ?? 0,
      factor: scaling?.inputs.factor[axis] ?? 1,
    });
    const [across, up] = data.featureNames ? featureTitles(data) : ["x₁", "x₂"];
    return {
      titles: [across, up],
      ...{ units: [unitOf(0), unitOf(1)], origin: [0, 0] },
      steps: [
        [1, 0],
        [0, 1],
      ],
    };
  }
  const rows = rowsOf(data.inputs, features);
  const origin = meanOf(rows);
  const centred = rows.map((row) => row.map((value, i) => value - origin[i]));
  const across = mainDirection(centred) ?? axisOf(features, 0);
  const up = mainDirection(centred.map((row) => without(row, across))) ?? axisOf(features, 1);
  return {
    titles: ["first principal component", "second principal component"],
    ...{ units: [SAME, SAME], origin, steps: [across, up] },
  };
}

const rowsOf = (flat: Float32Array, width: number): Float64Array[] =>
  Array.from({ length: flat.length / width }, (_, row) =>
    Float64Array.from(flat.subarray(row * width, (row + 1) * width)),
  );

const axisOf = (length: number, axis: number) =>
  Float64Array.from({ length }, (_, i) => (i === axis ? 1 : 0));

/** Where rows of columns are seen: two numbers each. */
export function placesOn({ origin, steps }: DataPlane, columns: Float32Array): Float32Array {
  const places = rowsOf(columns, origin.length).flatMap((row) => {
    const from = row.map((value, i) => value - origin[i]);
    return steps.map((step) => dot(from, step));
  });
  return Float32Array.from(places);
}

/** What the network is given at places of the plane. */
export function inputsAt(
  setting: Setting,
  { origin, steps: [across, up] }: DataPlane,
  places: ArrayLike<number>,
): Float32Array {
  const columns = new Float32Array((places.length / 2) * origin.length);
  for (let place = 0; place < places.length / 2; place++)
    for (let i = 0; i < origin.length; i++)
      columns[place * origin.length + i] =
        origin[i] + places[2 * place] * across[i] + places[2 * place + 1] * up[i];
  return featuresOf(setting, columns);
}
