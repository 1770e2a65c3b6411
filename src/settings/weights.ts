import { came as cameAs, optionsObject } from "../check.js";
import {
  type LayerPlace,
  type LayerWeights,
  layerPlaces,
  type Network,
  parameterCount,
} from "../engine/network.js";
import { counted } from "../words/english.js";

/** Checks weights as `run.weights()` gives them against a network, and gives them flat. */
export function givenWeights(where: string, came: unknown, network: Network): Float32Array {
  const places = layerPlaces(network);
  const layers = counted(places.length, "layer");
  if (!Array.isArray(came))
    throw new TypeError(
      `${where}: weights must be an array of one { kernel, bias } for each of ${layers}, got ${cameAs(came)}`,
    );
  if (came.length !== places.length)
    throw new RangeError(
      `${where}: weights must be those of ${layers}, the output layer included, got ${counted(came.length, "layer")}`,
    );
  const flat = new Float32Array(parameterCount(network));
  places.forEach((place, i) => {
    flat.set(layerNumbers(`${where}: weights of layer ${i}`, came[i], place), place.kernel);
  });
  return flat;
}

/** One layer's kernel, row after row, then its biases. */
function layerNumbers(where: string, came: unknown, { inputs, units, bias, end }: LayerPlace): number[] {
  const { kernel, bias: biases = [] } = optionsObject<LayerWeights>(where, came, ["kernel", "bias"]);
  const rows = list(`${where}: kernel`, kernel, inputs, "one row for each input");
  const numbers = rows.flatMap((row, i) =>
    list(`${where}: kernel[${i}]`, row, units, "one number for each unit"),
  );
  const why = end > bias ? "one number for each unit" : "none, since useBias is false";
  const all = [...numbers, ...list(`${where}: bias`, biases, end - bias, why)];
  return all.map((value) => weight(where, value));
}

/** An array of so many entries. */
function list(where: string, came: unknown, length: number, why: string): unknown[] {
  const rule = `${where} must be an array of length ${length} (${why})`;
  if (!Array.isArray(came)) throw new TypeError(`${rule}, got ${cameAs(came)}`);
  if (came.length !== length) throw new RangeError(`${rule}, got length ${came.length}`);
  return Array.from<unknown>(came);
}

function weight(where: string, came: unknown): number {
  const rule = `${where} must be finite numbers (in single precision)`;
  if (typeof came !== "number") throw new TypeError(`${rule}, got ${cameAs(came)}`);
  if (!Number.isFinite(Math.fround(came))) throw new RangeError(`${rule}, got ${came}`);
  return came;
}
