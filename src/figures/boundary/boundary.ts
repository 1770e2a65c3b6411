import { featureTitles } from "../../data/dataset.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { counted } from "../../words/english.js";
import type { Figure } from "../figure.js";
import { checkTask, unfit } from "../parts/check.js";
import { epochSlider, type Moment, shownMoments } from "../parts/epochs.js";
import { figureOf } from "../parts/marks.js";
import { COARSE, FINE, type Frame, frameAround, PLANE, planeAxes } from "../parts/plane.js";
import { type ShownOptions, shownOptions } from "../parts/rows.js";
import { runLine } from "../parts/runs.js";
import { boundaryFinding } from "./finding.js";
import { groundTraces } from "./ground.js";
import { answerNotes, answersOf, type BoundaryRows, boundaryRows, pointTraces } from "./points.js";

const LABEL_MARGIN = 0.45; // around labelled points, in parts of the data's extent
const MARGIN = 0.06;

/**
 * The network's answers over the plane of its two inputs, and the data on it. Of two classes the colours are the output's,
 * from the lower target to the higher one, with a line at the threshold midway (½ between 0 and 1); of more, each
 * place has the colour of the class whose output is largest there. A slider goes through the epochs; first shown is the
 * trained network, of which the title speaks.
 *
 * A point is right where its colour is that of the ground. Of a truth table, every row is labelled with its target
 * and the network's answer; of continuous data, at most 400 points are drawn.
 *
 * @param run  a run on data with two inputs and classes to tell apart
 * @param options  `epoch`: only the network after this epoch, without a slider; 0 is before training. `output`: which one,
 *   counted from 1, of several that are each a yes or no
 * @returns a figure whose title counts the right answers
 * @throws TypeError if it is no run; RangeError if its data have other than two inputs or are a regression, if there is no
 *   such output, or if the weights after the epoch were not kept
 * @example figures.boundary(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "contour"
 */
export function boundary(run: NetworkRun, options: Pick<ShownOptions, "epoch" | "output"> = {}): Figure {
  const where = "figures.boundary";
  const { features } = checkTask(where, run, "classes").data;
  if (features !== 2) throw unfit(where, run, "2 inputs to be drawn in a plane", counted(features, "input"));
  const { epoch, output } = shownOptions(where, run, options, ["epoch", "output"]);
  const rows = boundaryRows(run, output);
  const frame = frameAround(rows.places, rows.labelled ? LABEL_MARGIN : MARGIN);
  const moments = shownMoments(run, epoch);
  const shown = moments[moments.length - 1];
  const { title, detail, description } = boundaryFinding(run, rows, shown, epoch !== undefined);
  const below = PLANE.axis + (run.data.task === "classes" ? 0 : PLANE.bar); // pixels below the plane
  return figureOf({
    card: {
      title,
      subtitle: [detail, runLine(run, epoch)],
      description,
      height: PLANE.height + below,
      ...(frame.alike ? { square: PLANE.height } : {}),
      ...(rows.labelled ? {} : { key: rows.classes }),
    },
    axes: planeAxes(frame, featureTitles(run.data), frame.alike),
    drawing: epochSlider(moments, (moment) => picture(run, rows, frame, moment, moment === shown), below),
    margin: { b: below },
  });
}

/** What is to be seen at a moment; the ground in full only at the one that is shown first. */
function picture(run: NetworkRun, rows: BoundaryRows, frame: Frame, moment: Moment, first: boolean) {
  const answers = answersOf(run, rows, moment.epoch);
  const coarse = Math.round(COARSE * Math.min(1, Math.sqrt(3 / rows.classes.length))); // as much for many classes as for three
  return {
    traces: [
      ...groundTraces(run, rows, frame, moment.epoch, first ? FINE : coarse),
      ...pointTraces(rows, answers.drawn),
    ],
    notes: rows.labelled ? answerNotes(rows, answers.drawn, frame) : [],
    caption: `${answers.right} of ${rows.judged.rows} right`,
  };
}
