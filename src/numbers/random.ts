import { seedNumber } from "../check.js";
import { logarithm } from "./elementary.js";

/** A stream of random numbers. The same seed and stream name give the same numbers on every machine. */
export interface Random {
  /** 32 random bits, as a whole number from 0 to 2³² − 1. */
  bits(): number;
  /** Uniform in [0, 1), a multiple of 2⁻²⁴: exact in single precision too. */
  uniform(): number;
  /** A whole number from 0 to count − 1; its bias is below count / 2³². */
  below(count: number): number;
  /** Standard normal. */
  normal(): number;
}

/**
 * The only source of randomness.
 *
 * sfc32 (Chris Doty-Humphrey's "small fast counting" generator, which passes PractRand): a 128-bit state,
 * additions, shifts and xors of 32-bit words only.
 *
 * @param seed    a whole number from 0 to 2⁵³ − 1
 * @param stream  what the numbers are for ("weights", "shuffle", …); another name gives unrelated numbers
 * @throws RangeError if the seed is not such a number
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 * @example random(7, "weights").uniform() === random(7, "weights").uniform() // true
 */
export function random(seed: number, stream: string): Random {
  const state = generatorState(seed, stream);
  const bits = (): number => nextBits(state);
  const uniform = (): number => (bits() >>> 8) / 16777216;
  return { bits, uniform, below: (count) => upperHalf(bits(), count), normal: () => normal(uniform) };
}

/** The generator's state a, b, c and counter at the start of a stream. */
export function generatorState(seed: number, stream: string): Int32Array {
  seedNumber("random", seed);
  const name = hashText(stream);
  const a = mix((seed % 4294967296) ^ name);
  const b = mix(Math.floor(seed / 4294967296) + 0x9e3779b9);
  const state = Int32Array.of(a, b, mix(name + 0x7f4a7c15), 1);
  for (let round = 0; round < 15; round++) nextBits(state); // until every bit of the state depends on every bit of the seed
  return state;
}

/** One round of sfc32. */
function nextBits(state: Int32Array): number {
  const [a, b, c, counter] = state;
  const sum = (a + b + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[3] = counter + 1;
  return sum >>> 0;
}

/** The upper 32 bits of the 64-bit product of two 32-bit words: for random bits, a number below `count`. */
function upperHalf(bits: number, count: number): number {
  const lower = (bits & 0xffff) * count;
  return Math.floor(((bits >>> 16) * count + Math.floor(lower / 65536)) / 65536);
}

/** Marsaglia's polar method, with a logarithm of our own for the sake of equal bits. */
function normal(uniform: () => number): number {
  for (;;) {
    const u = 2 * uniform() - 1;
    const v = 2 * uniform() - 1;
    const square = u * u + v * v;
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * logarithm(square)) / square);
  }
}

/**
 * The seed of one trial: it follows from a seed, a text that says what is tried, and the trial's number.
 * Different trials of one setting always get different seeds.
 *
 * @returns a whole number from 0 to 2⁵³ − 1
 */
export function trialSeed(seed: number, setting: string, trial: number): number {
  const source = random(seed, setting);
  const first = (source.bits() & 0x1fffff) * 4294967296 + source.bits();
  const left = Number.MAX_SAFE_INTEGER - first; // after the largest seed comes 0; no sum may round
  return trial <= left ? first + trial : trial - left - 1;
}

/** Shuffles in place (Fisher and Yates): every order equally likely. */
export function shuffle(order: Uint32Array, source: Random): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = source.below(last + 1);
    const kept = order[last];
    order[last] = order[other];
    order[other] = kept;
  }
}

/** Spreads every bit of a 32-bit word over the whole word (the finalizer of MurmurHash3). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A 32-bit hash of a text (FNV-1a over its UTF-16 units, then mixed); negative for half of all texts. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}
