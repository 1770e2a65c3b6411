import type { Dataset } from "../../data/dataset.js";
import { LANES } from "./layout.js";

/** A vector's region of the memory, seen as bytes, words, floats and doubles. */
export interface Region {
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

export function regionAt(memory: ArrayBuffer, start: number, size: number): Region {
  return {
    start,
    bytes: new Uint8Array(memory, start, size),
    words: new Int32Array(memory, start, size / 4),
    floats: new Float32Array(memory, start, size / 4),
    doubles: new Float64Array(memory, start, size / 8),
  };
}

/** Index of a lane's number among a region's words (or floats), where its cell begins at a byte address. */
export function wordAt(address: number, lane: number): number {
  return address / 4 + (lane % LANES);
}

/** Whether every input and target is 0 or 1 and a row fits into a byte. */
export function fitsIntoBits(data: Dataset): boolean {
  const binary = (value: number): boolean => value === 0 || value === 1;
  return data.features + data.outputs <= 8 && data.inputs.every(binary) && data.targets.every(binary);
}

/** Puts a lane's rows into memory, a byte each: the bits of the inputs, then of the targets. */
export function packBits({ bytes }: Region, start: number, data: Dataset, lane: number): void {
  const { rows, features, inputs, outputs, targets } = data;
  for (let row = 0; row < rows; row++) {
    let packed = 0;
    for (let i = 0; i < features; i++) packed |= inputs[row * features + i] << i;
    for (let j = 0; j < outputs; j++) packed |= targets[row * outputs + j] << (features + j);
    bytes[start + LANES * row + lane] = packed;
  }
}

/** Puts a lane's rows into memory: their order, and apart from it each row's inputs and targets. */
export function packNumbers(
  { floats, words }: Region,
  orderAt: number,
  numbersAt: number,
  data: Dataset,
  lane: number,
): void {
  const { rows, features, inputs, outputs, targets } = data;
  let next = numbersAt / 4 + lane;
  const put = (number: number): void => {
    floats[next] = number;
    next += LANES;
  };
  for (let row = 0; row < rows; row++) {
    words[orderAt / 4 + LANES * row + lane] = row;
    for (let i = 0; i < features; i++) put(inputs[row * features + i]);
    for (let j = 0; j < outputs; j++) put(targets[row * outputs + j]);
  }
}
