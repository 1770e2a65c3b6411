// What explain() finds for many trainings that did not solve their data, over thirty kinds of task.
//
//   node tools/causeCounts.mjs [UNSOLVED] [LONGER]     (10000 unsolved trainings; after npm test, which builds the tests)
//
// For each kind: how many were solved, and the causes of the others. With LONGER, each is trained on for so many times as many
// epochs, and behind each cause stands how many that solved: none of the proven ones may be.
import { createRequire } from "node:module";

const load = createRequire(new URL("../dist/", import.meta.url));
const { KINDS, trainingsOf } = load("./test/support/kinds.js");
const { endedTogether } = load("./test/support/endings.js");
const { factsOf } = load("./src/explain/facts/facts.js");
const { causeOf, isProven } = load("./src/explain/cause.js");

const [unsolved = 10_000, longer = 0] = process.argv.slice(2).map(Number);
const names = Object.keys(KINDS);
const wanted = Math.ceil(unsolved / names.length);

/** @typedef {{ count: number, later: number }} Found */
/** @type {Map<string, Found>} */
const all = new Map();

/**
 * Counts one more of a cause.
 * @param {Map<string, Found>} found
 * @param {string} cause
 * @param {boolean} later  whether training on solved it
 */
function add(found, cause, later) {
  const { count, later: before } = found.get(cause) ?? { count: 0, later: 0 };
  found.set(cause, { count: count + 1, later: before + (later ? 1 : 0) });
}

/** @param {Map<string, Found>} found */
function written(found) {
  const sorted = [...found].sort(([, a], [, b]) => b.count - a.count);
  return sorted
    .map(([cause, { count, later }]) => `${cause} ${count}${longer ? ` (${later})` : ""}`)
    .join(", ");
}

for (const name of names) {
  /** @type {Map<string, Found>} */
  const found = new Map();
  let [solved, others] = [0, 0];
  for (const group of trainingsOf(name)) {
    for (const ended of group) {
      if (ended.ending === "solved") solved += 1;
      if (ended.ending !== "unsolved") continue;
      others += 1;
      const facts = factsOf(ended);
      const cause = causeOf(ended, facts);
      const later = longer > 0 && solvedLater(ended);
      if (later && isProven(cause, ended, facts))
        console.log(`Not true: ${name}, ${cause}, yet training on solved it`);
      add(found, cause, later);
      add(all, cause, later);
    }
    if (others >= wanted) break;
  }
  console.log(`${name}: ${solved} solved, ${others} not: ${written(found)}`);
}
console.log(`All: ${written(all)}`);

/** @param {{ network: object, settings: { epochs: number }, data: object, weights: Float32Array }} ended */
function solvedLater({ network, settings, data, weights }) {
  const epochs = longer * settings.epochs;
  const [later] = endedTogether(network, { ...settings, epochs }, [{ data, weights, seed: 5 }]);
  return later.ending === "solved";
}
