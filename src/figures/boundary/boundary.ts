import { written } from "../../check.js";
import type { Run } from "../../train/run.js";
import type { Figure } from "../figure.js";
import { checkRun } from "../parts/check.js";
import { epochOption, epochSlider, type Moment, shownMoments } from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { type Frame, frameAround, PLANE, planeAxes } from "../parts/plane.js";
import { dataText, runMoment } from "../parts/runs.js";
import { LEGEND_ABOVE } from "../parts/theme.js";
import { boundaryFinding } from "./finding.js";
import { COARSE, FINE, groundTrace } from "./ground.js";
import { answerNotes, answersOf, type BoundaryRows, boundaryRows, places, pointTraces } from "./points.js";

const BELOW = PLANE.axis + PLANE.bar; // pixels below the plane
const LEGEND_ROW = 26;
const LABEL_MARGIN = 0.45; // around labelled points, in parts of the data's extent
const MARGIN = 0.06;

/**
 * The network's output over the plane of its two inputs: colours from 0 to 1, black where it is ½, and the data on it.
 * A slider goes through the epochs; first shown is the trained network, of which the title speaks.
 *
 * A point is right where its colour is that of the ground. Of a truth table, every row is labelled with its target
 * and the network's answer; of continuous data, at most 400 points are drawn.
 *
 * @param run  a run on data with two inputs
 * @param options  `epoch`: only the network after this epoch, without a slider; 0 is before training
 * @returns a figure whose title counts the right answers
 * @throws TypeError if it is no run; RangeError if its data have other than two inputs, or if the weights after the
 *   epoch were not kept
 * @example figures.boundary(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function boundary(run: Run, options: { readonly epoch?: number } = {}): Figure {
  const epoch = checkedOptions(run, options);
  const rows = boundaryRows(run);
  const frame = frameOf(rows);
  const moments = shownMoments(run, epoch);
  const shown = moments[moments.length - 1];
  const { title, detail, description } = boundaryFinding(run, rows, shown, epoch !== undefined);
  return figureOf({
    card: {
      title,
      subtitle: [detail, `${dataText(run)}; seed ${run.seed}; ${runMoment(run, epoch)}`],
      description,
      height: PLANE.height + BELOW,
      keyHeight: rows.labelled ? 0 : LEGEND_ROW,
    },
    axes: planeAxes(frame, ["first input", "second input"], frame.alike),
    drawing: epochSlider(moments, (moment) => picture(run, rows, frame, moment, moment === shown), BELOW),
    margin: { b: BELOW },
    ...(rows.labelled ? {} : { key: LEGEND_ABOVE }),
  });
}

/** The epoch that is asked for, if any, of a run on data that can be drawn. */
function checkedOptions(run: Run, options: unknown): number | undefined {
  const { data } = checkRun("figures.boundary", run);
  if (data.features !== 2)
    throw new RangeError(
      `figures.boundary: the data must have 2 inputs to be drawn in a plane, got ${written(data.name)} with ${data.features}`,
    );
  return epochOption("figures.boundary", run, options);
}

function frameOf({ drawn, labelled }: BoundaryRows): Frame {
  const { x, y } = places(drawn);
  return frameAround(x, y, labelled ? LABEL_MARGIN : MARGIN);
}

/** What is to be seen at a moment; the ground in full only at the one that is shown first. */
function picture(run: Run, rows: BoundaryRows, frame: Frame, moment: Moment, first: boolean) {
  const answers = answersOf(run, rows, moment.epoch);
  return {
    traces: [
      groundTrace(run, frame, moment.epoch, first ? FINE : COARSE),
      ...pointTraces(rows, answers.drawn),
    ],
    notes: rows.labelled ? answerNotes(answers.drawn, frame) : [],
    caption: `${answers.right} of ${rows.judged.rows} right`,
  };
}
