import type { Dataset } from "../../../data/dataset.js";
import type { Activation, LayerActivation } from "../../../engine/functions.js";
import type { Loss } from "../../../engine/losses.js";
import { hiddenLayers, outputLayer } from "../../../engine/network.js";
import { extent } from "../../../numbers/vectors.js";
import { activationName, said } from "../../../words/names.js";
import { anew, type KnownEnd, type Remedy, type RemedyMaker, together } from "../remedy.js";
import { adam, longer } from "./steps.js";

/** Other output units, with a loss that fits them. */

interface Answers {
  readonly output: LayerActivation;
  readonly loss: Loss;
}

/** Outputs and losses that suit the targets: those that learn fastest first. */
function fitting({ task, targets }: Dataset): Answers[] {
  if (task === "classes")
    return [
      { output: "softmax", loss: "categoricalCrossentropy" },
      { output: "sigmoid", loss: "binaryCrossentropy" },
    ];
  const [low, high] = extent(targets);
  const any: Answers = { output: "linear", loss: "meanSquaredError" };
  if (task === "regression") return [any];
  if (low === 0 && high === 1) return [{ output: "sigmoid", loss: "binaryCrossentropy" }, any];
  return low >= -1 && high <= 1 ? [{ output: "tanh", loss: "meanSquaredError" }, any] : [any];
}

/** Another output; where output and hidden units are all ReLU also other hidden units, for one alone is known not to do. */
export const otherOutput: RemedyMaker = ({ ended }) => {
  const { network, settings, data } = ended;
  const { activation: own } = outputLayer(network);
  const suitable = fitting(data);
  if (suitable.some(({ output, loss }) => output === own && loss === settings.loss)) return [];
  const everywhere = own === "relu" && hiddenLayers(network).some(({ activation }) => activation === "relu");
  const hidden = suitable[0].output === "sigmoid" ? "sigmoid" : "tanh"; // tried together with such an output, in place of ReLU
  const both = everywhere ? [withAnswers(ended, suitable[0], hidden)] : [];
  return [...both, ...suitable.map((answers) => withAnswers(ended, answers))];
};

/** The first of these together with more or other steps: a network with another output may need them. */
export const otherOutputAndSteps: RemedyMaker = (about) => {
  const [first] = otherOutput(about);
  const steps = [adam, longer].flatMap((make) => make(about));
  return first ? steps.flatMap((other) => together(first, other) ?? []) : [];
};

function withAnswers(ended: KnownEnd, { output, loss }: Answers, hidden?: Activation): Remedy {
  const isNew = output !== outputLayer(ended.network).activation;
  const isLossNew = loss !== ended.settings.loss;
  const change = [
    ...(hidden ? [`${activationName(hidden)} units`] : []),
    ...(isNew ? [`${activationName(output)} output`] : []),
    ...(isLossNew ? [`${said("loss", { loss })} loss`] : []),
  ].join(", ");
  const mlp = { ...(hidden ? { activation: hidden } : {}), ...(isNew ? { output } : {}) };
  return anew(ended, { change, options: { mlp, ...(isLossNew ? { train: { loss } } : {}) } });
}
