import { type Dataset, judgedRows } from "../data/dataset.js";
import { groupsByKey, inputsOf, rowKey } from "../data/rows.js";
import { flatOf } from "../engine/layerValues.js";
import { layerWeights, type Network } from "../engine/network.js";
import { explain } from "../explain/explain.js";
import { mlp } from "../model/mlp.js";
import type { Run } from "../train/run.js";
import { train } from "../train/train.js";
import { classOf } from "../verdict/classes.js";
import { constantAnswer, floorsOf } from "../verdict/floors.js";
import { constantName, floorName } from "../words/names.js";
import { networkOptions, trainOptions } from "./options.js";
import { type DataPlane, placesOn, planeOf } from "./plane.js";
import { type Part, problemOf, startOf } from "./problem.js";
import { FEATURES, type Setting } from "./setting.js";

/** The run of a setting's own seed, with all that the page shows of it. */

/** Points as they are drawn: each place once. */
export interface Points {
  /** Where they are in the plane: two numbers a point. */
  readonly places: Float32Array;
  /** What the network is given of them. */
  readonly inputs: Float32Array;
  /** The class of each, counted from 0. */
  readonly classes: Uint8Array;
}

/** A loss with the name of what costs it; between two numbers, since the rows are not equally frequent. */
interface Reference {
  readonly low: number;
  readonly high: number;
  readonly name: string;
}

/** A run as the page shows it. */
export interface LabRun extends Pick<Run, "ending" | "firstSolvedEpoch" | "history"> {
  readonly setting: Setting;
  readonly network: Network;
  /** Flat weights of the initial moment and after every completed epoch, one after the other. */
  readonly weights: Float32Array;
  /** What an answer means. */
  readonly meaning: Pick<Dataset, "task" | "threshold" | "outputs">;
  readonly classNames: readonly string[];
  readonly inputNames: readonly string[];
  readonly plane: DataPlane;
  readonly points: Points;
  readonly testPoints: Points | undefined;
  /** Losses to compare with: of the best constant answer, and of tied inputs. */
  readonly references: readonly Reference[];
  /** The first sentences of explain(). */
  readonly verdict: string;
}

/** Trains the run of the setting's own seed. */
export async function runTask(setting: Setting): Promise<LabRun> {
  const { run, train, test } = await trained(setting);
  const { ending, firstSolvedEpoch, history, network } = run;
  if (!network) throw new Error("laboratory: a run without a network");
  const { task, threshold, outputs } = train.data;
  const plane = planeOf(train.plain);
  return {
    ...{ setting, ending, firstSolvedEpoch, history, network },
    weights: Float32Array.from(run.epochsKept.flatMap((epoch) => [...flatOf(run.weights(epoch))])),
    meaning: { task, threshold, outputs },
    ...{ classNames: classNamesOf(train.data), inputNames: inputNamesOf(setting, train.data), plane },
    points: pointsOf(train, plane),
    testPoints: test && pointsOf(test, plane),
    references: referencesOf(run),
    verdict: (await explain(run, { trials: 0 })).verdict,
  };
}

/** By their names, or "class 0", "class 1". */
function classNamesOf({ classes, outputs }: Dataset): string[] {
  const names = classes ?? Array.from({ length: Math.max(2, outputs) }, (_, place) => String(place));
  return names.map((name) => (/^\d+$/.test(name) ? `class ${name}` : name));
}

const inputNamesOf = (setting: Setting, data: Dataset): readonly string[] =>
  data.featureNames ?? setting.inputs.map((name) => FEATURES[name].label);

/** The whole text of explain(), with everything that it tries. */
export async function explainTask(setting: Setting): Promise<string> {
  return (await explain((await trained(setting)).run)).text;
}

async function trained(setting: Setting) {
  const { seed } = setting;
  const { train: part, test } = problemOf(setting, seed);
  const model = mlp(setting.start ? keptStart(setting) : { ...networkOptions(setting), seed });
  const validation = test ? { validation: test.data } : {};
  const run = await train(model, part.data, {
    ...trainOptions(setting),
    ...validation,
    seed,
    progress: false,
  });
  model.dispose();
  return { run, train: part, test };
}

/** The options of mlp() with the weights themselves in place of what they would be drawn from. */
function keptStart(setting: Setting) {
  const { kernelInitializer: _, ...options } = networkOptions(setting);
  const { network, weights } = startOf(setting, setting.seed);
  return { ...options, biasInitializer: undefined, weights: layerWeights(network, weights) };
}

/** Each place once, in the order in which it first appears. A place with several classes is as many points. */
function pointsOf({ data, plain }: Part, plane: DataPlane): Points {
  const { rows } = data;
  const groupOf = (row: number): number => classOf(data, row);
  const groups = groupsByKey(
    Array.from({ length: rows }, (_, row) => `${rowKey(plain, row)} ${groupOf(row)}`),
  );
  const firsts = groups.map(([row]) => row);
  const columnsOf = (one: Dataset) => Float32Array.from(firsts.flatMap((row) => [...inputsOf(one, row)]));
  return {
    places: placesOn(plane, columnsOf(plain)),
    inputs: columnsOf(data),
    classes: Uint8Array.from(firsts, groupOf),
  };
}

function referencesOf({ data, settings: { loss } }: Run): Reference[] {
  const floors = floorsOf(judgedRows(data), loss, [data]);
  if (floors.length > 0) return floors.map((floor) => ({ ...floor, name: floorName(floor) }));
  const cost = constantAnswer(data, loss).loss;
  return [{ low: cost, high: cost, name: constantName(cost) }];
}
