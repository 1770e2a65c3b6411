import { judgedRows, makeDataset } from "../../data/dataset.js";
import { rescaled } from "../../data/fitting.js";
import { groupsByKey, rowsAt, targetsOf } from "../../data/rows.js";
import { type ColumnScale, fittingScaling } from "../../data/scaling.js";
import { anew, type RemedyMaker } from "../remedy.js";

/** The same data, written otherwise. */

/** Inputs, and in a regression targets, brought to a common scale, where they are far from one. */
export const scaledRows: RemedyMaker = ({ ended }) => {
  const { data, network, settings } = ended;
  const regression = data.task === "regression";
  if (data.scaling || (regression && settings.solvedLoss !== undefined)) return []; // that loss is one of targets as they are
  const { inputs, targets } = fittingScaling("standard", data, data);
  if (!isFar(inputs) && !(targets && isFar(targets))) return [];
  const { activation } = network.layers[network.layers.length - 1];
  const scale = regression && activation !== "linear" ? "minMax" : "standard";
  const range = scale === "minMax" ? "the range from 0 to 1" : "mean 0 and deviation 1";
  return [
    anew(ended, {
      change: `${regression ? "inputs and targets" : "inputs"} scaled to ${range}`,
      options: { dataset: { scale } },
      data: rescaled(data, fittingScaling(scale, data, data)),
    }),
  ];
};

/** Whether a column is so far from mean 0 and deviation 1 that it may matter; those of zeros and ones are not. */
function isFar({ offset, factor }: ColumnScale): boolean {
  return offset.some((mean) => Math.abs(mean) > 1) || factor.some((one) => one > 2 || one < 0.1);
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
