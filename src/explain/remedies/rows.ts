import { type Dataset, judgedRows, makeDataset } from "../../data/dataset.js";
import { groupsByKey, rowsAt, targetsOf } from "../../data/rows.js";
import { anew, type RemedyMaker } from "../remedy.js";

/** The same data, written otherwise. */

/** The mean and the standard deviation of a column. */
interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Inputs, and in a regression targets, of mean 0 and deviation 1, where they are far from that. */
export const scaledRows: RemedyMaker = ({ ended }) => {
  const { data } = ended;
  const inputs = scalesOf(data.inputs, data.features);
  const targets = data.task === "regression" ? scalesOf(data.targets, data.outputs) : [];
  if (![...inputs, ...targets].some(isFar)) return [];
  const change = `${targets.length > 0 ? "inputs and targets" : "inputs"} scaled to mean 0 and deviation 1`;
  const scaled = (one: Dataset): Dataset => ({
    ...one,
    inputs: scaledColumns(one.inputs, inputs),
    targets: targets.length > 0 ? scaledColumns(one.targets, targets) : one.targets,
  });
  const judged = judgedRows(data);
  const changed = makeDataset({ ...scaled(data), ...(judged === data ? {} : { judge: scaled(judged) }) });
  return [anew(ended, { change, options: { dataset: { scale: "standard" } }, data: changed })];
};

function scalesOf(numbers: Float32Array, width: number): Scale[] {
  const rows = numbers.length / width;
  return Array.from({ length: width }, (_, column) => {
    let [mean, square] = [0, 0];
    for (let i = column; i < numbers.length; i += width) mean += numbers[i] / rows;
    for (let i = column; i < numbers.length; i += width) square += (numbers[i] - mean) ** 2 / rows;
    return { mean, deviation: Math.sqrt(square) };
  });
}

/** So far from mean 0 and deviation 1 that it may matter; columns of zeros and ones are not. */
function isFar({ mean, deviation }: Scale): boolean {
  return Math.abs(mean) > 1 || deviation > 2 || (deviation > 0 && deviation < 0.1);
}

function scaledColumns(numbers: Float32Array, scales: readonly Scale[]): Float32Array {
  return numbers.map((number, i) => {
    const { mean, deviation } = scales[i % scales.length];
    return (number - mean) / (deviation || 1);
  });
}

const RARE = 1 / 3; // of the most frequent class

/** Rows of rare classes repeated, so that all classes are about as frequent. */
export const repeatedRows: RemedyMaker = ({ ended }) => {
  const { data } = ended;
  if (data.task === "regression" || (data.task === "binary" && data.outputs > 1)) return [];
  const targets = Array.from({ length: data.rows }, (_, row) => targetsOf(data, row).join(" "));
  const groups = groupsByKey(targets);
  const most = Math.max(...groups.map((rows) => rows.length));
  const least = Math.min(...groups.map((rows) => rows.length));
  if (least > RARE * most) return [];
  const times = groups.map((rows) => Math.round(most / rows.length));
  const rows = groups.flatMap((group, i) => Array.from({ length: times[i] }, () => group).flat());
  const change = `rows of rare classes repeated (up to ${Math.max(...times)} times)`;
  const changed = makeDataset({ ...rowsAt(data, rows), judge: judgedRows(data) });
  return [anew(ended, { change, options: { words: "dataset(…) with these rows repeated" }, data: changed })];
};
