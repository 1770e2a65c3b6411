import { type Dataset, judgedRows } from "../../data/dataset.js";
import { distinctRows, inputsOf, rowsAt } from "../../data/rows.js";
import type { Run } from "../../train/run.js";

/** The inputs that a figure of the hidden layer follows. */
export interface HiddenRows {
  /** The different rows of a table, or all rows of a large set. */
  readonly different: Dataset;
  /** Those of them that are drawn. */
  readonly drawn: Dataset;
  /** What each row is called: "01", or "(0.3, 1)". */
  readonly names: readonly string[];
  /** Whether there are so few that each bears its name. */
  readonly labelled: boolean;
  /** All rows on which the network is judged. */
  readonly judged: Dataset;
  /** Lines through the space of inputs, each as rows: the grid of a plane, or the edges of a cube of bits. */
  readonly lines: readonly Dataset[];
  /** What these lines are, for the key; empty if there are none. */
  readonly linesName: string;
}

const MOST_DRAWN = 120;
const MOST_LABELLED = 8;
const GRID_LINES = 7; // each way
const POINTS = 13; // along a line: enough for a bend

/** The rows and lines to draw of a run's data. */
export function hiddenRows(run: Run): HiddenRows {
  const judged = judgedRows(run.data);
  const different = distinctRows(judged).rows;
  const labelled = different.rows <= MOST_LABELLED;
  const every = different.rows / Math.min(different.rows, MOST_DRAWN);
  const chosen = Array.from({ length: Math.min(different.rows, MOST_DRAWN) }, (_, i) =>
    Math.floor(i * every),
  );
  const drawn = rowsAt(different, chosen);
  const bits = drawn.inputs.every((value) => value === 0 || value === 1);
  const names = chosen.map((_, row) => rowName(drawn, row, bits));
  const lines = drawn.features === 2 ? grid(drawn) : bits && drawn.features === 3 ? edges(drawn) : [];
  const linesName = lines.length === 0 ? "" : drawn.features === 2 ? "input plane" : "1 bit apart";
  return { different, drawn, names, labelled, judged, lines, linesName };
}

/** "01" for bits, "(0.3, 1)" for other numbers, and no more of them than one can read. */
function rowName(data: Dataset, row: number, bits: boolean): string {
  const values = Array.from(inputsOf(data, row));
  if (bits) return values.join("");
  const shown = values.slice(0, 4).map((value) => String(Number(value.toPrecision(3))));
  return `(${shown.join(", ")}${values.length > 4 ? ", …" : ""})`;
}

/** Lines of one input's equal values over the data's rectangle, first those of the first input. */
function grid(data: Dataset): Dataset[] {
  const sides = [0, 1].map((input) => {
    const column = Array.from({ length: data.rows }, (_, row) => data.inputs[2 * row + input]);
    return [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
  });
  const places = Array.from({ length: GRID_LINES }, (_, i) => i / (GRID_LINES - 1));
  return [0, 1].flatMap((fixed) =>
    places.map((at) => {
      const corner = (share: number) =>
        sides.map(([low, high], input) => low + (high - low) * (input === fixed ? at : share));
      return lineBetween(data, corner(0), corner(1));
    }),
  );
}

/** The edges of the cube: between rows that differ in one bit. */
function edges(data: Dataset): Dataset[] {
  const rows = Array.from({ length: data.rows }, (_, row) => Array.from(inputsOf(data, row)));
  return rows.flatMap((one, i) =>
    rows
      .slice(i + 1)
      .filter((other) => other.filter((value, bit) => value !== one[bit]).length === 1)
      .map((other) => lineBetween(data, one, other)),
  );
}

function lineBetween(data: Dataset, from: readonly number[], to: readonly number[]): Dataset {
  const inputs = Array.from({ length: POINTS }, (_, i) =>
    from.map((value, input) => value + ((to[input] - value) * i) / (POINTS - 1)),
  );
  return {
    name: "",
    rows: POINTS,
    features: data.features,
    inputs: Float32Array.from(inputs.flat()),
    targets: new Float32Array(POINTS),
  };
}
