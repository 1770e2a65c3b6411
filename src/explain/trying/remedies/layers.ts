import { flatOf } from "../../../engine/layerValues.js";
import { isPenalized, type Layer, layerWeights } from "../../../engine/network.js";
import { code } from "../../../words/code.js";
import { listed } from "../../../words/english.js";
import { activationName } from "../../../words/names.js";
import { rounded } from "../../../words/numbers.js";
import {
  anew,
  type Changes,
  here,
  hiddenActivations,
  type KnownEnd,
  type RemedyMaker,
  withWeights,
} from "../remedy.js";

/** What layers have besides their units: biases, penalties, dropout. */

/** Biases where there are none: zeros at first, in the trained network and in a new one. */
export const biases: RemedyMaker = ({ ended }) => {
  const { network, weights } = ended;
  if (network.layers.every(({ useBias }) => useBias !== false)) return [];
  const change = "biases";
  const grown = flatOf(
    layerWeights(network, weights).map(({ kernel, bias }, l) => ({
      kernel,
      bias: bias.length > 0 ? bias : Array<number>(network.layers[l].units).fill(0),
    })),
  );
  return [
    anew(ended, { change, options: { mlp: { useBias: true } } }),
    here(ended, {
      change,
      how: ", put into this very network",
      options: withWeights(ended, { useBias: true }, " with biases of 0"),
      weights: () => grown,
      startsAlike: true,
    }),
  ];
};

/** Without the penalty on the weights, and with a tenth of it. */
export const smallerPenalty: RemedyMaker = ({ ended }) => {
  if (!isPenalized(ended.network)) return [];
  return [0, 0.1].map((factor) => {
    const layers = ended.network.layers.map((layer) => withPenalty(layer, factor));
    const { l1, l2 } = layers[0];
    const kernelRegularizer =
      factor === 0 ? code("undefined") : { ...(l1 ? { l1 } : {}), ...(l2 ? { l2 } : {}) };
    return anew(ended, {
      change: factor === 0 ? "no penalty on the weights" : "a tenth of the penalty on the weights",
      options: { mlp: { kernelRegularizer } },
      network: { ...ended.network, layers },
    });
  });
};

/** Penalties that are often advised against overfitting. */
const PENALTIES = [0.001, 0.01];

/** A penalty where there is none. */
export const penalty: RemedyMaker = ({ ended }) => {
  if (isPenalized(ended.network)) return [];
  return PENALTIES.map((l2) =>
    anew(ended, {
      change: `a penalty on the weights (L2 ${l2})`,
      options: { mlp: { kernelRegularizer: { l2 } } },
    }),
  );
};

function withPenalty({ l1 = 0, l2 = 0, ...layer }: Layer, factor: number): Layer {
  const [first, second] = [l1 * factor, l2 * factor].map((penalty) => rounded(penalty, 12));
  return { ...layer, ...(first > 0 ? { l1: first } : {}), ...(second > 0 ? { l2: second } : {}) };
}

/** The same model without its dropout layers. */
export const noDropout: RemedyMaker = ({ ended }) => {
  if (!ended.dropout) return [];
  const changes = { change: NO_DROPOUT, options: { words: WITHOUT } };
  return [anew(ended, changes), here(ended, changes)];
};

const NO_DROPOUT = "no dropout";
const WITHOUT = "the model without its dropout layers";

/** Tanh units in place of those that only TensorFlow.js knows. */
export const knownUnits: RemedyMaker = ({ ended }) =>
  ended.withOtherUnits ? [anew(ended, inOtherModel(ended, { change: "", options: {} }))] : [];

/** What a maker makes from new weights, without dropout, or with such units, besides. */
export function besides(make: RemedyMaker): RemedyMaker {
  return (about) =>
    make(about).flatMap(({ from, changes }) =>
      from === "this state" ? [] : anew(about.ended, inOtherModel(about.ended, changes)),
    );
}

/** The same changes of a model without dropout layers, and with units that the engine knows unless these are changed anyway. */
function inOtherModel({ dropout, withOtherUnits }: KnownEnd, changes: Changes): Changes {
  const { options } = changes;
  const units =
    withOtherUnits && !options.mlp?.activation
      ? { activation: hiddenActivations(withOtherUnits) }
      : undefined;
  const kinds = units && listed([...new Set([units.activation].flat())].map(activationName));
  const first = [...(dropout ? [NO_DROPOUT] : []), ...(kinds ? [`${kinds} units`] : [])];
  const all = [...first, ...(changes.change ? [changes.change] : [])];
  return {
    ...changes,
    besides: all.slice(0, -1),
    change: all[all.length - 1],
    options: { ...options, mlp: { ...units, ...options.mlp }, ...(dropout ? { words: WITHOUT } : {}) },
  };
}
