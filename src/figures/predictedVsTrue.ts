import { extent } from "../numbers/vectors.js";
import type { NetworkRun } from "../train/networkRun.js";
import { counted } from "../words/english.js";
import { dataInSentence } from "../words/names.js";
import { rounded } from "../words/numbers.js";
import type { Figure } from "./figure.js";
import { checkTask } from "./parts/check.js";
import { COLOURS } from "./parts/colours.js";
import { errorsOf, fittedRows } from "./parts/fitted.js";
import { columns, figureOf, line, marks, type Place } from "./parts/marks.js";
import { frameAround, PLANE, planeAxes } from "./parts/plane.js";
import { answersTo, type ShownOptions, shownOptions } from "./parts/rows.js";
import { runLine, subjectAt } from "./parts/runs.js";

const MOST_DRAWN = 1000;
const MARGIN = 0.06;
/** Points that seldom hide each other. */
const FEW = 50;

/**
 * A regression's answers over the true numbers, a point for each row of the data, in the targets' own units. On the
 * diagonal an answer is exact; above it, too large.
 *
 * @param run  a run on data whose targets are numbers, with any number of inputs
 * @param options  `data`: the rows that are answered, such as validation or test data; those by which the run was judged
 *   unless given. `epoch`: the network after this epoch. `output`: which one of several, counted from 1
 * @returns a figure whose title says R² and the root of the mean squared error
 * @throws TypeError if it is no run, or `data` no dataset; RangeError for classes, or data that do not fit the run
 * @example const line = dataset([[0], [1], [2]], [1, 3, 5]);
 * figures.predictedVsTrue(await train(mlp({ inputs: 1, output: "linear" }), line, { loss: "meanSquaredError", epochs: 3 })).data.length // 2
 */
export function predictedVsTrue(run: NetworkRun, options: ShownOptions = {}): Figure {
  const where = "figures.predictedVsTrue";
  checkTask(where, run, "numbers");
  const { data, epoch, output } = shownOptions(where, run, options, ["data", "epoch", "output"]);
  const { targets, name, drawn } = fittedRows(data, output, MOST_DRAWN);
  const answers = answersTo(run, { output }, data, epoch);
  const { r2, rmse } = errorsOf(answers, targets);
  const title = `${subjectAt(run, epoch, output)} on ${dataInSentence(data)}: ${r2}, ${rmse}`;
  const reading = "A point for each row; on the diagonal the answer is exact.";
  const places = drawn.map((row): Place => [rounded(targets[row], 5), rounded(answers[row], 5)]);
  const finite = places.filter((place) => place.every(Number.isFinite));
  const both = extent([...targets, ...finite.flat()]);
  const ends = both.map((end): Place => [end, end]);
  const left = finite.length < data.rows ? ` Drawn: ${finite.length} of ${counted(data.rows, "row")}.` : "";
  return figureOf({
    card: {
      title,
      subtitle: [`${reading}${left}`, runLine(run, epoch, data)],
      description: `${title}. ${reading}`,
      height: PLANE.height + PLANE.axis,
      square: PLANE.height,
    },
    axes: planeAxes(frameAround(ends, MARGIN), [`true ${name}`, `predicted ${name}`], true),
    drawing: {
      traces: [
        line(columns(ends), { color: COLOURS.quiet, width: 1.2, dash: "dash" }),
        marks(
          columns(finite),
          finite.length <= FEW
            ? { size: 10, color: COLOURS.ink, opacity: 1 }
            : { size: 6, color: COLOURS.ink, opacity: 0.5 },
          { hover: "true %{x:.4~g}<br>predicted %{y:.4~g}" },
        ),
      ],
    },
    margin: { b: PLANE.axis },
  });
}
