import type { InitializerSettings } from "../../../engine/initializers.js";
import { hiddenLayers } from "../../../engine/network.js";
import type { InitializerOption } from "../../../settings/optimizers.js";
import { anew, GLOROT, type RemedyMaker } from "../remedy.js";

/** Other initial weights. */

/** Drawn as before, by another seed: what luck makes of it. */
export const anotherSeed: RemedyMaker = ({ ended }) => [
  anew(ended, { change: "another start (another seed)", how: "", options: { mlp: { seed: 2 } } }),
];

/** What is often advised, and one that is larger. */
const STARTS: readonly (readonly [name: string, kernel: InitializerSettings, option: InitializerOption])[] = [
  ["Glorot, uniform", GLOROT.kernel, "glorotUniform"],
  ["He, normal", { name: "heNormal" }, "heNormal"],
  [
    "normal, standard deviation 1",
    { name: "randomNormal", mean: 0, stddev: 1 },
    { name: "randomNormal", stddev: 1 },
  ],
];

/** Weights drawn in other ways, biases as they were. */
export const otherStarts: RemedyMaker = ({ ended }) => {
  const { kernel: own, bias } = ended.drawn ?? GLOROT;
  const others = STARTS.filter(([, kernel]) => JSON.stringify(kernel) !== JSON.stringify(own));
  return others.map(([name, kernel, kernelInitializer]) =>
    anew(ended, {
      change: `weights drawn otherwise (${name})`,
      options: { mlp: { kernelInitializer } },
      start: { kernel, bias },
    }),
  );
};

/** The small positive biases that are often advised for ReLU units. */
export const positiveBiases: RemedyMaker = ({ ended }) => {
  if (!hiddenLayers(ended.network).some(({ activation }) => activation === "relu")) return [];
  const { kernel } = ended.drawn ?? GLOROT;
  const bias = { name: "constant", value: 0.1 } as const;
  const options = { mlp: { biasInitializer: bias } };
  return [anew(ended, { change: "initial biases of 0.1", options, start: { kernel, bias } })];
};
