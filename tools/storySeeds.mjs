// How many seeds tell the question's story, and which of them tell it to the digit.
//
//   node tools/storySeeds.mjs [FIRST] [LAST]        (seeds 1 to 10000 unless given; after npm run setup)
//
// The rule is the notebooks': data xor({ seed }), weights mlp({ …, seed }), shuffles train(…, { seed }).
// Outline: two sigmoid units solve XOR, one to four ReLU units do not, five do.
// To the digit: sigmoid-2 perfect for the first time in epochs 78 to 82, the loss of relu-2 prints 0.3397, relu-5 perfect
// by epoch 8.
import { createRequire } from "node:module";

const load = createRequire(new URL("../dist/src/", import.meta.url));
const { fusedOutcomes } = load("./study/trials.js");
const { outcomeOf } = load("./study/outcomes.js");
const { studySettings } = load("./study/settings.js");
const { wilsonInterval } = load("./numbers/statistics.js");

const AT_ONCE = 64; // seeds

/** @typedef {{ status: string, finalLoss: number, firstPerfectEpoch: number | undefined }} Outcome */
/** @typedef {{ seed: number, runs: Record<string, Outcome> }} Story */

/**
 * The outcomes of one network for these seeds.
 * @param {string} activation
 * @param {number} hidden
 * @param {number[]} seeds
 * @returns {Outcome[]}
 */
function outcomes(activation, hidden, seeds) {
  const [setting] = studySettings({ activation, hidden });
  const work = fusedOutcomes(setting, seeds);
  let next = work.next();
  while (!next.done) next = work.next();
  const { value } = next;
  return seeds.map((_seed, i) => outcomeOf(value, i));
}

/**
 * Those of the seeds for which the story's parts hold, one after the other: most seeds fall out early.
 * @param {number[]} seeds
 * @returns {Story[]}
 */
function told(seeds) {
  /** @type {[string, number, boolean][]} */
  const parts = [
    ["sigmoid", 2, true],
    ["relu", 2, false],
    ["relu", 1, false],
    ["relu", 3, false],
    ["relu", 4, false],
    ["relu", 5, true],
  ];
  /** @type {Story[]} */
  let left = seeds.map((seed) => ({ seed, runs: {} }));
  for (const [activation, hidden, solved] of parts) {
    if (left.length === 0) break;
    const found = outcomes(
      activation,
      hidden,
      left.map(({ seed }) => seed),
    );
    left = left.filter((story, i) => {
      story.runs[`${activation}-${hidden}`] = found[i];
      return (found[i].status === "solved") === solved;
    });
  }
  return left;
}

/** @param {Story} story */
function toTheDigit({ runs }) {
  const { firstPerfectEpoch: sigmoid = 0 } = runs["sigmoid-2"];
  const { firstPerfectEpoch: five = Infinity } = runs["relu-5"];
  return sigmoid >= 78 && sigmoid <= 82 && runs["relu-2"].finalLoss.toFixed(4) === "0.3397" && five <= 8;
}

const [first = 1, last = 10_000] = process.argv.slice(2).map(Number);
/** @type {Story[]} */
const stories = [];
for (let from = first; from <= last; from += AT_ONCE) {
  const seeds = Array.from({ length: Math.min(AT_ONCE, last - from + 1) }, (_, i) => from + i);
  stories.push(...told(seeds));
}
const searched = last - first + 1;
const [low, high] = wilsonInterval(stories.length, searched).map((/** @type {number} */ part) =>
  (100 * part).toFixed(2),
);
const share = ((100 * stories.length) / searched).toFixed(2);
console.log(
  `seeds ${first} to ${last}: ${stories.length} of ${searched} tell the outline, ${share} % (95 %: ${low} to ${high} %)`,
);
console.log(
  `to the digit: ${
    stories
      .filter(toTheDigit)
      .map(({ seed }) => seed)
      .join(", ") || "none"
  }`,
);
