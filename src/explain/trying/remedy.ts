import type { Dataset } from "../../data/dataset.js";
import type { LayerActivation } from "../../engine/functions.js";
import { type InitializerSettings, initialWeights } from "../../engine/initializers.js";
import { hiddenLayers, type Layer, type Network, outputLayer } from "../../engine/network.js";
import type { Start } from "../../model/start.js";
import type { NetworkOptions } from "../../settings/network.js";
import { type TrainOptions, type TrainSettings, trainSettings } from "../../settings/training.js";
import { callText, code } from "../../words/code.js";
import { listed } from "../../words/english.js";
import type { Ended } from "../ended.js";
import type { Facts } from "../facts/facts.js";

/** What is told of a remedy. */
export interface RemedyName {
  /** What is changed, in short: "one more ReLU unit". */
  readonly change: string;
  /** The same with where it starts: "one more ReLU unit, put into this very network". */
  readonly name: string;
  /** Whether it starts from the run's final weights or from new ones. */
  readonly from: "this state" | "new weights";
  /** What to write for it: "mlp({ hidden: 4, … })". */
  readonly write: string;
}

/** Something that might have led to a solution: what is changed, and whether the trained weights are kept. */
export interface Remedy extends RemedyName {
  readonly network: Network;
  readonly settings: TrainSettings;
  /** What is trained on; made when it is asked for. */
  readonly data: () => Dataset;
  /** How many rows these are. They are judged by as many as the run. */
  readonly rows: number;
  /** How new weights are drawn; undefined where those of the run are kept. */
  readonly start?: Start;
  /** The weights with which a trial starts, from the trial's seed. */
  readonly weights: (seed: number) => Float32Array;
  /** Whether they are the same for every seed. */
  readonly startsAlike: boolean;
  /** Where more epochs are a part of it: the same with fewer, the most first. */
  readonly shorter?: () => readonly Remedy[];
  /** What it was made of. */
  readonly ended: KnownEnd;
  readonly changes: Changes;
}

/** A run whose inside is known. */
export interface KnownEnd extends Ended {
  readonly network: Network;
  readonly weights: Float32Array;
  /** How new weights are drawn for the model; Keras's way unless known. */
  readonly drawn?: Start | undefined;
}

/** Keras's default. */
export const GLOROT: Start = { kernel: { name: "glorotUniform" }, bias: { name: "zeros" } };

/** What remedies are made of. */
export interface Case {
  readonly ended: KnownEnd;
  readonly facts: Facts;
}

/** Makes the remedies of one kind; none where they make no sense. */
export type RemedyMaker = (about: Case) => readonly Remedy[];

/** What a remedy changes; all else is as in the run. */
export interface Changes {
  /** In short, for readers. */
  readonly change: string;
  /** What has to change besides, in short; it is said first. */
  readonly besides?: readonly string[];
  /** The options that change, as one writes them, or what to do in words. */
  readonly options: {
    readonly words?: string;
    readonly dataset?: object;
    readonly mlp?: MlpChanges;
    readonly train?: TrainOptions;
    /** What a name among them stands for. */
    readonly where?: string;
  };
  /** How the name goes on after the change: " from here on", or ", new weights", unless given. */
  readonly how?: string;
  /** The network, where it does not follow from mlp()'s options. */
  readonly network?: Network;
  /** Makes other data of those of the run. */
  readonly data?: (data: Dataset) => Dataset;
  /** How many rows these have, if not as many. */
  readonly rows?: number;
  readonly start?: Start;
  readonly weights?: (seed: number) => Float32Array;
  readonly startsAlike?: boolean;
}

/** Options of mlp(), some of them as code. */
interface MlpChanges extends Omit<NetworkOptions, "activation" | "weights" | "kernelRegularizer"> {
  readonly activation?: LayerActivation | readonly LayerActivation[];
  readonly weights?: symbol;
  readonly kernelRegularizer?: NetworkOptions["kernelRegularizer"] | symbol;
}

/** A remedy that goes on from the run's final weights, unless others are given. */
export function here(ended: KnownEnd, changes: Changes): Remedy {
  const first = ended.elsewhere ? ["model", "data"] : ["run.model", "run.data"];
  return {
    ...remedy(ended, changes, " from here on", first),
    from: "this state",
    weights: changes.weights ?? (() => ended.weights),
    startsAlike: changes.startsAlike ?? changes.weights === undefined,
  };
}

/** A remedy that starts with new weights, drawn as the run's were unless another start is given. */
export function anew(ended: KnownEnd, changes: Changes): Remedy {
  const { start = ended.drawn ?? GLOROT } = changes;
  const common = remedy(ended, changes, ", new weights", [ELLIPSIS]);
  return {
    ...common,
    from: "new weights",
    start,
    weights: (seed) => initialWeights(common.network, start.kernel, start.bias, seed),
    startsAlike: isFixed(start.kernel) && isFixed(start.bias),
  };
}

/** mlp()'s options for a network that starts with the final weights, changed as is said. */
export function withWeights({ elsewhere }: KnownEnd, mlp: MlpChanges, changed = ""): Changes["options"] {
  if (!elsewhere && !changed) return { mlp: { ...mlp, weights: code("run.weights()") } };
  const own = elsewhere ? "those of the model" : "run.weights()";
  return { mlp: { ...mlp, weights: code("weights") }, where: `the weights being ${own}${changed}` };
}

/** Whether weights drawn like this are always the same. */
function isFixed({ name }: InitializerSettings): boolean {
  return name === "zeros" || name === "ones" || name === "constant";
}

const ELLIPSIS = "…";

/** What all remedies have in common. @param before  train()'s arguments before its options */
function remedy(ended: KnownEnd, changes: Changes, how: string, before: readonly string[]) {
  const { options } = changes;
  const change = [...(changes.besides ?? []), changes.change].join(", ");
  const calls = [
    ["dataset", [ELLIPSIS], options.dataset],
    ["mlp", [], options.mlp],
    ["train", before, options.train],
  ] as const;
  const texts = calls.flatMap(([name, first, changed = {}]) =>
    Object.keys(changed).length > 0 ? [callText(name, first, changed)] : [],
  );
  return {
    ...{ ended, changes, change, name: `${change}${changes.how ?? how}` },
    write:
      listed([...(options.words ? [options.words] : []), ...texts]) +
      (options.where ? `, ${options.where}` : ""),
    network: changes.network ?? changedNetwork(ended.network, options.mlp ?? {}),
    settings: options.train
      ? trainSettings("explain", { ...ended.settings, ...options.train })
      : ended.settings,
    data: once(() => changes.data?.(ended.data) ?? ended.data),
    rows: changes.rows ?? ended.data.rows,
  };
}

/** A network as it would be with some of mlp()'s options changed. A hidden layer that is new has what the output has. */
function changedNetwork(network: Network, mlp: MlpChanges): Network {
  const { hidden, activation, output, useBias, kernelRegularizer } = mlp;
  const parts = [hidden, activation, output, useBias, kernelRegularizer];
  if (parts.every((part) => part === undefined)) return network;
  const [own, last] = [hiddenLayers(network), outputLayer(network)];
  const widths = hidden === undefined ? own.map(({ units }) => units) : [hidden].flat();
  const kinds = [activation ?? own.map((layer) => layer.activation)].flat();
  const layers: Layer[] = [
    ...widths.map((units, l) => ({ ...(own[l] ?? last), units, activation: kinds[l] ?? kinds[0] })),
    { ...last, activation: output ?? last.activation },
  ];
  const penalty = typeof kernelRegularizer === "object" ? kernelRegularizer : {};
  return {
    ...network,
    layers: layers.map(({ useBias: biases, ...layer }) => ({
      ...layer,
      ...(biases === false && !useBias ? { useBias: biases } : {}),
      ...penalty,
    })),
  };
}

/** The activations of a network's hidden layers, as mlp() takes them. */
export function hiddenActivations(network: Network): LayerActivation | readonly LayerActivation[] {
  const all = hiddenLayers(network).map(({ activation }) => activation);
  return new Set(all).size === 1 ? all[0] : all;
}

/** A function that does its work the first time it is called. */
function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Two remedies at once, both from new weights; undefined where both change the same thing, or one of them nothing. */
export function together(one: Remedy, other: Remedy): Remedy | undefined {
  if (one.from === "this state" || other.from === "this state") return undefined;
  const [first, second] = [one, other].map(changedParts);
  const shared = Object.keys(first).some((part) => part in second);
  if (shared || Object.keys(first).length === 0 || Object.keys(second).length === 0) return undefined;
  const [a, b] = [one.changes, other.changes];
  const options = {
    ...{ ...a.options, ...b.options },
    ...{ mlp: { ...a.options.mlp, ...b.options.mlp }, train: { ...a.options.train, ...b.options.train } },
  };
  const shorter = () => [
    ...(one.shorter?.() ?? []).flatMap((less) => together(less, other) ?? []),
    ...(other.shorter?.() ?? []).flatMap((less) => together(one, less) ?? []),
  ];
  const besides = [...new Set([...(a.besides ?? []), ...(b.besides ?? [])])];
  return {
    ...anew(one.ended, { ...a, ...b, besides, change: `${a.change}, ${b.change}`, options }),
    shorter,
  };
}

/** How many parts of a training a remedy changes. */
export function partsChanged(remedy: Remedy): number {
  return Object.keys(changedParts(remedy)).length;
}

/** Which parts of a training a remedy changes. */
function changedParts({ network, settings, ended, changes: { data, start } }: Remedy): object {
  const before = new Map<string, unknown>(Object.entries(ended.settings));
  const isOther = ([key, value]: [string, unknown]) =>
    JSON.stringify(before.get(key)) !== JSON.stringify(value);
  return {
    ...Object.fromEntries(Object.entries(settings).filter(isOther)),
    ...(network !== ended.network && { network }),
    ...(data && { data }),
    ...(start && { start }),
  };
}
