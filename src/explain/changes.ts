import type { Activation } from "../engine/functions.js";
import { initialWeights } from "../engine/initializers.js";
import { flatOf } from "../engine/layerValues.js";
import { layerWeights, type Network } from "../engine/network.js";
import { random } from "../numbers/random.js";

/** A network with some of its hidden layers changed. */
export function withHidden(
  network: Network,
  change: (layer: Network["layers"][number], index: number) => Network["layers"][number],
): Network {
  const last = network.layers.length - 1;
  return {
    ...network,
    layers: network.layers.map((layer, l) => (l < last ? change(layer, l) : layer)),
  };
}

/** A network with other activations in its hidden layers. */
export function withActivation(network: Network, activation: Activation): Network {
  return withHidden(network, (layer) => ({ ...layer, activation }));
}

/** One more unit in a hidden layer. */
export function withOneMore(network: Network, at: number): Network {
  return withHidden(network, (layer, l) => (l === at ? { ...layer, units: layer.units + 1 } : layer));
}

/**
 * The weights of such a network: all as they were, the new unit's own and outgoing weights drawn as at a start (Glorot
 * uniform, bias 0).
 */
export function weightsWithOneMore(
  network: Network,
  weights: Float32Array,
  at: number,
  seed: number,
): Float32Array {
  const wider = withOneMore(network, at);
  const drawn = layerWeights(
    wider,
    initialWeights(wider, { name: "glorotUniform" }, { name: "zeros" }, seed),
  );
  const kept = layerWeights(network, weights);
  return flatOf(
    drawn.map(({ kernel, bias }, l) => ({
      kernel: kernel.map((row, i) => row.map((value, j) => kept[l].kernel[i]?.[j] ?? value)),
      bias: bias.map((value, j) => kept[l].bias[j] ?? value),
    })),
  );
}

/** All weights moved by normal noise of this size. */
export function jolted(weights: Float32Array, size: number, seed: number): Float32Array {
  const source = random(seed, "jolt");
  return weights.map((weight) => weight + size * source.normal());
}
