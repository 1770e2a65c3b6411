import { zeroLine } from "../../figures/parts/zeroLine.js";
import type { LabRun } from "../labRun.js";
import { inputsAt } from "../plane.js";
import { placeIn, type Sheet } from "./canvas.js";
import type { Frame } from "./frame.js";

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

const HALVINGS = 5;

export function drawBorders(frame: Frame, { context, theme, whole, stroke }: Sheet): void {
  const { layers, plane, run, pass, weights } = frame;
  const outputs = layers[layers.length - 1];
  const place = placeIn(plane, whole);
  context.beginPath();
  for (const lead of leadsOf(run.meaning)) {
    const leads = outputs[0].map((_, at) => lead(outputs.map((values) => values[at])));
    const leadsAt = (places: readonly (readonly [number, number])[]): number[] => {
      const inputs = inputsAt(run.setting, run.plane, places.flat());
      return places.map((_, i) => lead(pass(weights, inputs, i * run.network.inputs)));
    };
    const grid = { points: plane.side, places: plane.places };
    for (const [{ low: from }, { low: to }] of zeroLine(grid, leads, leadsAt, HALVINGS)) {
      context.moveTo(...place(...from));
      context.lineTo(...place(...to));
    }
  }
  stroke(theme.ink, 1.6);
}
