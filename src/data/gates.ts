import { DEFAULT_SEED, oneOf, optionsObject, seedNumber, wholeNumber } from "../check.js";
import { random } from "../numbers/random.js";
import { counted } from "../words/english.js";
import { type Dataset, makeDataset, rowCount } from "./dataset.js";

const GATES = {
  xor: [0, 1, 1, 0],
  xnor: [1, 0, 0, 1],
  and: [0, 0, 0, 1],
  nand: [1, 1, 1, 0],
  or: [0, 1, 1, 1],
  nor: [1, 0, 0, 0],
} as const;

/** The names of the truth tables of two inputs. */
export type Gate = keyof typeof GATES;
export const GATE_NAMES = Object.keys(GATES) as Gate[];

/**
 * The four rows (0,0), (0,1), (1,0), (1,1) of a logical gate.
 *
 * @param gate  "xor", "xnor", "and", "nand", "or" or "nor"
 * @throws RangeError for another name
 * @example Array.from(truthTable("xor").targets) // [0, 1, 1, 0]
 */
export function truthTable(gate: Gate): Dataset {
  oneOf("truthTable", "gate", gate, GATE_NAMES);
  return makeDataset({
    name: gate,
    features: 2,
    inputs: binaryInputs(2),
    targets: Float32Array.from(GATES[gate]),
  });
}

/**
 * Parity of several bits: the target is 1 where an odd number of inputs is 1. All 2^bits rows; XOR for two bits.
 *
 * @param options.bits  from 1 to 12; 2 unless given
 * @throws RangeError if bits is out of range
 * @example Array.from(parity({ bits: 3 }).targets) // [0, 1, 1, 0, 1, 0, 0, 1]
 */
export function parity(options: { readonly bits?: number } = {}): Dataset {
  const { bits = 2 } = optionsObject<{ bits?: number }>("parity", options, ["bits"]);
  wholeNumber("parity", "bits", bits, 1, 12);
  const inputs = binaryInputs(bits);
  const targets = Float32Array.from({ length: 2 ** bits }, (_, row) => {
    let ones = 0;
    for (let bit = 0; bit < bits; bit++) ones += inputs[row * bits + bit];
    return ones % 2;
  });
  return makeDataset({ name: `parity of ${counted(bits, "bit")}`, features: bits, inputs, targets });
}

/**
 * The encoder problem: each row has one input that is 1 and asks for the same output. A network with fewer hidden units than
 * that has to find a code; with three for eight, the classic 8-3-8, about one bit a unit.
 *
 * @param options.bits  how many inputs, outputs and rows, from 2 to 64; 8 unless given
 * @throws RangeError if bits is out of range
 * @see Ackley, Hinton and Sejnowski 1985, Cognitive Science 9:147–169
 * @example encoder({ bits: 4 }).task // "classes"
 */
export function encoder(options: { readonly bits?: number } = {}): Dataset {
  const { bits = 8 } = optionsObject<{ bits?: number }>("encoder", options, ["bits"]);
  wholeNumber("encoder", "bits", bits, 2, 64);
  const inputs = Float32Array.from({ length: bits * bits }, (_, i) => (i % (bits + 1) === 0 ? 1 : 0));
  const name = `encoder of ${counted(bits, "bit")}`;
  return makeDataset({ name, features: bits, inputs, outputs: bits, targets: inputs.slice() });
}

/** All rows of `bits` bits, counting upwards, the first bit the most significant. */
function binaryInputs(bits: number): Float32Array {
  return Float32Array.from({ length: bits * 2 ** bits }, (_, i) => {
    const row = Math.floor(i / bits);
    return (row >> (bits - 1 - (i % bits))) & 1;
  });
}

/**
 * The question's data: rows drawn at random from XOR's truth table, as `np.random.randint(2, size=(rows, 2))`.
 *
 * @param options.rows  how many, ≥ 1; 1000 unless given, as in the question
 * @param options.seed  a whole number; the same seed draws the same rows everywhere
 * @throws RangeError for rows or a seed out of range
 * @example xor({ rows: 8, seed: 1 }).inputs.length // 16
 */
export function xor(options: { readonly rows?: number; readonly seed?: number } = {}): Dataset {
  const given = optionsObject<{ rows?: number; seed?: number }>("xor", options, ["rows", "seed"]);
  const { rows = 1000, seed = DEFAULT_SEED } = given;
  rowCount("xor", rows);
  seedNumber("xor", seed);
  const source = random(seed, "xor");
  const inputs = new Float32Array(2 * rows);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const pair = source.bits() >>> 30;
    inputs[2 * row] = pair >> 1;
    inputs[2 * row + 1] = pair & 1;
    targets[row] = (pair >> 1) ^ (pair & 1);
  }
  return makeDataset({ name: "xor", features: 2, inputs, targets, judge: truthTable("xor") });
}
