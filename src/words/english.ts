import type { Activation } from "../engine/functions.js";

/** How explain() writes numbers and names. */

const ACTIVATION_WORDS: Partial<Record<Activation, string>> = {
  relu: "ReLU",
  leakyRelu: "leaky ReLU",
  elu: "ELU",
};

/** An activation as one says it. */
export function activationWords(activation: Activation): string {
  return ACTIVATION_WORDS[activation] ?? activation;
}

/** A number with so many significant digits, without zeros at its end. */
export function numberText(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}

/** A loss: four decimals, as Keras prints it; two significant digits where that would be next to nothing. */
export function lossText(loss: number): string {
  return loss === 0 || (Math.abs(loss) >= 0.00095 && Math.abs(loss) < 1e4)
    ? loss.toFixed(4)
    : numberText(loss, 2);
}

/** "1 unit", "3 units". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** "the one unit", "both units", "all 3 units". */
export function allOf(count: number, noun: string): string {
  if (count === 1) return `the one ${noun}`;
  return `${count === 2 ? "both" : `all ${count}`} ${noun}s`;
}

/** A share as percents; next to nothing is said to be that. */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent === 0 || percent >= 0.001 ? numberText(percent, 2) : "less than 0.001"} %`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[]): string {
  return items.length < 2
    ? items.join("")
    : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** A row of inputs: "(0, 1)". */
export function rowText(inputs: ArrayLike<number>): string {
  return `(${Array.from(inputs, (value) => numberText(value, 4)).join(", ")})`;
}

/** A count with the interval of its share: "61 of 100 (51–70 %)". */
export function outcomeText(tried: {
  readonly solved: number;
  readonly trials: number;
  readonly interval: readonly [number, number];
}): string {
  const [low, high] = tried.interval.map((share) => Math.round(100 * share));
  return `${tried.solved} of ${tried.trials} (${low}–${high} %)`;
}

/** Text from outside in Markdown: a code span shows it letter by letter, without markup, equations or HTML. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.trim() === "" || /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A text that begins with a capital. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
