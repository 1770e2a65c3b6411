import { DEFAULT_SEED, optionsObject, seedNumber, wholeNumber, written } from "../check.js";
import { checkDataset } from "../data/dataset.js";
import { inputsOf } from "../data/rows.js";
import { flatOf } from "../engine/layerValues.js";
import type { Run } from "../train/run.js";
import { causeOf } from "./cause.js";
import { type Diagnosis, makeDiagnosis } from "./diagnosis.js";
import { type Ended, factsOf } from "./facts.js";
import type { KnownEnd } from "./remedies.js";
import { NOTHING_TRIED, tryAll } from "./trying.js";

export interface ExplainOptions {
  /**
   * How often each remedy is tried; 0 for the facts alone, which takes some milliseconds. Unless given, 100, or fewer
   * (at least 8) where so many would take longer than about a second.
   */
  readonly trials?: number;
  /** Seed of everything that is tried; 1 unless given. */
  readonly seed?: number;
}

/**
 * Why a run ended as it did: which inputs the network ties together and what that costs, which units are dead, whether
 * the gradient is zero, whether it would move on, and what would have freed it, each tried.
 *
 * Everything is computed from the run's final weights and its data; nothing is said that was not. The result prints as
 * text, shows itself as a cell's last expression, and holds all facts as fields.
 *
 * @param run      made by train()
 * @param options  `trials`: how often each remedy is tried (0: the facts alone); `seed`
 * @throws TypeError or RangeError that names the option
 * @example explain(await train(mlp({ hidden: 1 }), truthTable("xor"), { epochs: 1 }), { trials: 0 }).cause // "cannot-represent"
 */
export function explain(run: Run, options: ExplainOptions = {}): Diagnosis {
  const { trials, seed = DEFAULT_SEED } = optionsObject<ExplainOptions>("explain", options, [
    "trials",
    "seed",
  ]);
  if (trials !== undefined) wholeNumber("explain", "trials", trials, 0, 100_000);
  seedNumber("explain", seed);
  const ended = endOf(run);
  const facts = factsOf(ended);
  const cause = causeOf(ended, facts);
  const known = ended.network && ended.weights ? (ended as KnownEnd) : undefined;
  const trying = known && trials !== 0 ? tryAll(known, facts, cause, { trials, seed }) : NOTHING_TRIED;
  return makeDiagnosis(cause, ended, facts, trying, seed);
}

/** What explain() needs of a run. */
function endOf(run: Run): Ended {
  checkRun(run);
  const { settings, status, solved, divergedAt, firstPerfectEpoch, data, history, network } = run;
  const rowsOf = (inputs: Float32Array): number[][] =>
    Array.from({ length: inputs.length / data.features }, (_, row) =>
      Array.from(inputsOf({ ...data, inputs }, row)),
    );
  return {
    ...{ settings, status, solved, firstPerfectEpoch, data, network, losses: history.loss },
    ...(divergedAt ? { divergedAt } : {}),
    weights: network && flatOf(run.weights()),
    predict: (inputs) => run.predict(rowsOf(inputs)),
  };
}

function checkRun(value: unknown): void {
  const run = (value ?? {}) as Partial<Run>;
  const whole =
    typeof value === "object" &&
    typeof run.predict === "function" &&
    typeof run.weights === "function" &&
    typeof run.settings === "object" &&
    Array.isArray(run.history?.loss);
  if (!whole) throw new TypeError(`explain: run must be a run made by train(), got ${written(value)}`);
  checkDataset("explain", run.data);
}
