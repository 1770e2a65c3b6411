import { STUDY_LANES } from "../engine/fused.js";
import { parameterCount } from "../engine/network.js";
import { trialSeed } from "../numbers/random.js";
import { makeOutcomes, type Outcomes } from "./outcomes.js";
import type { StudySetting } from "./settings.js";

/** A study as it is worked off. The outcomes are filled in as trials end. */
export interface StudyPlan {
  readonly settings: readonly StudySetting[];
  /** One for each setting. */
  readonly outcomes: readonly Outcomes[];
  readonly trials: number;
  readonly seed: number;
  readonly engine: "fused" | "tfjs";
}

export function makePlan(
  settings: readonly StudySetting[],
  controls: { trials: number; seed: number; engine: "fused" | "tfjs" },
): StudyPlan {
  const { trials, seed, engine } = controls;
  return { settings, outcomes: settings.map(() => makeOutcomes(trials)), trials, seed, engine };
}

/** Some trials of one setting: what is worked off at a time. */
export interface Chunk {
  readonly row: number;
  readonly first: number;
  readonly count: number;
}

/** The seed of trial t of a row. */
export function seedOf(plan: StudyPlan, row: number, t: number): number {
  return trialSeed(plan.seed, plan.settings[row].text, t);
}

/** The seeds of a chunk's trials. */
export function chunkSeeds(plan: StudyPlan, { row, first, count }: Chunk): number[] {
  return Array.from({ length: count }, (_, i) => seedOf(plan, row, first + i));
}

const CHUNK_MILLISECONDS = 60;

/**
 * All trials in chunks of about a twentieth of a second. The settings take turns, so that all of them have got about as
 * far when a study is stopped.
 */
export function chunksOf(plan: StudyPlan): Chunk[] {
  const chunks = plan.settings.flatMap((setting, row) => {
    const fitting =
      Math.floor(CHUNK_MILLISECONDS / estimatedMilliseconds(setting) / STUDY_LANES) * STUDY_LANES;
    const size = Math.min(1024, Math.max(STUDY_LANES, fitting));
    const starts = Array.from({ length: Math.ceil(plan.trials / size) }, (_, i) => i * size);
    return starts.map((first) => ({ row, first, count: Math.min(size, plan.trials - first) }));
  });
  return chunks.sort((a, b) => a.first - b.first || a.row - b.row);
}

/** What a trial takes in the fused engine, roughly: it only decides how the work is cut and shared out. */
export function estimatedMilliseconds({ given, network, training }: StudySetting): number {
  return given.rows * training.epochs * (4e-6 + 0.5e-6 * parameterCount(network.network));
}
