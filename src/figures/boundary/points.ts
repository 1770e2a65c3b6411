import type { Dataset } from "../../data/dataset.js";
import { inputsOf } from "../../data/rows.js";
import { spread } from "../../numbers/vectors.js";
import type { Run } from "../../train/run.js";
import { isRight, isYes } from "../../verdict/outcome.js";
import { answerText, rounded, significant, withDecimals } from "../../words/numbers.js";
import { columns, marks, note, type Place, type Trace } from "../parts/marks.js";
import type { Frame } from "../parts/plane.js";
import { answersTo, rightOf, type ShownRows, shownRows, targetName } from "../parts/rows.js";
import { CLASS_COLOURS, COLOURS } from "../parts/theme.js";

/** The rows of a run's data, as points of the plane. */
export interface BoundaryRows extends ShownRows {
  /** Whether there are so few points, so far apart, that each bears a label. */
  readonly labelled: boolean;
}

/** A point, and what the network answers to it. */
export interface Answer {
  readonly place: Place;
  readonly target: number;
  readonly output: number;
  readonly right: boolean;
}

const MOST_DRAWN = 400;
const MOST_LABELLED = 4;
const LABEL_ROOM = 0.35; // of the data's extent, between two labelled points

/** The rows that are drawn of a run on data with two inputs. */
export function boundaryRows(run: Run): BoundaryRows {
  const rows = shownRows(run, MOST_DRAWN);
  return {
    ...rows,
    labelled: rows.different.rows <= MOST_LABELLED && farApart(rows.drawn),
  };
}

function farApart(data: Dataset): boolean {
  const { x, y } = places(data);
  const least = LABEL_ROOM * Math.max(spread(x), spread(y));
  return x.every((across, i) =>
    x.slice(i + 1).every((other, j) => {
      const apart = Math.max(Math.abs(across - other), Math.abs(y[i] - y[i + 1 + j]));
      return apart >= least && apart > 0;
    }),
  );
}

/** The first and the second inputs. */
export function places({ inputs }: Dataset): { x: Float32Array; y: Float32Array } {
  return { x: inputs.filter((_, i) => i % 2 === 0), y: inputs.filter((_, i) => i % 2 === 1) };
}

/** What the network answers to the drawn points, and how many of all rows it gets right. */
export function answersOf(run: Run, rows: BoundaryRows, epoch: number | undefined) {
  const { drawn } = rows;
  const outputs = answersTo(run, drawn, epoch);
  const answers = outputs.map((output, row): Answer => {
    const [x, y] = inputsOf(drawn, row);
    const target = drawn.targets[row];
    return { place: [x, y], target, output, right: isRight(outputs, row, drawn) };
  });
  return { drawn: answers, right: rightOf(run, rows, epoch) };
}

/**
 * The data on the plane: squares for 0, circles for 1, so that nobody needs the colours. Of many points, the wrong ones
 * are drawn again on top of the others with a black rim: two traces, which are there at every epoch.
 */
export function pointTraces(rows: BoundaryRows, answers: readonly Answer[]): Trace[] {
  const sides = [false, true].map((yes) => answers.filter(({ target }) => isYes(target, rows.drawn) === yes));
  const shown = sides.flatMap((points, side) => (points.length > 0 ? [{ points, yes: side === 1 }] : []));
  const all = shown.map(({ points, yes }) => pointTrace(rows, points, yes));
  return rows.labelled ? all : [...all, ...shown.map(({ points, yes }) => wrongTrace(rows, points, yes))];
}

function pointTrace(rows: BoundaryRows, points: readonly Answer[], yes: boolean): Trace {
  const name = targetName(rows, yes);
  const line = { color: COLOURS.card, width: rows.labelled ? 2.5 : 0.8 };
  const hover = "inputs (%{x:.3~g}, %{y:.3~g})<br>target %{text}<br>output %{customdata}";
  return marks(
    shortColumns(rows, points),
    { ...look(rows, yes), line },
    { name, hover },
    {
      text: points.map(({ target }) => significant(target, 4)),
      customdata: points.map(({ output }) => (rows.labelled ? answerText(output) : shortAnswer(output))),
    },
  );
}

/** Without a hover: the point below tells its output. */
function wrongTrace(rows: BoundaryRows, points: readonly Answer[], yes: boolean): Trace {
  const wrong = points.filter(({ right, output }) => !right && Number.isFinite(output)); // no number is no answer
  return marks(shortColumns(rows, wrong), { ...look(rows, yes), line: { color: "#000000", width: 1.6 } });
}

function look({ labelled, drawn }: BoundaryRows, yes: boolean): object {
  const size = labelled ? 17 : drawn.rows > 300 ? 6 : 8;
  const { point } = yes ? CLASS_COLOURS.one : CLASS_COLOURS.zero;
  return { symbol: yes ? "circle" : "square", size, color: point };
}

/** Written at every epoch: two decimals, unless these hide on which side of ½ it lies. */
function shortAnswer(output: number): number | string {
  const short = Number(withDecimals(output, 2));
  return Number.isNaN(short) || short === 0.5 ? answerText(output) : short;
}

/** Many points are many numbers: four digits are more than a screen shows. */
function shortColumns({ labelled }: BoundaryRows, points: readonly Answer[]) {
  const digits = labelled ? 6 : 4;
  return columns(points.map(({ place: [x, y] }) => [rounded(x, digits), rounded(y, digits)]));
}

/** What each row of a table asks for and gets, beside it: above in the upper half, below in the lower. */
export function answerNotes(answers: readonly Answer[], { y }: Frame): object[] {
  return answers.map(({ place, target, output, right }) => {
    const above = place[1] >= (y[0] + y[1]) / 2;
    const lines = [`target ${significant(target)}`, `answer ${answerText(output)}${right ? "" : ": wrong"}`];
    return {
      ...note(lines, { x: place[0], y: place[1] }, { weight: right ? 400 : 700 }),
      ...(above ? { yanchor: "bottom", yshift: 12 } : { yanchor: "top", yshift: -12 }),
      ...{ borderpad: 2, borderwidth: 1 },
      bgcolor: right ? "rgba(255,255,255,0.72)" : COLOURS.card,
      bordercolor: right ? "rgba(255,255,255,0)" : COLOURS.ink,
    };
  });
}
