import { type DistinctRows, distinctRows } from "../../data/rows.js";
import { type LayerCourse, layerCourses } from "../../engine/layerValues.js";
import { layerPlaces, type Network } from "../../engine/network.js";
import type { Ended } from "../ended.js";
import { curvatureAt, hasKinks, surfaceOf } from "./curvature.js";
import { gradientFacts } from "./gradient.js";
import { clippedFacts, deadOutputFacts } from "./output.js";
import { drawsOneLine } from "./separable.js";
import { sizeFacts } from "./smallStart.js";
import { statesOf, type UnitState } from "./units.js";

/** What is known of the inside of a network with its final weights. */
export type InsideFacts = Readonly<ReturnType<typeof insideFacts>>;

/** @param courses  of the judged rows through the network */
export function insideFacts(
  { data, settings: { loss }, ending, start }: Ended,
  { network, weights }: { readonly network: Network; readonly weights: Float32Array },
  training: DistinctRows,
  courses: readonly LayerCourse[],
  atFloor: boolean,
) {
  const { rows } = training;
  const ofTraining = data.judge ? layerCourses(network, weights, rows.inputs) : courses;
  const units = statesOf(courses);
  const judged = data.judge && distinctRows(data.judge).rows.inputs; // units that are dead for good are so on both
  const all =
    judged && statesOf(layerCourses(network, weights, Float32Array.from([...rows.inputs, ...judged])));
  const gradient = gradientFacts(network, weights, training, loss);
  const tells = ending !== "solved" && (gradient.size !== "not small" || atFloor);
  const different = differentUnits(network, weights);
  return {
    /** Hidden units, layer by layer, on the judged rows. */
    units,
    /** Of ReLU outputs: where they are off. */
    output: deadOutputFacts(ofTraining, training, loss),
    working: workingPart(network, all ?? units),
    /** How many different units each hidden layer has: identical ones stay identical; and whether so few can only draw one line. */
    ...{ different, differentDrawOneLine: drawsOneLine(network, (l) => different[l]) },
    size: start && sizeFacts(network, weights, start, ofTraining),
    ...clippedFacts(ofTraining, training, loss),
    gradient,
    /**
     * Undefined for runs that solved their data, and where it would tell nothing: far from the floor of any ties, with a
     * gradient that is not small.
     */
    curvature: tells
      ? curvatureAt(surfaceOf(network, loss, training), weights, hasKinks(network))
      : undefined,
  };
}

/**
 * How many different units each hidden layer has: units with exactly the same weights, into them and out of them, get exactly
 * the same gradient and stay the same, however long the network is trained.
 */
export function differentUnits(network: Network, weights: ArrayLike<number>): number[] {
  const places = layerPlaces(network);
  return places.slice(0, -1).map(({ inputs, units, kernel, bias, end }, l) => {
    const next = places[l + 1];
    const keys = Array.from({ length: units }, (_, j) => {
      const into = Array.from({ length: inputs }, (_, i) => weights[kernel + i * units + j]);
      const out = Array.from({ length: next.units }, (_, k) => weights[next.kernel + j * next.units + k]);
      return [...into, ...(end > bias ? [weights[bias + j]] : []), ...out].join(" ");
    });
    return new Set(keys).size;
  });
}

/** What of a network is at work on the data, in its present state. */
export interface Working {
  /** Units of each hidden layer that are neither constant nor copies of others. */
  readonly units: readonly number[];
  /** Whether all that is left can only draw one line (plane, …) between the classes. */
  readonly oneLine: boolean;
  /** Dead units of the first hidden layer, whose inputs never change: on all data their gradient is exactly zero. */
  readonly deadForGood: number;
  /** The first hidden layer all of whose units are dead for good, so that nothing passes; if any. */
  readonly deadLayer: number | undefined;
  /** Whether what the dead units leave behind can, whatever is learned, only draw one line. */
  readonly oneLineForGood: boolean;
}

/**
 * What of a network is at work.
 *
 * @param units  the states of its hidden units on the training rows and the judged rows together
 */
function workingPart(network: Network, units: readonly (readonly UnitState[])[]): Working {
  const working = units.map(
    (layer) => layer.filter((unit) => !unit.constant && unit.duplicateOf === undefined).length,
  );
  const nonlinear = units.map((layer) => layer.some((unit) => !unit.linear && !unit.constant));
  const deadLayer = units.findIndex((layer) => layer.every((unit) => unit.deadForGood));
  const deadForGood = units.length === 0 ? 0 : units[0].filter((unit) => unit.deadForGood).length;
  const left = (layer: number): number => network.layers[layer].units - (layer === 0 ? deadForGood : 0);
  return {
    units: working,
    deadForGood,
    deadLayer: deadLayer < 0 ? undefined : deadLayer,
    oneLine: drawsOneLine(network, (l) => (nonlinear[l] ? working[l] : 1)),
    oneLineForGood: deadLayer >= 0 || (deadForGood > 0 && drawsOneLine(network, left)),
  };
}
