import { flatOf } from "../../../engine/layerValues.js";
import { isPenalized, type Layer, layerWeights } from "../../../engine/network.js";
import { STAND_IN } from "../../../model/chain.js";
import { code } from "../../../words/code.js";
import { activationName } from "../../../words/names.js";
import { rounded } from "../../../words/numbers.js";
import { anew, here, hiddenActivations, type RemedyMaker, withWeights } from "../remedy.js";

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
  const changes = { change: "no dropout", options: { words: WITHOUT } };
  return [anew(ended, changes), here(ended, changes)];
};

const WITHOUT = "the model without its dropout layers";

/** Tanh units in place of those that only TensorFlow.js knows. */
export const knownUnits: RemedyMaker = ({ ended }) => {
  if (!ended.withOtherUnits) return [];
  const activation = hiddenActivations(ended.network);
  return [anew(ended, { change: STAND_IN_TEXT, options: { mlp: { activation } } })];
};

const STAND_IN_TEXT = `${activationName(STAND_IN)} units`;

/** What a maker makes from new weights, without dropout, or with such units, besides. */
export function besides(make: RemedyMaker): RemedyMaker {
  return (about) => {
    const { ended } = about;
    return make(about).flatMap(({ from, changes }) => {
      const { change, options } = changes;
      const replaces = ended.withOtherUnits && !options.mlp?.activation;
      const activation = replaces ? { activation: hiddenActivations(ended.network) } : {};
      const first = [...(ended.dropout ? ["no dropout"] : []), ...(replaces ? [STAND_IN_TEXT] : [])];
      const all = {
        ...options,
        mlp: { ...activation, ...options.mlp },
        ...(ended.dropout ? { words: WITHOUT } : {}),
      };
      const name = [...first, change].join(", ");
      return from === "this state" ? [] : anew(ended, { ...changes, change: name, options: all });
    });
  };
}
