import { type Diagnosis, type ExplainOptions, explain as explainRun } from "../explain/explain.js";
import { displayed } from "../show/display.js";
import type { Run } from "../train/run.js";

/**
 * Why a run ended as it did: which inputs the network ties together and what that costs, which units are dead, whether
 * the gradient is zero, whether it would move on, and what would have freed it, each tried.
 *
 * Everything is computed from the run's final weights and its data. The result prints as text, shows itself as a cell's
 * last expression, and holds all facts as fields.
 *
 * @param run      made by train()
 * @param options  `trials`: how often each remedy is tried (0: the facts alone); `seed`
 * @throws TypeError or RangeError that names the option
 * @example explain(await train(mlp({ hidden: 1 }), truthTable("xor"), { epochs: 1 }), { trials: 0 }).cause // "cannot-represent"
 */
export function explain(run: Run, options: ExplainOptions = {}): Diagnosis {
  const diagnosis = explainRun(run, options);
  return displayed(diagnosis, () => ({
    "text/plain": String(diagnosis),
    "text/markdown": diagnosis.markdown,
  }));
}
