import { type Cause, entryOf, isProven } from "../cause.js";
import { otherOutput } from "./remedies/answers.js";
import { besides, biases, knownUnits, noDropout, smallerPenalty } from "./remedies/layers.js";
import { repeatedRows, scaledRows } from "./remedies/rows.js";
import { anotherSeed, otherStarts, positiveBiases } from "./remedies/starts.js";
import {
  adam,
  largerSteps,
  lessMomentum,
  longer,
  longerFromHere,
  shuffled,
  smallerBatches,
  smallerSteps,
} from "./remedies/steps.js";
import {
  bendingUnits,
  hiddenLayer,
  leakyFromHere,
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
  bendingUnits,
  wider,
  hiddenLayer,
  otherStarts,
  positiveBiases,
  shuffled,
  repeatedRows,
  longerFromHere,
  smallerBatches,
  smallerSteps,
  lessMomentum,
];

/** What is tried of a run whose model has to be another, without dropout or with other units: besides that. */
const BESIDES: readonly RemedyMaker[] = [
  otherOutput,
  wider,
  adam,
  largerSteps,
  longer,
  otherUnits,
  smallerSteps,
];

/** A case and its cause, by which remedies are chosen. */
export interface Explained extends Case {
  readonly cause: Cause;
}

/** What is tried for a run, what its cause points to first. */
export function remediesFor(about: Explained): { readonly remedy: Remedy; readonly pointedTo: boolean }[] {
  const { dropout, withOtherUnits } = about.ended;
  const isOther = dropout !== undefined || withOtherUnits !== undefined;
  const first: readonly RemedyMaker[] = isOther
    ? [withOtherUnits ? knownUnits : noDropout]
    : (entryOf(about.cause).tries ?? []);
  const others = isOther ? BESIDES.map(besides) : USUAL;
  const makers = [...first, ...others.filter((make) => !first.includes(make))];
  const all = makers.flatMap((make, place) =>
    make(about).map((remedy) => ({ remedy, pointedTo: place < first.length })),
  );
  const sensible = all.filter(({ remedy }) => canHelp(remedy, about));
  const keys = sensible.map(({ remedy }) => keyOf(remedy));
  return sensible.filter((_, i) => keys.indexOf(keys[i]) === i);
}

/** From weights that are no numbers nothing goes on; and where it is proved, no training on as things are helps. */
function canHelp(remedy: Remedy, { ended, facts, cause }: Explained): boolean {
  if (remedy.from === "new weights") return true;
  return ended.ending !== "diverged" && !(isProven(cause, ended, facts) && remedy.network === ended.network);
}

/** The same for remedies that come to the same, whatever they are called. */
function keyOf({ from, network, settings, start, changes }: Remedy): string {
  return JSON.stringify([from, network, settings, start, changes.data ? changes.change : ""]);
}
