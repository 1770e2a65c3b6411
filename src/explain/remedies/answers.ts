import type { Dataset } from "../../data/dataset.js";
import type { Activation, LayerActivation } from "../../engine/functions.js";
import type { Loss } from "../../engine/losses.js";
import type { Network } from "../../engine/network.js";
import { extent } from "../../numbers/vectors.js";
import { activationName, said } from "../../words/names.js";
import { anew, type KnownEnd, type Remedy, type RemedyMaker } from "../remedy.js";
import { withHidden } from "./structure.js";

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
  const { activation: own } = network.layers[network.layers.length - 1];
  const suitable = fitting(data);
  if (suitable.some(({ output, loss }) => output === own && loss === settings.loss)) return [];
  const everywhere =
    own === "relu" && network.layers.slice(0, -1).some(({ activation }) => activation === "relu");
  const both = everywhere ? [withAnswers(ended, suitable[0], HIDDEN_WITH[suitable[0].output] ?? "tanh")] : [];
  return [...both, ...suitable.map((answers) => withAnswers(ended, answers))];
};

/** Hidden units that were tried together with an output, in place of ReLU. */
const HIDDEN_WITH: Partial<Record<LayerActivation, Activation>> = { sigmoid: "sigmoid" };

function withAnswers(ended: KnownEnd, { output, loss }: Answers, hidden?: Activation): Remedy {
  const { settings, network } = ended;
  const last = network.layers[network.layers.length - 1];
  const layers = [...network.layers.slice(0, -1), { ...last, activation: output }];
  const changed: Network = { ...network, layers };
  const losses = loss === settings.loss ? {} : { loss };
  const outputs = output === last.activation ? {} : { output };
  const units = hidden ? { activation: hidden } : {};
  const change = [
    ...(hidden ? [`${activationName(hidden)} units`] : []),
    ...(output === last.activation ? [] : [`${activationName(output)} output`]),
    ...(loss === settings.loss ? [] : [`loss ${said("loss", { loss })}`]),
  ].join(", ");
  return anew(ended, {
    change,
    options: { mlp: { ...units, ...outputs }, train: losses },
    network: hidden ? withHidden(changed, (layer) => ({ ...layer, activation: hidden })) : changed,
    settings: { ...settings, loss },
  });
}
