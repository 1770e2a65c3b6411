/** How numbers are written for readers: the only place that decides digits. */

/** A number with so many significant digits, without zeros at its end: "0.3", "−1", "4.37e+19". */
export function significant(value: number, digits = 3): string {
  const shown = rounded(value, digits);
  return withMinus(Math.abs(shown) >= HUGE && Number.isFinite(shown) ? shown.toExponential() : String(shown));
}

/**
 * A number of the data: whole ones are written in full, of others at least one decimal, or so many significant digits.
 *
 * @example [1985, 1985.25, 0.123456].map((value) => givenText(value)).join(" ") // "1985 1985.3 0.123"
 */
export function givenText(value: number, digits = 3): string {
  if (Number.isInteger(value) && Math.abs(value) < HUGE) return withMinus(String(value + 0));
  const whole = Math.floor(Math.log10(Math.abs(value))) + 1;
  return significant(
    value,
    value !== 0 && Math.abs(value) < HUGE ? Math.max(digits, Math.min(whole + 1, SURE_DIGITS)) : digits,
  );
}

const SURE_DIGITS = 7; // of a number in single precision

/** The mean of numbers with such a deviation: three significant digits, and as many more as that has. */
export function meanText(mean: number, deviation: number): string {
  const more = Math.floor(Math.log10(Math.abs(mean))) - Math.floor(Math.log10(deviation));
  return significant(mean, Math.min(MOST_DIGITS, 3 + (more > 0 ? more : 0)));
}

/**
 * Two different numbers of the data with so many significant digits, three at least, that their difference reads as it is, within
 * a tenth.
 *
 * @example differentTexts(1000, 1001).join(" to ") // "1000 to 1001"
 * @example differentTexts(0.9999, 1.0001).join(" to ") // "0.9999 to 1.0001"
 */
export function differentTexts(one: number, other: number): readonly [one: string, other: string] {
  for (let digits = 3; ; digits++) {
    const texts = [givenText(one, digits), givenText(other, digits)] as const;
    const [from, to] = texts.map((text) => Number(text.replace("−", "-")));
    const off = Math.abs(from - to - (one - other));
    if (off <= Math.abs(one - other) / 10 || digits === MOST_DIGITS) return texts;
  }
}

const MOST_DIGITS = 9; // of a number in single precision

/** A number's text with a minus sign in place of the hyphen at its start. */
function withMinus(text: string): string {
  return text.replace(/^-/, "−");
}

const HUGE = 1e9; // longer numbers are counted by their zeros

/** The number with so many significant digits: what a figure's JSON keeps, more than a screen shows. */
export function rounded(value: number, digits = 6): number {
  return Number(value.toPrecision(digits));
}

/** A number with at most so many decimals: "0.25". */
export function withDecimals(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)) + 0);
}

/** A loss: four decimals, as Keras prints it; two significant digits where that would be next to nothing. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return "no number";
  const size = Math.abs(loss);
  return size === 0 || (size >= 0.00095 && size < 1e4) ? loss.toFixed(4) : significant(loss, 2);
}

/**
 * A share as per cent, never rounded to none or all: "under 1 %", "97 %", "over 99 %"; "–" where there is none.
 *
 * @example percentText(0.998) // "over 99 %"
 */
export function percentText(share: number, decimals = 0): string {
  return Number.isNaN(share) ? "–" : `${percentNumber(share, decimals, WORDS)} %`;
}

/** The same in few letters: "< 1 %", "97 %". */
export function shortPercentText(share: number): string {
  return `${percentNumber(share, 0, SIGNS)} %`;
}

/** From one share to another: "19–69 %", "0 to over 99 %"; one number where both read the same. */
export function percentsText(from: number, to: number, decimals = 0): string {
  const [start, end] = [from, to].map((share) => percentNumber(share, decimals, WORDS));
  if (start === end) return `${end} %`;
  return [start, end].some((text) => text.includes(" ")) ? `${start} to ${end} %` : `${start}–${end} %`;
}

const WORDS = { under: "under", over: "over" };
const SIGNS = { under: "<", over: ">" };

function percentNumber(share: number, decimals: number, bound: typeof WORDS): string {
  const least = 10 ** -decimals;
  const shown = Number((100 * share).toFixed(decimals));
  if (share > 0 && shown === 0) return `${bound.under} ${least}`;
  if (share < 1 && shown === 100) return `${bound.over} ${(100 - least).toFixed(decimals)}`;
  return shown.toFixed(decimals);
}

/**
 * An interval of shares as per cent: "16–21 %"; one number where both ends read the same.
 *
 * @example intervalText([0.157, 0.207]) // "16–21 %"
 */
export function intervalText([low, high]: readonly [low: number, high: number], decimals = 0): string {
  const [from, to] = [low, high].map((share) => (100 * share).toFixed(decimals));
  return from === to ? `${from} %` : `${from}–${to} %`;
}

/** The largest number in single precision: what trials keep of a loss that is larger. */
export const LARGEST_KEPT = (2 - 2 ** -23) * 2 ** 127;

/** Where some losses lie, in two digits: "0.21–0.62"; one number where both ends read the same. */
export function lossRangeText(low: number, high: number): string {
  if (high >= LARGEST_KEPT) return `${significant(low, 2)} or more`;
  const [from, to] = [low, high].map((loss) => significant(loss, 2));
  return from === to ? from : `${from}–${to}`;
}

/** A count with the interval of its share: "61 of 100 (51–70 %)". */
export function outcomeText(tried: {
  readonly solved: number;
  readonly trials: number;
  readonly interval: readonly [number, number];
}): string {
  return `${tried.solved} of ${tried.trials} (${intervalText(tried.interval)})`;
}

/** By which share something changed, in two digits: "2.3 %"; next to nothing is said to be that. */
export function changeText(share: number): string {
  const percent = 100 * share;
  return `${percent === 0 || percent >= 0.001 ? significant(percent, 2) : "less than 0.001"} %`;
}

/** Keras's accuracy: "0.771"; never rounded up to 1. */
export function accuracyText(share: number): string {
  return share === 1 ? "1.0" : Math.min(share, 0.999).toFixed(3);
}

/** The share of a variance that is explained: three decimals, rounded down so that it never seems to reach what it does not. */
export function r2Text(share: number): string {
  if (!Number.isFinite(share)) return "no number";
  if (Math.abs(share) >= 100) return significant(share, 3);
  const decimals = share === 1 ? 1 : share > 0.999 ? 4 : 3;
  const unit = 10 ** decimals;
  const shown = Math.floor(Math.min(share, share < 1 ? 0.9999 : 1) * unit + 1e-9) / unit;
  return withMinus(shown.toFixed(decimals));
}

/** A network's answer: three decimals, or as many as show on which side of the threshold it lies; a huge one in short. */
export function answerText(answer: number, threshold = 0.5): string {
  if (!Number.isFinite(answer)) return "no number";
  if (Math.abs(answer) >= 1e4) return givenText(answer);
  const [text, longer] = [answer.toFixed(3), rounded(answer, 6)];
  const hidden = Number(text) === Number(threshold.toFixed(3)) && longer !== threshold;
  return withMinus(hidden ? String(longer) : Number(text) === 0 ? text.replace("-", "") : text);
}

/** A target that stands for a class, or what divides two of them: "½", "−1". */
export function levelText(threshold: number): string {
  return threshold === 0.5 ? "½" : givenText(threshold);
}

/** A weight: "−1.27"; two decimals, or as many as show that it is not 0. */
export function weightText(value: number): string {
  const size = Math.abs(value);
  const text = size >= 0.005 && size < 100 ? value.toFixed(2) : significant(value, size < 0.005 ? 1 : 3);
  return text.replaceAll("-", "−");
}

/** The power of ten that a small number lies below: "0.001" for 0.0004. */
export function boundText(value: number): string {
  return value === 0 ? "1e-9" : String(Number(`1e${Math.floor(Math.log10(value)) + 1}`));
}

/** A duration that was measured: "12 ms", "8.1 s". */
export function measuredText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The size of a file: "450 kB", "5.0 MB". */
export function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** How much is done a second: "8.1", "312". */
export function paceText(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : String(Math.round(perSecond));
}

/** A duration as people say it: "8 s", "1 min 5 s". */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The time that is left, judged by what has passed; empty while there is too little to judge by. */
export function timeLeftText(millisecondsPassed: number, fraction: number): string {
  if (millisecondsPassed < 500 || fraction < 0.01) return "";
  return `${durationText((millisecondsPassed / 1000) * (1 / fraction - 1))} left`;
}
