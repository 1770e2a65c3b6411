import { type Dataset, judgedRows, makeDataset } from "../../../data/dataset.js";
import { rescaled } from "../../../data/fitting.js";
import { rowsAt } from "../../../data/rows.js";
import { type ColumnScale, fittingScaling } from "../../../data/scaling.js";
import { outputLayer } from "../../../engine/network.js";
import { classOf, hasClasses } from "../../../verdict/classes.js";
import { anew, type RemedyMaker } from "../remedy.js";

/** The same data, written otherwise. */

/** Inputs, and in a regression targets, brought to a common scale, where they are far from one. */
export const scaledRows: RemedyMaker = ({ ended }) => {
  const { data, network, settings } = ended;
  const regression = data.task === "regression";
  if (data.scaling || (regression && settings.solvedLoss !== undefined)) return []; // that loss is one of targets as they are
  const { inputs, targets } = fittingScaling("standard", data, data);
  if (!isFar(inputs) && !(targets && isFar(targets))) return [];
  const { activation } = outputLayer(network);
  const scale = regression && activation !== "linear" ? "minMax" : "standard";
  const range = scale === "minMax" ? "the range from 0 to 1" : "mean 0 and deviation 1";
  return [
    anew(ended, {
      change: `${regression ? "inputs and targets" : "inputs"} scaled to ${range}`,
      options: { dataset: { scale } },
      data: (all) => rescaled(all, fittingScaling(scale, all, all)),
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
  if (!hasClasses(data)) return [];
  const sizes = new Map<number, number>();
  for (let row = 0; row < data.rows; row++) {
    const own = classOf(data, row);
    sizes.set(own, (sizes.get(own) ?? 0) + 1);
  }
  const most = Math.max(...sizes.values());
  if (Math.min(...sizes.values()) > RARE * most) return [];
  const timesOf = (size: number): number => Math.round(most / size);
  const repeated = (all: Dataset): number[] =>
    Array.from({ length: all.rows }, (_, row) =>
      Array<number>(timesOf(sizes.get(classOf(all, row)) ?? most)).fill(row),
    ).flat();
  return [
    anew(ended, {
      change: `rows of rare classes repeated (up to ${Math.max(...Array.from(sizes.values(), timesOf))} times)`,
      options: { words: "dataset(…) with these rows repeated" },
      data: (all) => makeDataset({ ...rowsAt(all, repeated(all)), judge: judgedRows(all) }),
      rows: Array.from(sizes.values()).reduce((sum, size) => sum + size * timesOf(size), 0),
    }),
  ];
};
