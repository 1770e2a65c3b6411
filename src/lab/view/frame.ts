import { forwardPass, type LayerState } from "../../engine/layerPass.js";
import { frameAround, type Frame as PlaneFrame } from "../../figures/parts/plane.js";
import type { LabRun } from "../labRun.js";
import { inputsAt } from "../plane.js";
import type { Theme } from "./canvas.js";

/** One moment of a run, with all that the panels show of it. */
export interface Frame {
  readonly run: LabRun;
  readonly theme: Theme;
  /** From 0 to the last epoch; between two of them while the film plays. */
  readonly epoch: number;
  readonly weights: Float32Array;
  readonly plane: Plane;
  /** Each layer's values on the plane's grid, a unit after the other; layer 0 are the inputs. */
  readonly layers: readonly (readonly Float32Array[])[];
  /** The layers' states of one row, and the function that computes them. */
  readonly states: readonly LayerState[];
  readonly pass: (weights: ArrayLike<number>, inputs: ArrayLike<number>, start: number) => Float64Array;
  /** What is pointed at. */
  readonly focus: Focus | undefined;
}

/** A unit of the network, or with `from` the line to it from a unit of the layer before; layer 0 are the inputs. */
export interface Focus {
  readonly layer: number;
  readonly unit: number;
  readonly from?: number;
}

/** The part of the plane that is shown, and a grid on it. */
export interface Plane extends PlaneFrame {
  /** Points of the grid along each side. */
  readonly side: number;
  /** The grid's points, rows from above, and what the network is given of them. */
  readonly places: readonly (readonly [across: number, up: number])[];
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
  const plane = gridPlane(run, count > MANY_WEIGHTS ? COARSE : FINE);
  const { inputs } = run.network;
  const given = Array.from({ length: inputs }, (_, unit) =>
    plane.inputs.filter((__, i) => i % inputs === unit),
  );
  const computed = states.map(({ place }) =>
    Array.from({ length: place.units }, () => new Float32Array(plane.side ** 2)),
  );
  /** @param changed  weights in place of those of the epoch */
  const frameAt = (epoch: number, theme: Theme, focus: Focus | undefined, changed?: Float32Array): Frame => {
    const weights = changed ?? weightsAt(run.weights, count, epoch);
    for (let i = 0; i < plane.side ** 2; i++) {
      pass(weights, plane.inputs, i * inputs);
      states.forEach(({ values }, layer) => {
        for (let unit = 0; unit < values.length; unit++) computed[layer][unit][i] = values[unit];
      });
    }
    return { run, theme, epoch, weights, plane, layers: [given, ...computed], states, pass, focus };
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

const FEW = 8; // points that stand far from the edges, so that there is room for their answers
const MARGINS = { few: 0.25, many: 0.05 };

function gridPlane({ setting, points, testPoints, plane }: LabRun, side: number): Plane {
  const all = [...points.places, ...(testPoints?.places ?? [])];
  const data = Array.from({ length: all.length / 2 }, (_, i) => all.slice(2 * i, 2 * i + 2));
  const frame = frameAround(data, data.length <= FEW ? MARGINS.few : MARGINS.many);
  const places = Array.from({ length: side ** 2 }, (_, at): readonly [number, number] => {
    const [row, column] = [Math.floor(at / side), at % side];
    return [between(frame.x, (column + 0.5) / side), between(frame.y, 1 - (row + 0.5) / side)];
  });
  return { ...frame, side, places, inputs: inputsAt(setting, plane, places.flat()) };
}

/** The number at a share of the way through a range. */
export function between([low, high]: readonly [number, number], share: number): number {
  return low + share * (high - low);
}
