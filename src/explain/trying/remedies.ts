import { type Cause, entryOf, isProven } from "../cause.js";
import { otherOutput } from "./remedies/answers.js";
import * as layers from "./remedies/layers.js";
import { repeatedRows, scaledRows } from "./remedies/rows.js";
import { anotherSeed, otherStarts, positiveBiases } from "./remedies/starts.js";
import * as steps from "./remedies/steps.js";
import * as structure from "./remedies/structure.js";
import type { Case, Remedy, RemedyMaker } from "./remedy.js";

/** What is tried for any run, in this order, unless its cause points elsewhere first. */
const USUAL: readonly RemedyMaker[] = [
  layers.biases,
  otherOutput,
  scaledRows,
  layers.smallerPenalty,
  anotherSeed,
  structure.oneMoreUnit,
  structure.leakyFromHere,
  steps.adam,
  steps.largerSteps,
  steps.longer,
  structure.otherUnits,
  structure.bendingUnits,
  structure.wider,
  structure.hiddenLayer,
  otherStarts,
  positiveBiases,
  steps.shuffled,
  repeatedRows,
  steps.longerFromHere,
  steps.smallerBatches,
  steps.smallerSteps,
  steps.lessMomentum,
];

/** What is tried of a run whose model has to be another, without dropout or with other units: besides that. */
const BESIDES: readonly RemedyMaker[] = [
  otherOutput,
  structure.wider,
  steps.adam,
  steps.largerSteps,
  steps.longer,
  structure.otherUnits,
  steps.smallerSteps,
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
    ? [withOtherUnits ? layers.knownUnits : layers.noDropout]
    : (entryOf(about.cause).tries ?? []);
  const others = isOther ? BESIDES.map(layers.besides) : USUAL;
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
