import { columnOf, type LayerCourse } from "../../engine/layerValues.js";
import { layerPlaces, type Network } from "../../engine/network.js";
import { extent, rootMeanSquare } from "../../numbers/vectors.js";

/** How small the weights of the hidden layers were and are, against what Glorot's initialization draws. */
export type SizeFacts = NonNullable<ReturnType<typeof sizeFacts>>;

const SMALL = 0.25;

/**
 * How small the weights of the hidden layers were and are, against what Glorot's initialization draws. Undefined without hidden
 * layers.
 *
 * @param courses  of the training's rows through the network
 */
export function sizeFacts(
  network: Network,
  weights: Float32Array,
  start: Float32Array,
  courses: readonly LayerCourse[],
) {
  const hidden = layerPlaces(network).slice(0, -1);
  if (hidden.length === 0) return undefined;
  const sizes = hidden.map(({ kernel, bias, inputs, units }) => ({
    // Root mean square of the kernel, when the training started and now, and after Glorot.
    start: rootMeanSquare(start.subarray(kernel, bias)),
    now: rootMeanSquare(weights.subarray(kernel, bias)),
    glorot: Math.sqrt(2 / (inputs + units)),
  }));
  const share = ({ start, now, glorot }: (typeof sizes)[number]): number => Math.max(start, now) / glorot;
  const largest = sizes.reduce((most, one) => (share(one) > share(most) ? one : most));
  const bends = courses.slice(0, -1).flatMap(({ slopes, units }) =>
    Array.from({ length: units }, (_, unit) => {
      const [low, high] = extent(columnOf(slopes, units, unit));
      return high > 0 ? (high - low) / high : 0;
    }),
  );
  return {
    /** The kernel that is largest against Glorot's. */
    ...largest,
    /** By which share the slope of a hidden unit differs between rows, at most. */
    bend: Math.max(...bends),
    /** Whether start and now are less than a quarter of Glorot's, in all hidden layers. */
    small: share(largest) < SMALL,
  };
}
