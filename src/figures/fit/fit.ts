import { judgedRows } from "../../data/dataset.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { rightRows } from "../../verdict/outcome.js";
import { counted } from "../../words/english.js";
import { dataInSentence } from "../../words/names.js";
import type { Figure } from "../figure.js";
import { checkRun, unfit } from "../parts/check.js";
import { epochSlider, shownMoments } from "../parts/epochs.js";
import { errorsOf, type FittedRows, fittedRows } from "../parts/fitted.js";
import { figureOf } from "../parts/marks.js";
import { PLANE } from "../parts/plane.js";
import { answersAt, rightText, type ShownOptions, shownOptions } from "../parts/rows.js";
import { divergedText, runLine, subjectAt } from "../parts/runs.js";
import { curveDrawing } from "./curve.js";
import { surfaceDrawing } from "./surface.js";

const MOST_DRAWN = 400;

/**
 * What a network has made of data with one input or two: with one its output as a curve over the data, with two as colours
 * over the plane of the inputs, and on it the data in the colours of their targets. All numbers are in the units in which they
 * were given. A slider goes through the epochs; first shown is the trained network, of which the title speaks.
 *
 * @param run      a run on data with one input, or with two and numbers as targets
 * @param options  `epoch`: only the network after this epoch, without a slider; 0 is before training. `output`: which one of
 *   several, counted from 1
 * @returns a figure whose title says how near the answers are: R² and the root of the mean squared error, or of two classes how
 *   many are right
 * @throws TypeError if it is no run; RangeError if its data cannot be drawn so, or there is no such output or epoch
 * @example const line = dataset([[0], [1], [2]], [1, 3, 5]);
 * figures.fit(await train(mlp({ inputs: 1, output: "linear" }), line, { loss: "meanSquaredError", epochs: 3 })).frames?.length // 4
 */
export function fit(run: NetworkRun, options: Pick<ShownOptions, "epoch" | "output"> = {}): Figure {
  const where = "figures.fit";
  checkDrawn(where, run);
  const { epoch, output } = shownOptions(where, run, options, ["epoch", "output"]);
  const rows = fittedRows(judgedRows(run.data), output, MOST_DRAWN);
  const moments = shownMoments(run, epoch);
  const last = moments[moments.length - 1].epoch;
  const draw = rows.data.features === 1 ? curveDrawing : surfaceDrawing;
  const { axes, shapes, square, below, reading, tracesAt } = draw(run, rows, last);
  const title =
    run.status === "diverged" && epoch === undefined
      ? divergedText(run, "this is its output", last)
      : `${subjectAt(run, epoch, output)} ${scoreOf(run, rows, last).title}`;
  const slider = epochSlider(
    moments,
    (moment) => ({ traces: tracesAt(moment.epoch), caption: scoreOf(run, rows, moment.epoch).caption }),
    below,
  );
  return figureOf({
    card: {
      title,
      subtitle: [reading, runLine(run, epoch, rows.data)],
      description: `${title}. ${reading}`,
      height: PLANE.height + below,
      ...(square ? { square: PLANE.height } : { spare: 50 }),
    },
    axes,
    drawing: { ...slider, shapes },
    margin: { b: below },
  });
}

function checkDrawn(where: string, run: NetworkRun): void {
  const { task, features } = checkRun(where, run).data;
  if (task === "regression" && features > 2)
    throw unfit(where, run, "1 or 2 inputs to be drawn", counted(features, "input"));
  if (task === "classes" || (task === "binary" && features > 1))
    throw unfit(
      where,
      run,
      "numbers as targets, or 1 input and two classes",
      `${counted(features, "input")} and classes`,
    );
}

/** How well the network does after an epoch. */
function scoreOf(run: NetworkRun, rows: FittedRows, epoch: number | undefined) {
  const { data, inputs, targets } = rows;
  const answers = answersAt(run, rows, inputs, epoch);
  if (data.task === "regression") {
    const { r2, rmse } = errorsOf(answers, targets);
    return { caption: r2, title: `on ${dataInSentence(data)}: ${r2}, ${rmse}` };
  }
  const right = rightRows(answers, data);
  return { caption: `${right} of ${data.rows} right`, title: `gets ${rightText(right, data.rows, "point")}` };
}
