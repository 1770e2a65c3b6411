import { spread } from "../../numbers/vectors.js";
import type { NetworkRun } from "../../train/networkRun.js";
import { classOf } from "../../verdict/classes.js";
import { isRight } from "../../verdict/outcome.js";
import { answerText, withDecimals } from "../../words/numbers.js";
import { answerWords, classNames } from "../parts/classes.js";
import { COLOURS, classLook } from "../parts/colours.js";
import { columns, marks, note, type Place, type Trace } from "../parts/marks.js";
import type { Frame } from "../parts/plane.js";
import { answersTo, inputRows, rightOf, shownRows } from "../parts/rows.js";
import { asText } from "../parts/text.js";

const MOST_DRAWN = 400;
const MOST_LABELLED = 4;
const LABEL_ROOM = 0.35; // of the data's extent, between two labelled points

/** The rows that are drawn of a run on data with two inputs, as points of the plane of these in their own units. */
export function boundaryRows(run: NetworkRun, output: number | undefined) {
  const rows = shownRows(run, MOST_DRAWN, output);
  const places = inputRows(rows.drawn).map(([x, y]): Place => [x, y]);
  /** Whether there are so few points, so far apart, that each bears a label. */
  const labelled = rows.different.rows <= MOST_LABELLED && farApart(places);
  return { ...rows, places, classes: classNames(rows.judged), labelled };
}

export type BoundaryRows = ReturnType<typeof boundaryRows>;

function farApart(places: readonly Place[]): boolean {
  const sides = [0, 1].map((axis) => spread(places.map((place) => place[axis])));
  const least = LABEL_ROOM * Math.max(...sides);
  return places.every(([x, y], i) =>
    places.slice(i + 1).every((other) => {
      const apart = Math.max(Math.abs(x - other[0]), Math.abs(y - other[1]));
      return apart >= least && apart > 0;
    }),
  );
}

/** What the network answers to the drawn points, and how many of all rows it gets right. */
export function answersOf(run: NetworkRun, rows: BoundaryRows, epoch: number | undefined) {
  const { drawn, places, classes } = rows;
  const outputs = answersTo(run, rows, drawn, epoch);
  const answers = places.map((place, row) => {
    const group = classOf(drawn, row); // of its target
    /** The output that is to be large, or on the target's side. */
    const output = outputs[drawn.task === "classes" ? row * drawn.outputs + group : row];
    const right = isRight(outputs, row, drawn);
    return { place, group, output, text: answerWords(outputs, drawn, row, classes), right };
  });
  return { drawn: answers, right: rightOf(run, rows, epoch) };
}

export type Answer = ReturnType<typeof answersOf>["drawn"][number];

/**
 * The data on the plane: a colour and a shape for each class, so that nobody needs the colours. Of many points, the wrong
 * ones are drawn again on top of the others with a black rim: as many traces, which are there at every epoch.
 */
export function pointTraces(rows: BoundaryRows, answers: readonly Answer[]): Trace[] {
  const shown = rows.classes.flatMap((_, group) => {
    const points = answers.filter((answer) => answer.group === group);
    return points.length > 0 ? [{ group, points }] : [];
  });
  const all = shown.map(({ points, group }) => pointTrace(rows, points, group));
  return rows.labelled ? all : [...all, ...shown.map(({ points, group }) => wrongTrace(rows, points, group))];
}

function pointTrace(rows: BoundaryRows, points: readonly Answer[], group: number): Trace {
  const line = { color: COLOURS.card, width: rows.labelled ? 2.5 : 0.8 };
  const output = rows.drawn.task === "classes" ? "its output" : "output";
  const name = rows.classes[group];
  const hover = `inputs (%{x:.3~g}, %{y:.3~g})<br>${asText(name)}<br>${output} %{customdata}`;
  const said = points.map(({ output, text }) => (rows.labelled ? asText(text) : shortAnswer(rows, output)));
  const marker = { ...look(rows, group), line };
  return marks(shortColumns(rows, points), marker, { name, hover }, { customdata: said });
}

/** Without a hover: the point below tells its output. */
function wrongTrace(rows: BoundaryRows, points: readonly Answer[], group: number): Trace {
  const wrong = points.filter(({ right, output }) => !right && Number.isFinite(output)); // no number is no answer
  const line = { color: COLOURS.edge, width: 1.6 };
  return marks(shortColumns(rows, wrong), { ...look(rows, group), line });
}

function look({ labelled, drawn }: BoundaryRows, group: number): object {
  const { point, symbol } = classLook(group);
  return { symbol, size: labelled ? 17 : drawn.rows > 300 ? 6 : 8, color: point };
}

/** Written at every epoch: two decimals, unless these hide on which side of the threshold it lies. */
function shortAnswer({ drawn: { threshold } }: BoundaryRows, output: number): number | string {
  const short = Number(withDecimals(output, 2));
  return Number.isNaN(short) || short === threshold ? answerText(output, threshold) : short;
}

/** Many points are many numbers: four digits are more than a screen shows. */
function shortColumns({ labelled }: BoundaryRows, points: readonly Answer[]) {
  return columns(
    points.map(({ place }) => place),
    labelled ? 6 : 4,
  );
}

/** What each row of a table asks for and gets, beside it: above in the upper half, below in the lower. */
export function answerNotes({ classes }: BoundaryRows, answers: readonly Answer[], { y }: Frame): object[] {
  return answers.map(({ place, group, text, right }) => {
    const above = place[1] >= (y[0] + y[1]) / 2;
    const lines = [classes[group], `answer ${text}${right ? "" : ": wrong"}`];
    return {
      ...note(lines, { x: place[0], y: place[1] }, { weight: right ? 400 : 700 }),
      ...(above ? { yanchor: "bottom", yshift: 12 } : { yanchor: "top", yshift: -12 }),
      ...{ borderpad: 2, borderwidth: 1 },
      bgcolor: right ? `${COLOURS.card}b8` : COLOURS.card,
      bordercolor: right ? `${COLOURS.card}00` : COLOURS.ink,
    };
  });
}
