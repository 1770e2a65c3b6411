import { random } from "../numbers/random.js";
import type { Layer, LayersModel } from "./tensorflow.js";

/** A layer and all layers within it: those of a model used as a layer, of a wrapper, of a recurrent layer. */
export function layersIn(layer: Layer): Layer[] {
  const { layers, layer: wrapped, forwardLayer, backwardLayer, cell, cells } = layer as Layer & Inner;
  const inner = [layers, wrapped, forwardLayer, backwardLayer, cell, cells].flat();
  return [layer, ...inner.flatMap((one) => (one ? layersIn(one) : []))];
}

interface Inner extends Partial<Record<"layer" | "forwardLayer" | "backwardLayer" | "cell", Layer>> {
  readonly layers?: readonly Layer[];
  readonly cells?: readonly Layer[];
}

/**
 * Lets the dropout layers that have no seed of their own draw from the run's: TensorFlow.js would take an unseeded generator. `next` gives
 * each a new seed, so that every step drops other units; `restore` leaves them as they were. (With a seed of its own, a layer
 * of TensorFlow.js drops the same units at every step.)
 */
export function seededDropouts(model: LayersModel, seed: number) {
  const source = random(seed, "dropout");
  const dropouts = model.layers
    .flatMap(layersIn)
    .filter((layer) => /^(Spatial)?Dropout/.test(layer.getClassName()));
  const unseeded = (dropouts as (Layer & { seed?: number })[]).filter((layer) => layer.seed == null);
  return {
    next: () => {
      for (const layer of unseeded) layer.seed = source.bits();
    },
    restore: () => {
      for (const layer of unseeded) layer.seed = undefined;
    },
  };
}
