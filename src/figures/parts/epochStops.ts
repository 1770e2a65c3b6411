import { optionsObject, wholeNumber } from "../../check.js";
import type { Run } from "../../train/run.js";

/** A moment of the training that a figure shows. */
export interface EpochStop {
  /** After this epoch, 0 for the initial weights; undefined for what a stopped run left within an epoch. */
  readonly epoch: number | undefined;
  /** In a few letters, for the slider: "79". */
  readonly label: string;
  /** As part of a sentence: "epoch 79". */
  readonly name: string;
}

/** The moments to show, first to last, and which of them is shown first. */
export interface EpochStops {
  readonly stops: readonly EpochStop[];
  readonly active: number;
}

/** What every figure with a slider can be asked. */
export interface EpochOptions {
  /** Only the network after this epoch, without a slider; 0 is before training. */
  readonly epoch?: number;
}

const MOST = 25; // frames: as many as fit into a notebook's file and a slider's length
const EXTRA = 1; // the first perfect epoch
const STEPS = [1, 2, 3, 5];

/** The checked option `epoch` of a figure that has no other. */
export function epochOption(where: string, run: Run, options: unknown): number | undefined {
  return checkedEpoch(where, run, optionsObject<EpochOptions>(where, options, ["epoch"]).epoch);
}

/** An epoch of which the run still knows the weights. */
export function checkedEpoch(where: string, run: Run, epoch: number | undefined): number | undefined {
  if (epoch === undefined) return undefined;
  const last = run.history.loss.length;
  wholeNumber(where, "epoch", epoch, 0, last);
  const near = nearestKept(run, epoch);
  if (near !== epoch)
    throw new RangeError(
      `${where}: of this run the weights after epoch ${epoch} were not kept; the nearest epoch is ${near}`,
    );
  return epoch;
}

/** Every fifth, tenth, … epoch of the run, the first perfect one, and the end; or the one that is asked for alone. */
export function epochStops(run: Run, epoch?: number): EpochStops {
  if (epoch !== undefined) return { stops: [stopAt(epoch)], active: 0 };
  const last = run.history.loss.length;
  const end = endOf(run, last);
  const step = roundStep(last);
  const wanted = run.firstPerfectEpoch === undefined ? [] : [run.firstPerfectEpoch];
  const round = Array.from({ length: Math.floor(last / step) + 1 }, (_, i) => i * step);
  const near = run.network ? [...round, ...wanted, last].map((one) => nearestKept(run, one)) : [];
  const kept = [...new Set(near)].sort((a, b) => a - b).filter((one) => finiteAt(run, one));
  const stops = [...kept.filter((one) => end === undefined || one !== end.epoch).map(stopAt), end];
  const all = stops.filter((stop) => stop !== undefined);
  return { stops: all, active: all.length - 1 };
}

/** The nearest epoch whose weights the run has kept; long runs keep only some. */
export function nearestKept(run: Run, epoch: number): number {
  const last = run.history.loss.length;
  for (let away = 0; away <= last; away++)
    for (const one of [epoch - away, epoch + away]) if (one >= 0 && one <= last && kept(run, one)) return one;
  return 0;
}

/** Whether the run has kept the weights after this epoch. */
export function kept(run: Run, epoch: number): boolean {
  try {
    run.weights(epoch);
    return true;
  } catch {
    return !run.network && epoch === run.history.loss.length; // such models know only their end
  }
}

function stopAt(epoch: number): EpochStop {
  return { epoch, label: String(epoch), name: epoch === 0 ? "before training" : `epoch ${epoch}` };
}

/** The final weights: those after the last epoch, or what a stopped run left within one; none if they are no numbers. */
function endOf(run: Run, last: number): EpochStop | undefined {
  if (!run.network) return { epoch: undefined, label: "end", name: "end" };
  if (!finiteAt(run, undefined)) return undefined;
  const final = JSON.stringify(run.weights());
  if (run.status === "completed" || (kept(run, last) && JSON.stringify(run.weights(last)) === final))
    return stopAt(last);
  return { epoch: undefined, label: "end", name: `${run.status} in epoch ${last + 1}` };
}

function finiteAt(run: Run, epoch: number | undefined): boolean {
  return run
    .weights(epoch)
    .every(({ kernel, bias }) => [...kernel.flat(), ...bias].every((weight) => Number.isFinite(weight)));
}

/** 1, 2, 3, 5, 10, 20, … epochs, so that not too many stops come out. */
function roundStep(last: number): number {
  for (let scale = 1; ; scale *= 10)
    for (const step of STEPS) if (last / (step * scale) + 2 <= MOST - EXTRA) return step * scale;
}
