import type { LabRun } from "../labRun.js";
import { inputsAt } from "../plane.js";
import { between, type Frame } from "./frame.js";

/** The lines between answers: where an output is at its threshold, or two classes are equally likely. */

/** Of each line between answers the function of the answers that is 0 on it. */
function leadsOf({ task, threshold = 0.5, outputs }: LabRun["meaning"]) {
  if (task !== "classes") return [(answers: ArrayLike<number>) => answers[0] - threshold];
  return Array.from({ length: outputs }, (_, place) => (answers: ArrayLike<number>): number => {
    let other = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < outputs; j++) if (j !== place) other = Math.max(other, answers[j]);
    return answers[place] - other;
  });
}

export function drawBorders(
  frame: Frame,
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
): void {
  const { layers, plane, run, theme } = frame;
  const outputs = layers[layers.length - 1];
  context.beginPath();
  for (const lead of leadsOf(run.meaning)) {
    const leads = Float32Array.from({ length: plane.side ** 2 }, (_, at) =>
      lead(outputs.map((values) => values[at])),
    );
    contour(frame, context, lead, leads, [width / plane.side, height / plane.side]);
  }
  context.strokeStyle = theme.ink;
  context.lineWidth = 1.6;
  context.stroke();
}

const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * The line on which a lead is 0, cell by cell of the grid (marching squares): where it enters a cell through one of its sides it
 * leaves through another.
 */
function contour(
  frame: Frame,
  context: CanvasRenderingContext2D,
  lead: (answers: ArrayLike<number>) => number,
  leads: Float32Array,
  [wide, high]: readonly [number, number],
): void {
  const { side } = frame.plane;
  for (let row = 0; row + 1 < side; row++)
    for (let column = 0; column + 1 < side; column++) {
      const start = row * side + column;
      const first = leads[start] > 0;
      if (
        first === leads[start + 1] > 0 &&
        first === leads[start + side] > 0 &&
        first === leads[start + side + 1] > 0
      )
        continue;
      const above = CORNERS.map(([x, y]) => leads[start + y * side + x] > 0);
      const crossings = CORNERS.flatMap(([x, y], k) => {
        const [nextX, nextY] = CORNERS[(k + 1) % 4];
        if (above[k] === above[(k + 1) % 4]) return [];
        const ends = [
          [column + x, row + y],
          [column + nextX, row + nextY],
        ] as const;
        const share = crossing(frame, lead, ends, above[k]);
        return [[column + x + share * (nextX - x) + 0.5, row + y + share * (nextY - y) + 0.5]];
      });
      for (let k = 0; k + 1 < crossings.length; k += 2) {
        context.moveTo(crossings[k][0] * wide, crossings[k][1] * high);
        context.lineTo(crossings[k + 1][0] * wide, crossings[k + 1][1] * high);
      }
    }
}

const HALVINGS = 5;

/**
 * Where between two points of the grid a lead passes 0, found by halving: beside a plateau, or across the edge of a ReLU, a
 * straight line between the two values would miss it by far.
 */
function crossing(
  { plane, pass, weights, run }: Frame,
  lead: (answers: ArrayLike<number>) => number,
  [[x, y], [nextX, nextY]]: readonly (readonly [number, number])[],
  isAbove: boolean,
): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const across = between(plane.x, (x + middle * (nextX - x) + 0.5) / plane.side);
    const up = between(plane.y, 1 - (y + middle * (nextY - y) + 0.5) / plane.side);
    const answers = pass(weights, inputsAt(run.setting, run.plane, [across, up]), 0);
    if (lead(answers) > 0 === isAbove) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
