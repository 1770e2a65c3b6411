import { type Random, random } from "../numbers/random.js";
import { layerPlaces, type Network, parameterCount } from "./network.js";

/**
 * Initial weights, with the definitions of Keras 3. "Fan in" and "fan out" are a layer's inputs and units.
 *
 * @see Glorot and Bengio 2010 (variance 2 / (in + out)); He et al. 2015 (2 / in); LeCun et al. 1998 (1 / in)
 */
export const INITIALIZERS = {
  glorotUniform: {},
  glorotNormal: {},
  heUniform: {},
  heNormal: {},
  lecunUniform: {},
  lecunNormal: {},
  randomUniform: { minval: -0.05, maxval: 0.05 },
  randomNormal: { mean: 0, stddev: 0.05 },
  truncatedNormal: { mean: 0, stddev: 0.05 },
  constant: { value: 0 },
  zeros: {},
  ones: {},
} as const;

/** The name of an initializer. */
export type InitializerName = keyof typeof INITIALIZERS;
export const INITIALIZER_NAMES = Object.keys(INITIALIZERS) as InitializerName[];

/** An initializer with all its numbers. */
export type InitializerSettings = {
  [Name in InitializerName]: { readonly name: Name } & {
    readonly [Key in keyof (typeof INITIALIZERS)[Name]]: number;
  };
}[InitializerName];

/**
 * A network's initial weights from a seed: layer by layer the kernel, then the biases, in the order in which they lie.
 *
 * @returns all weights, flat, in single precision
 */
export function initialWeights(
  network: Network,
  kernel: InitializerSettings,
  bias: InitializerSettings,
  seed: number,
): Float32Array {
  const source = random(seed, "weights");
  const weights = new Float32Array(parameterCount(network));
  for (const place of layerPlaces(network)) {
    const drawKernel = sampler(kernel, place.inputs, place.units, source);
    for (let i = place.kernel; i < place.bias; i++) weights[i] = drawKernel();
    const drawBias = sampler(bias, place.units, place.units, source);
    for (let i = place.bias; i < place.end; i++) weights[i] = drawBias();
  }
  return weights;
}

/** A normal distribution cut at two deviations keeps this much of its deviation; Keras divides it out. */
const DEVIATION_WHEN_CUT = 0.87962566103423978;

function sampler(
  initializer: InitializerSettings,
  fanIn: number,
  fanOut: number,
  source: Random,
): () => number {
  const uniform = (limit: number) => () => limit * (2 * source.uniform() - 1);
  const normal = (variance: number) => cutNormal(source, 0, Math.sqrt(variance) / DEVIATION_WHEN_CUT);
  switch (initializer.name) {
    case "glorotUniform":
      return uniform(Math.sqrt(6 / (fanIn + fanOut)));
    case "glorotNormal":
      return normal(2 / (fanIn + fanOut));
    case "heUniform":
      return uniform(Math.sqrt(6 / fanIn));
    case "heNormal":
      return normal(2 / fanIn);
    case "lecunUniform":
      return uniform(Math.sqrt(3 / fanIn));
    case "lecunNormal":
      return normal(1 / fanIn);
    case "randomUniform":
      return () => initializer.minval + (initializer.maxval - initializer.minval) * source.uniform();
    case "randomNormal":
      return () => initializer.mean + initializer.stddev * source.normal();
    case "truncatedNormal":
      return cutNormal(source, initializer.mean, initializer.stddev);
    case "constant":
      return () => initializer.value;
    case "zeros":
      return () => 0;
    case "ones":
      return () => 1;
  }
}

/** Normal, drawn again until within two deviations of the mean. */
function cutNormal(source: Random, mean: number, deviation: number): () => number {
  return () => {
    let z = source.normal();
    while (Math.abs(z) > 2) z = source.normal();
    return mean + deviation * z;
  };
}
