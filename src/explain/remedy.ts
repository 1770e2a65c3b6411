import type { Dataset } from "../data/dataset.js";
import { type InitializerSettings, initialWeights } from "../engine/initializers.js";
import type { Network } from "../engine/network.js";
import type { Start } from "../model/start.js";
import type { TrainSettings } from "../settings/training.js";
import { callText } from "../words/code.js";
import { listed } from "../words/english.js";
import type { Cause } from "./cause.js";
import type { Ended, Facts } from "./facts.js";

/** Something that might have led to a solution: what is changed, and whether the trained weights are kept. */
export interface Remedy {
  /** What is changed, in short: "one more ReLU unit". */
  readonly change: string;
  /** The same with where it starts: "one more ReLU unit, put into this very network". */
  readonly name: string;
  /** Whether it starts from the run's final weights or from new ones. */
  readonly from: "this state" | "new weights";
  /** What to write for it: "mlp({ …, hidden: 4 })". */
  readonly write: string;
  readonly network: Network;
  readonly settings: TrainSettings;
  readonly data: Dataset;
  /** How new weights are drawn; undefined where those of the run are kept. */
  readonly start?: Start;
  /** The weights with which a trial starts, from the trial's seed. */
  readonly weights: (seed: number) => Float32Array;
  /** Whether they are the same for every seed. */
  readonly startsAlike: boolean;
  /** Only of more epochs: the same with fewer, the most first. */
  readonly shorter?: () => readonly Remedy[];
}

/** A run whose inside is known. */
export interface KnownEnd extends Ended {
  readonly network: Network;
  readonly weights: Float32Array;
  /** How new weights are drawn for the model; Keras's way unless known. */
  readonly start?: Start | undefined;
}

/** Keras's default. */
export const GLOROT: Start = { kernel: { name: "glorotUniform" }, bias: { name: "zeros" } };

/** What remedies are chosen by. */
export interface Case {
  readonly ended: KnownEnd;
  readonly facts: Facts;
  readonly cause: Cause;
}

/** Makes the remedies of one kind; none where they make no sense. */
export type RemedyMaker = (about: Case) => readonly Remedy[];

/** What a remedy changes; all else is as in the run. */
interface Changes {
  /** In short, for readers. */
  readonly change: string;
  /** The options that change, as one writes them. */
  readonly options: { readonly mlp?: object; readonly train?: object; readonly dataset?: object };
  /** What to write where no options say it. */
  readonly write?: string;
  /** How the name goes on after the change: " from here on", or ", new weights", unless given. */
  readonly how?: string;
  readonly network?: Network;
  readonly settings?: TrainSettings;
  readonly data?: Dataset;
  readonly weights?: (seed: number) => Float32Array;
  readonly startsAlike?: boolean;
}

/** A remedy that goes on from the run's final weights, unless others are given. */
export function here(ended: KnownEnd, { how = " from here on", ...changes }: Changes): Remedy {
  const before = changes.options.mlp ? [ELLIPSIS] : ["run.model", "run.data"];
  const weights = () => ended.weights;
  const startsAlike = changes.weights === undefined;
  return { from: "this state", startsAlike, ...remedy(ended, { how, weights, ...changes }, before) };
}

/** A remedy that starts with new weights, drawn as the run's were unless another start is given. */
export function anew(
  ended: KnownEnd,
  { how = ", new weights", start = ended.start ?? GLOROT, ...changes }: Changes & { readonly start?: Start },
): Remedy {
  const { network = ended.network } = changes;
  const weights = (seed: number) => initialWeights(network, start.kernel, start.bias, seed);
  const startsAlike = isFixed(start.kernel) && isFixed(start.bias);
  return { from: "new weights", start, startsAlike, ...remedy(ended, { how, weights, ...changes }, [ELLIPSIS]) };
}

/** Whether weights drawn like this are always the same. */
function isFixed({ name }: InitializerSettings): boolean {
  return name === "zeros" || name === "ones" || name === "constant";
}

const ELLIPSIS = "…";

function remedy(
  { network, settings, data }: KnownEnd,
  { change, how, options, ...changed }: Changes & Pick<Remedy, "weights">,
  before: readonly string[],
): Omit<Remedy, "from" | "startsAlike"> {
  const { dataset = {}, mlp = {}, train = {} } = options;
  const calls = [
    ["dataset", [ELLIPSIS], dataset],
    ["mlp", [], mlp],
    ["train", before, train],
  ] as const;
  const changing = calls.filter(([, , changes]) => Object.keys(changes).length > 0);
  const write = listed(changing.map(([name, before, changes]) => callText(name, before, changes)));
  return { change, name: `${change}${how}`, write, network, settings, data, ...changed };
}
