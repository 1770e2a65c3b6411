import { type Dataset, judgedRows } from "../../data/dataset.js";
import type { Run } from "../../train/run.js";

/** A row of the data, and what the network answers. */
export interface Answer {
  readonly inputs: readonly [number, number];
  readonly target: number;
  readonly output: number;
  readonly right: boolean;
}

/** What a network with two inputs answers to its data. */
export interface Answers {
  /** The points to be drawn: all rows of a small table, or a part of a large set. */
  readonly drawn: readonly Answer[];
  /** Right answers to all judged rows, and how many rows these are. */
  readonly right: number;
  readonly rows: number;
  /** Whether there are so few points, so far apart, that each bears a label. */
  readonly labelled: boolean;
  /** Whether all targets are 0 or 1. */
  readonly classes: boolean;
}

const MOST_DRAWN = 400;
const MOST_LABELLED = 4;
const LABEL_ROOM = 0.35; // of the data's extent, between two labelled points

/** Asks the network about the rows on which it is judged, as it was after an epoch; as trained unless one is given. */
export function answersOf(run: Run, epoch?: number): Answers {
  const judged = judgedRows(run.data);
  const rows = distinctRows(judged);
  const outputs = run.predict(
    rows.map((row) => row.inputs),
    epoch,
  );
  const answers = rows.map((row, i) => ({
    ...row,
    output: outputs[i],
    right: sameSide(outputs[i], row.target),
  }));
  return {
    drawn: evenPart(answers),
    right: answers.filter((answer) => answer.right).reduce((sum, answer) => sum + answer.count, 0),
    rows: judged.rows,
    labelled: answers.length <= MOST_LABELLED && farApart(answers),
    classes: judged.targets.every((target) => target === 0 || target === 1),
  };
}

/** Right and wrong are told as everywhere: by the side of ½. */
function sameSide(output: number, target: number): boolean {
  return output > 0.5 === target > 0.5;
}

interface Row {
  readonly inputs: readonly [number, number];
  readonly target: number;
  readonly count: number;
}

/** The rows without repetitions, and how often each was there. */
function distinctRows(data: Dataset): Row[] {
  const rows = new Map<string, Row>();
  for (let row = 0; row < data.rows; row++) {
    const [x, y] = data.inputs.subarray(2 * row, 2 * row + 2);
    const target = data.targets[row];
    const key = `${x} ${y} ${target}`;
    rows.set(key, { inputs: [x, y], target, count: (rows.get(key)?.count ?? 0) + 1 });
  }
  return [...rows.values()];
}

/** Every second, third, … of many points, over the whole set, so that no class is missing. */
function evenPart<Point>(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_DRAWN) return points;
  return Array.from({ length: MOST_DRAWN }, (_, i) => points[Math.floor((i * points.length) / MOST_DRAWN)]);
}

function farApart(points: readonly Row[]): boolean {
  const extent = Math.max(...[0, 1].map((axis) => spread(points.map((point) => point.inputs[axis]))));
  return points.every((one, i) =>
    points.slice(i + 1).every((other) => {
      const apart = Math.max(
        Math.abs(one.inputs[0] - other.inputs[0]),
        Math.abs(one.inputs[1] - other.inputs[1]),
      );
      return apart >= LABEL_ROOM * extent && apart > 0;
    }),
  );
}

/** From the smallest to the largest; however many there are. */
export function spread(values: readonly number[]): number {
  return (
    values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity)
  );
}
