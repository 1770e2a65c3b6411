import { forwardPass, type LayerState } from "../../engine/layerPass.js";
import { featuresOf } from "../problem.js";
import type { LabRun } from "../tasks.js";
import type { Theme } from "./canvas.js";

/** One moment of a run, with all that the panels show of it. */
export interface Frame {
  readonly run: LabRun;
  readonly theme: Theme;
  /** From 0 to the last epoch; between two of them while the film plays. */
  readonly epoch: number;
  readonly weights: Float32Array;
  readonly plane: Plane;
  /** Each layer's values on the plane's grid, a unit after the other; rows of the grid from above. */
  readonly layers: readonly (readonly Float32Array[])[];
  /** The layers' states of one row, and the function that computes them. */
  readonly states: readonly LayerState[];
  readonly pass: (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number) => Float64Array;
}

/** The square of the plane (x₁, x₂) that is shown, and a grid on it. */
export interface Plane {
  readonly left: number;
  readonly bottom: number;
  readonly size: number;
  /** Points of the grid along each side. */
  readonly side: number;
  /** What the network is given of the grid's points. */
  readonly inputs: Float32Array;
}

const FINE = 48;
const COARSE = 30; // for networks with many weights
const MANY_WEIGHTS = 200;

/** Makes the function that gives the frames of a run. */
export function framesOf(run: LabRun) {
  const { states, pass } = forwardPass(run.network);
  const count = states[states.length - 1].place.end;
  const last = run.weights.length / count - 1;
  const plane = planeOf(run, count > MANY_WEIGHTS ? COARSE : FINE);
  const layers = states.map(({ place }) =>
    Array.from({ length: place.units }, () => new Float32Array(plane.side ** 2)),
  );
  const frameAt = (epoch: number, theme: Theme): Frame => {
    const weights = weightsAt(run.weights, count, epoch);
    for (let i = 0; i < plane.side ** 2; i++) {
      pass(weights, plane.inputs, i * run.network.inputs);
      states.forEach(({ values }, layer) => {
        for (let unit = 0; unit < values.length; unit++) layers[layer][unit][i] = values[unit];
      });
    }
    return { run, theme, epoch, weights, plane, layers, states, pass };
  };
  return { last, frameAt };
}

/** The weights of an epoch; between two epochs, for the eye alone, in proportion between both. */
function weightsAt(all: Float32Array, count: number, epoch: number): Float32Array {
  const whole = Math.floor(epoch);
  const before = all.subarray(whole * count, (whole + 1) * count);
  if (whole === epoch) return before;
  return before.map((weight, i) => weight + (all[(whole + 1) * count + i] - weight) * (epoch - whole));
}

function planeOf({ setting, points, testPoints }: LabRun, side: number): Plane {
  const places = [...points.places, ...(testPoints?.places ?? [])];
  const columns = [0, 1].map((axis) => places.filter((_, i) => i % 2 === axis));
  const ends = columns.map((values) => [Math.min(...values), Math.max(...values)]);
  const widest = Math.max(...ends.map(([low, high]) => high - low)) || 1;
  const size = widest * (places.length <= 16 ? 1.5 : 1.1);
  const [left, bottom] = ends.map(([low, high]) => (low + high - size) / 2);
  const grid = new Float32Array(2 * side ** 2);
  for (let i = 0; i < side ** 2; i++) {
    grid[2 * i] = left + (((i % side) + 0.5) / side) * size;
    grid[2 * i + 1] = bottom + size - ((Math.floor(i / side) + 0.5) / side) * size;
  }
  return { left, bottom, size, side, inputs: featuresOf(setting, grid) };
}
