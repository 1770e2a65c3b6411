import { type Dataset, makeDataset } from "../../data/dataset.js";
import { type DistinctRows, distinctRows } from "../../data/rows.js";
import { type LayerCourse, layerCourses } from "../../engine/layerValues.js";
import type { Network } from "../../engine/network.js";
import type { Ended } from "../ended.js";
import { type ClippedFacts, clippedFacts } from "./clipped.js";
import { type Curvature, curvatureAt, hasKinks, surfaceOf } from "./curvature.js";
import { type DeadOutput, deadOutputFacts } from "./deadOutput.js";
import { type GradientFacts, gradientFacts } from "./gradient.js";
import { differentUnits } from "./identical.js";
import { type SizeFacts, sizeFacts } from "./smallStart.js";
import { statesOf, type UnitState, unitStates } from "./units.js";
import { reducedDrawsOneLine, type Working, workingPart } from "./workingPart.js";

/** What is known of the inside of a network with its final weights. */
export interface InsideFacts {
  /** Hidden units, layer by layer, on the judged rows. */
  readonly units: readonly (readonly UnitState[])[];
  /** Of ReLU outputs: where they are off. */
  readonly output: DeadOutput | undefined;
  readonly working: Working;
  /** How many different units each hidden layer has: identical ones stay identical. */
  readonly different: readonly number[];
  /** Whether so few can only draw one line. */
  readonly differentDrawOneLine: boolean;
  readonly size: SizeFacts | undefined;
  readonly clipped: ClippedFacts | undefined;
  readonly gradient: GradientFacts;
  /**
   * Undefined for runs that solved their data, and where it would tell nothing: far from the floor of any ties, with a
   * gradient that is not small.
   */
  readonly curvature: Curvature | undefined;
}

/** @param courses  of the judged rows through the network */
export function insideFacts(
  { data, settings: { loss }, ending, start, predict }: Ended,
  { network, weights }: { readonly network: Network; readonly weights: Float32Array },
  training: DistinctRows,
  courses: readonly LayerCourse[],
  atFloor: boolean,
): InsideFacts {
  const { rows } = training;
  const ofTraining = data.judge ? layerCourses(network, weights, rows.inputs) : courses;
  const units = statesOf(courses);
  const all = data.judge && unitStates(network, weights, together(rows, distinctRows(data.judge)));
  const gradient = gradientFacts(network, weights, training, loss);
  const tells = ending !== "solved" && (gradient.size !== "not small" || atFloor);
  const different = differentUnits(network, weights);
  return {
    units,
    output: deadOutputFacts(ofTraining, training, loss),
    working: workingPart(network, all ?? units),
    ...{ different, differentDrawOneLine: reducedDrawsOneLine(network, (l) => different[l]) },
    size: start && sizeFacts(network, weights, start, ofTraining),
    clipped: clippedFacts(network, loss, predict(rows.inputs), rows),
    gradient,
    curvature: tells
      ? curvatureAt(surfaceOf(network, loss, training), weights, hasKinks(network))
      : undefined,
  };
}

/** The training rows, and the judged rows if they are others. */
function together(training: Dataset, { rows: judged }: DistinctRows): Dataset {
  const inputs = Float32Array.from([...training.inputs, ...judged.inputs]);
  const targets = Float32Array.from([...training.targets, ...judged.targets]);
  return makeDataset({ ...training, inputs, targets });
}
