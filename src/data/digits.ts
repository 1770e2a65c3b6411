import { optionsObject, wholeNumber } from "../check.js";
import { type Dataset, makeDataset } from "./dataset.js";
import { digitsText } from "./digitsSource.js";
import { labelled } from "./labels.js";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#%&()*+-";
const LENGTH = 45; // characters a digit
const SIDE = 8;
const PIXELS = SIDE * SIDE;
const INK = 16; // of a black pixel
const ALL = 1797;
const CLASSES = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Handwritten digits in 8 × 8 pixels, 1797 of 13 writers: the test set of UCI's "Optical Recognition of Handwritten Digits", which is
 * scikit-learn's `load_digits`. Each input is how much ink a pixel has, from 0 to 1 in sixteenths, line after line.
 *
 * @param options.rows  how many, the first ones; 1797 unless given
 * @throws TypeError or RangeError for rows out of range
 * @see Alpaydin and Kaynak 1998, https://doi.org/10.24432/C50P49 (CC BY 4.0)
 * @example digits({ rows: 100 }).features // 64
 */
export function digits(options: { readonly rows?: number } = {}): Dataset {
  const { rows = ALL } = optionsObject<{ rows?: number }>("digits", options, ["rows"]);
  wholeNumber("digits", "rows", rows, 1, ALL);
  const text = digitsText().replaceAll("\n", "");
  const inputs = new Float32Array(rows * PIXELS);
  for (let row = 0; row < rows; row++)
    inputs.set(pixelsOf(text.slice(row * LENGTH + 1, (row + 1) * LENGTH)), row * PIXELS);
  const labels = Array.from({ length: rows }, (_, row) => text[row * LENGTH]);
  const featureNames = Array.from({ length: PIXELS }, (_, i) => `pixel ${Math.floor(i / SIDE)},${i % SIDE}`);
  return makeDataset({
    ...{ name: "digits", features: PIXELS, inputs, featureNames, targetNames: ["digit"] },
    ...labelled("digits", labels, CLASSES, String),
  });
}

/** The pixels of one digit. */
function pixelsOf(text: string): number[] {
  const pixels: number[] = [];
  for (let i = 0; i < text.length; i += 2) {
    const three = ALPHABET.indexOf(text[i]) * ALPHABET.length + ALPHABET.indexOf(text[i + 1]);
    pixels.push(Math.floor(three / 289), Math.floor(three / 17) % 17, three % 17);
  }
  return pixels.slice(0, PIXELS).map((ink) => ink / INK);
}
