import type { LayersModel } from "../model/tensorflow.js";
import type { NetworkRun } from "./networkRun.js";

/** One training and what came of it. */
export interface Run<Trained extends LayersModel = LayersModel> extends NetworkRun {
  /** The trained TensorFlow.js model: predict, evaluate, save and summary all work. */
  readonly model: Trained;
}
