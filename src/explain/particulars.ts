import { inputsOf, rowKey, unlikeInputs } from "../data/rows.js";
import { counted, listed } from "../words/english.js";
import { inputsText } from "../words/names.js";
import { answerText, changeText, lossText, outcomeText, significant } from "../words/numbers.js";
import { type Cause, PROVEN } from "./cause.js";
import { rolesOf } from "./contributions.js";
import type { Ended, Facts } from "./facts.js";
import { floorLine, reachedText } from "./floorText.js";
import type { Jolt, TrainedOn, TriedRemedy, Trying } from "./trying.js";
import { rolesLine, unitsLine } from "./unitText.js";

const FEW_ROWS = 8;

/** What is said after the verdict, from the facts: answers, losses, units, gradient. */
export function factLines(cause: Cause, ended: Ended, facts: Facts): string[] {
  const lines = [answersLine(ended, facts), lossLine(cause, ended, facts), hiddenLine(ended, facts)];
  return [...lines, gradientLine(cause, facts), solvedLine(ended)].filter((line) => line !== undefined);
}

function answersLine({ solved }: Ended, { judged }: Facts): string | undefined {
  const { rows, answers, right } = judged;
  if (!answers.every(Number.isFinite)) return undefined;
  if (rows.rows > FEW_ROWS)
    return solved ? undefined : `${right} of ${rows.rows} rows are on the right side of ½.`;
  const places = Array.from(answers, (_, row) => row);
  const texts = unlikeInputs(rows, places).map((row) => {
    const same = places.filter((other) => rowKey(rows, other) === rowKey(rows, row));
    const wanted = listed(same.map((other) => significant(rows.targets[other])));
    return `${inputsText(inputsOf(rows, row))} ${answerText(answers[row])}, wanted ${wanted}`;
  });
  return `Its answers: ${texts.join("; ")}.`;
}

function lossLine(cause: Cause, ended: Ended, facts: Facts): string | undefined {
  if (cause === "diverged" || !Number.isFinite(facts.lossNow)) return undefined;
  return floorLine(ended, facts) ?? (ended.solved ? undefined : reachedText(ended, facts));
}

function hiddenLine({ solved, network, weights }: Ended, { inside, judged }: Facts): string | undefined {
  if (!inside || !network || !weights) return undefined;
  const roles = solved ? rolesLine(rolesOf(network, weights, judged.rows), judged.rows) : undefined;
  return roles ?? unitsLine(inside.units, judged.rows);
}

function gradientLine(cause: Cause, { inside, course }: Facts): string | undefined {
  if (!inside || cause === "solved" || cause === "diverged") return undefined;
  const { norm, rowNorm, ratio, size, layers } = inside.gradient;
  const zeroLayers = layers.flatMap(({ zero }, l) =>
    zero ? [l === layers.length - 1 ? "the output's weights" : `hidden layer ${l + 1}`] : [],
  );
  const exactly =
    zeroLayers.length > 0 && size !== "zero" ? `; exactly zero for ${zeroLayers.join(", ")}` : "";
  const scale = `length ${significant(norm, 2)}, ${changeText(ratio)} of what a single row pulls with, ${significant(rowNorm, 2)}`;
  const text =
    size === "zero"
      ? "The gradient over all data is exactly zero"
      : `The gradient over all data is ${size} (${scale})${exactly}`;
  return `${text}${courseText(course)}${curvatureText(inside.curvature, cause)}.`;
}

function courseText(course: Facts["course"]): string {
  if (!course) return "";
  const { fell, epochs } = course;
  const moved =
    fell === 0 ? "did not change" : `${fell > 0 ? "fell" : "rose"} by ${changeText(Math.abs(fell))}`;
  return `; within the last ${epochs} epochs the loss ${moved}`;
}

function curvatureText(
  curvature: { readonly least: number; readonly bendsDown: boolean } | undefined,
  cause: Cause,
): string {
  if (!curvature || (cause !== "saddle" && cause !== "minimum" && cause !== "tied")) return "";
  return curvature.bendsDown
    ? `; it bends down in one direction (second derivative ${significant(curvature.least, 2)})`
    : `; it bends down in no direction`;
}

function solvedLine({ solved, losses, firstPerfectEpoch }: Ended): string | undefined {
  if (!solved || losses.length === 0) return undefined;
  const loss = `The last epoch's mean loss is ${lossText(losses[losses.length - 1])}`;
  return firstPerfectEpoch === undefined
    ? `${loss}; no epoch was without an error from its first row to its last.`
    : `${loss}. Epoch ${firstPerfectEpoch} of ${losses.length} was the first without an error.`;
}

/** What is said of what was tried. */
export function tryingLines(trying: Trying): { readonly text: string; readonly inner: boolean }[] {
  if (trying.tooLong !== undefined)
    return [
      {
        text: `Nothing was tried, since it would take about ${counted(Math.round(trying.tooLong), "second")}: ask for it with explain(run, { trials: 8 }).`,
        inner: false,
      },
    ];
  const on = trying.trainedOn ? [{ text: trainedOnText(trying.trainedOn, trying.jolts), inner: false }] : [];
  return [...on, ...remedyLines(trying.remedies)];
}

/** What follows the verdict: whether training on freed it. */
export function movesText(cause: Cause, { trainedOn }: Trying, epochs: number): string {
  if (!trainedOn || ["solved", "diverged", "stopped"].includes(cause) || PROVEN.has(cause)) return "";
  const { solved, trials } = trainedOn;
  const longer = `with ${significant(trainedOn.epochs / epochs)} times as many epochs`;
  if (solved === 0)
    return MOVING.has(cause)
      ? ` Yet training on ${longer} did not solve it.`
      : ` Training on ${longer} did not free it.`;
  if (solved === trials)
    return ` It only needed time: ${longer} it got there in ${trials > 1 ? `all ${trials} tries` : "the one way it can go"}.`;
  return ` Training on ${longer} freed it in ${solved} of ${trials} tries.`;
}

/** Causes that say the loss still falls. */
const MOVING: ReadonlySet<Cause> = new Set(["still-learning", "plateau"]);

function trainedOnText(on: TrainedOn, jolts: readonly Jolt[]): string {
  const how = on.alwaysTheSame
    ? `Trained on for ${counted(on.epochs, "epoch")}, which without shuffles can only go one way, it was ${on.solved ? "" : "not "}solved`
    : `Trained on from here (a fresh optimizer, other shuffles) for ${counted(on.epochs, "epoch")}: solved in ${outcomeText(on)}`;
  const when =
    on.medianEpoch === undefined
      ? ""
      : `, ${on.solved > 1 ? "typically " : ""}by epoch ${Math.ceil(on.medianEpoch)}`;
  return `${how}${when}.${pushedText(jolts)}`;
}

function pushedText(jolts: readonly Jolt[]): string {
  if (jolts.length === 0) return "";
  const sizes = listed(jolts.map((jolt) => significant(jolt.size)));
  const counts = listed(jolts.map((jolt) => String(jolt.solved)));
  return ` After a random push of all weights (normal, of size ${sizes}): in ${counts} of ${jolts[0].trials}.`;
}

const MOST_SHOWN = 4;

function remedyLines(remedies: readonly TriedRemedy[]): { text: string; inner: boolean }[] {
  if (remedies.length === 0) return [];
  const helped = remedies.filter((remedy) => remedy.solved > 0);
  const shown = helped.slice(0, MOST_SHOWN);
  const rest = helped.slice(MOST_SHOWN);
  const never = remedies.filter((remedy) => remedy.solved === 0);
  const epochs = counted(remedies[0].epochs, "epoch");
  const head =
    shown.length === 0
      ? `Nothing that was tried solved it within ${epochs} (95 % interval of the best up to ${Math.round(100 * never[0].interval[1])} %).`
      : `What would have helped, each tried for ${epochs} (solved, 95 % interval):`;
  const end = [
    rest.length > 0
      ? `less: ${rest.map((one) => `${one.name}: ${one.solved} of ${one.trials}`).join("; ")}`
      : "",
    neverText(never, "this state"),
    neverText(never, "new weights"),
  ].filter((text) => text !== "");
  return [
    { text: head, inner: false },
    ...shown.map((one) => ({ text: `${one.name}: solved in ${outcomeText(one)}`, inner: true })),
    ...end.map((text) => ({ text, inner: true })),
  ];
}

/** What never helped, in short: where it started is said once. */
function neverText(never: readonly TriedRemedy[], from: TriedRemedy["from"]): string {
  const names = never
    .filter((remedy) => remedy.from === from)
    .map(({ name }) => name.replace(/ from here on|, new weights|, put into this very network/, ""));
  return names.length === 0 ? "" : `never, from ${from}: ${names.join("; ")}`;
}
