import { type Cause, isProven } from "./cause.js";
import { otherOutput } from "./remedies/answers.js";
import { biases, noDropout, penalty, smallerPenalty } from "./remedies/layers.js";
import { repeatedRows, scaledRows } from "./remedies/rows.js";
import { anotherSeed, otherStarts, positiveBiases } from "./remedies/starts.js";
import {
  adam,
  largerSteps,
  longer,
  longerFromHere,
  shuffled,
  smallerBatches,
  smallerSteps,
} from "./remedies/steps.js";
import {
  hiddenLayer,
  leakyFromHere,
  narrower,
  oneMoreUnit,
  otherUnits,
  wider,
} from "./remedies/structure.js";
import type { Case, Remedy, RemedyMaker } from "./remedy.js";

/** What is tried for any run, in this order, unless its cause points elsewhere first. */
const USUAL: readonly RemedyMaker[] = [
  biases,
  otherOutput,
  scaledRows,
  smallerPenalty,
  anotherSeed,
  oneMoreUnit,
  leakyFromHere,
  adam,
  largerSteps,
  longer,
  otherUnits,
  wider,
  hiddenLayer,
  otherStarts,
  positiveBiases,
  shuffled,
  repeatedRows,
  longerFromHere,
  smallerBatches,
  smallerSteps,
];

const TIME: readonly RemedyMaker[] = [longer, largerSteps, adam, longerFromHere];
const SMALLER_STEPS: readonly RemedyMaker[] = [smallerSteps, scaledRows, adam];
const OTHER_UNITS: readonly RemedyMaker[] = [oneMoreUnit, leakyFromHere, otherUnits, anotherSeed, wider];

/** What a cause points to: tried first, and given most of the time. */
const POINTED_TO: Partial<Record<Cause, readonly RemedyMaker[]>> = {
  diverged: SMALLER_STEPS,
  stopped: TIME,
  "constant-loss": [otherOutput],
  "output-range": [otherOutput, scaledRows],
  "no-bias": [biases],
  "cannot-represent": [hiddenLayer, wider, oneMoreUnit],
  "dead-units": OTHER_UNITS,
  "dead-output": [otherOutput],
  "identical-units": [otherStarts],
  "wrong-loss": [otherOutput],
  "input-scale": [scaledRows, smallerSteps, adam],
  "target-scale": [scaledRows, largerSteps, longer, adam],
  "too-large-steps": SMALLER_STEPS,
  "no-slope": [otherOutput, scaledRows, otherStarts, smallerSteps],
  "dead-inputs": OTHER_UNITS,
  "vanishing-gradient": [otherUnits, otherStarts, adam, largerSteps],
  "small-start": [otherStarts, longer],
  "still-learning": TIME,
  "too-little-training": TIME,
  regularized: [smallerPenalty],
  overfitting: [penalty, narrower],
  imbalance: [repeatedRows, wider, longer],
  "overlapping-classes": [wider, longer],
  plateau: TIME,
  unfinished: TIME,
  noise: SMALLER_STEPS,
};

/** Whether a cause points to more, or larger, steps. */
export function needsTime(cause: Cause): boolean {
  return POINTED_TO[cause] === TIME;
}

/** What is tried for a run, what its cause points to first. */
export function remediesFor(about: Case): { readonly remedy: Remedy; readonly pointedTo: boolean }[] {
  const first = about.ended.dropout ? [noDropout] : (POINTED_TO[about.cause] ?? []);
  const others = about.ended.dropout ? [] : USUAL; // what is tried is trained without dropout
  const makers = [...first, ...others.filter((make) => !first.includes(make))];
  const all = makers.flatMap((make, place) =>
    make(about).map((remedy) => ({ remedy, pointedTo: place < first.length })),
  );
  const sensible = all.filter(({ remedy }) => canHelp(remedy, about));
  const keys = sensible.map(({ remedy }) => keyOf(remedy));
  return sensible.filter((_, i) => keys.indexOf(keys[i]) === i);
}

/** From weights that are no numbers nothing goes on; and where it is proved, no training on as things are helps. */
function canHelp(remedy: Remedy, { ended, facts, cause }: Case): boolean {
  if (remedy.from === "new weights") return true;
  return ended.ending !== "diverged" && !(isProven(cause, ended, facts) && remedy.network === ended.network);
}

/** The same for remedies that come to the same, whatever they are called. */
function keyOf({ from, network, settings, start, changes }: Remedy): string {
  return JSON.stringify([from, network, settings, start, changes.data ? changes.change : ""]);
}
