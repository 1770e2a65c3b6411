import type { Dataset } from "../data/dataset.js";
import type { NetworkRun } from "../train/networkRun.js";
import { classAnswered, classOf } from "../verdict/classes.js";
import { rounded, shortPercentText } from "../words/numbers.js";
import type { Figure } from "./figure.js";
import { checkTask } from "./parts/check.js";
import { classNames } from "./parts/classes.js";
import { COLOURS, colourScale, LOSS_SCALE } from "./parts/colours.js";
import { figureOf, note, type Trace } from "./parts/marks.js";
import { answersTo, oneOutput, rightText, type ShownOptions, shownOptions } from "./parts/rows.js";
import { runLine, subjectAt } from "./parts/runs.js";
import { asText, wrappedText } from "./parts/text.js";
import { axis, SIZES } from "./parts/theme.js";

const CELL = { least: 30, all: 210 }; // pixels: a row, and all rows together
const MOST_WRITTEN = 10; // classes, up to which each cell bears its numbers
const LABEL_WIDTH = 90; // pixels

/**
 * Which classes a network mixes up: a row for each class of the targets, a column for each class that is answered. In
 * each cell stands how many rows of the data it holds, and which share of their class these are.
 *
 * @param run  a run on data with classes, two or more
 * @param options  `data`: the rows that are answered, such as validation or test data; those by which the run was judged
 *   unless given. `epoch`: the network after this epoch. `output`: which one, counted from 1, of several that are each a yes
 *   or no
 * @returns a figure whose title counts the right answers and names the most frequent error
 * @throws TypeError if it is no run, or `data` no dataset; RangeError for a regression, or data that do not fit the run
 * @example figures.confusion(await train(mlp({ seed: 2 }), xor({ seed: 2 }), { seed: 2, epochs: 3 })).data[0].type // "heatmap"
 */
export function confusion(run: NetworkRun, options: ShownOptions = {}): Figure {
  const where = "figures.confusion";
  checkTask(where, run, "classes");
  const { data, epoch, output } = shownOptions(where, run, options, ["data", "epoch", "output"]);
  const rows = oneOutput(data, output);
  const classes = classNames(rows);
  const cells = cellsOf(rows, classes, answersTo(run, { output }, rows, epoch));
  const answers = cells.slice(0, cells.length / classes.length).map((cell) => cell.answer);
  const { title, detail } = findingText(cells, subjectAt(run, epoch, output));
  const reading = "A row for each true class, a column for each answer; in per cent: the share of the class.";
  return figureOf({
    card: {
      title,
      subtitle: [reading, runLine(run, epoch, data)],
      description: `${title}. ${detail}`,
      height: Math.max(CELL.all, classes.length * CELL.least) + 60,
    },
    axes: { xaxis: classAxis("answer", answers, false), yaxis: classAxis("true class", classes, true) },
    drawing: {
      traces: [cellTrace(cells)],
      notes: classes.length <= MOST_WRITTEN ? cells.map(numberNote) : [],
    },
  });
}

type Cell = ReturnType<typeof cellsOf>[number];

/**
 * For each class and each answer how many of all rows of the class get it, line by line; the last column is for rows that are
 * answered with no class, if there are any.
 */
function cellsOf(data: Dataset, classes: readonly string[], outputs: readonly number[]) {
  const pairs = Array.from({ length: data.rows }, (_, row) => ({
    y: classOf(data, row),
    x: classAnswered(outputs, data, row) ?? classes.length,
  }));
  const answers = pairs.some(({ x }) => x === classes.length) ? [...classes, "no class"] : classes;
  return classes.flatMap((name, y) => {
    const its = pairs.filter((pair) => pair.y === y);
    const count = (x: number) => its.filter((pair) => pair.x === x).length;
    return answers.map((answer, x) => ({ x, y, name, answer, count: count(x), all: its.length }));
  });
}

/** "The network of 8 tanh units gets 142 of 150 rows right; most frequent error: versicolor for virginica (5 of 50)". */
function findingText(cells: readonly Cell[], who: string) {
  const said = ({ name, answer, count, all }: Cell) => `${answer} for ${name} (${count} of ${all})`;
  const total = (some: readonly Cell[]) => some.reduce((sum, { count }) => sum + count, 0);
  const filled = cells.filter(({ count }) => count > 0);
  const errors = filled.filter(({ x, y }) => x !== y).sort((a, b) => b.count - a.count);
  const [first, second] = errors;
  const kind = second ? "most frequent error" : "its only kind of error";
  const named = first && first.count !== second?.count ? `; ${kind}: ${said(first)}` : "";
  return {
    title: `${who} gets ${rightText(total(cells) - total(errors), total(cells), "row")}${named}`,
    detail: `Answers: ${filled.map(said).join(", ")}.`,
  };
}

/** Right answers and errors in their colours, the darker, the larger their share of the class. */
function cellTrace(cells: readonly Cell[]): Trace {
  return {
    type: "heatmap",
    x: cells.map(({ x }) => x),
    y: cells.map(({ y }) => y),
    z: cells.map(({ x, y, count, all }) => (count === 0 ? 0 : rounded(count / all) * (x === y ? 1 : -1))),
    ...{ zmin: -1, zmax: 1, xgap: 2, ygap: 2, showscale: false },
    colorscale: colourScale([LOSS_SCALE[3], COLOURS.grid, COLOURS.solved]),
    text: cells.map(({ name, answer, count, all }) =>
      asText(`${name} answered with ${answer}: ${count} of ${all}`),
    ),
    hovertemplate: "%{text}<extra></extra>",
  };
}

const DARK = 0.6; // share of the class from which on a cell is too dark for dark letters

function numberNote({ x, y, count, all }: Cell): object {
  const lines = count > 0 ? [String(count), shortPercentText(count / all)] : ["0"];
  return note(lines, { x, y }, { color: count > 0 && count >= DARK * all ? COLOURS.card : COLOURS.ink });
}

function classAxis(title: string, names: readonly string[], down: boolean): object {
  const range = [-0.5, names.length - 0.5];
  return axis(title, {
    range: down ? range.reverse() : range,
    ...{ fixedrange: true, showgrid: false, showline: false },
    ...{ ticks: "outside", ticklen: 5, tickcolor: `${COLOURS.card}00` }, // names stand apart from the cells
    tickvals: names.map((_, place) => place),
    ticktext: names.map((name) => wrappedText(name, LABEL_WIDTH, SIZES.label).text),
  });
}
