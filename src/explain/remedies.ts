import { type Cause, PROVEN } from "./cause.js";
import { hiddenLayer, leakyFromHere, oneMoreUnit, otherUnits, wider } from "./remedies/structure.js";
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
import type { Case, Remedy, RemedyMaker } from "./remedy.js";

/** What is tried for any run, in this order, unless its cause points elsewhere first. */
const USUAL: readonly RemedyMaker[] = [
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
  longerFromHere,
  smallerBatches,
  smallerSteps,
];

const TIME: readonly RemedyMaker[] = [longer, largerSteps, adam, longerFromHere];
const SMALLER: readonly RemedyMaker[] = [smallerSteps, adam];
const OFF: readonly RemedyMaker[] = [oneMoreUnit, leakyFromHere, otherUnits, anotherSeed, wider];

/** What a cause points to: tried first, and given most of the time. */
const POINTED_TO: Partial<Record<Cause, readonly RemedyMaker[]>> = {
  diverged: SMALLER,
  stopped: TIME,
  "cannot-represent": [hiddenLayer, wider, oneMoreUnit],
  "dead-units": OFF,
  "identical-units": [otherStarts],
  "too-large-steps": SMALLER,
  "input-scale": SMALLER,
  "target-scale": TIME,
  "no-slope": [otherStarts, smallerSteps],
  "dead-inputs": OFF,
  "small-start": [otherStarts],
  "still-learning": TIME,
  "too-little-training": TIME,
  "overlapping-classes": [wider, longer],
  plateau: TIME,
  unfinished: TIME,
  noise: SMALLER,
};

/** What is tried for a run, what its cause points to first. */
export function remediesFor(about: Case): { readonly remedy: Remedy; readonly pointedTo: boolean }[] {
  const first = POINTED_TO[about.cause] ?? [];
  const makers = [...first, ...USUAL.filter((make) => !first.includes(make))];
  const all = makers.flatMap((make, place) =>
    make(about).map((remedy) => ({ remedy, pointedTo: place < first.length })),
  );
  const sensible = all.filter(({ remedy }) => canHelp(remedy, about));
  const keys = sensible.map(({ remedy }) => keyOf(remedy, about));
  return sensible.filter((_, i) => keys.indexOf(keys[i]) === i);
}

/** From weights that are no numbers nothing goes on; and where it is proved, no training on as things are helps. */
function canHelp(remedy: Remedy, { ended, cause }: Case): boolean {
  if (remedy.from === "new weights") return true;
  return ended.ending !== "diverged" && !(PROVEN.has(cause) && remedy.network === ended.network);
}

/** The same for remedies that come to the same, whatever they are called. */
function keyOf({ from, network, settings, start, data, change }: Remedy, { ended }: Case): string {
  return JSON.stringify([from, network, settings, start, data === ended.data || change]);
}
