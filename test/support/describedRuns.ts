import {
  clouds,
  explain,
  type Figure,
  figures,
  mlp,
  type Run,
  type Study,
  train,
  truthTable,
  xor,
} from "../../src/index.js";
import { plain, titleOf } from "./figureCases.js";

/** Runs of every kind, each from its options alone: what the library says of them is kept in a fixture. */
export const RUNS: Readonly<Record<string, () => Promise<Run>>> = {
  "the question's sigmoid network": () => question("sigmoid", 2),
  "the same after 40 epochs": () => question("sigmoid", 2, { epochs: 40 }),
  "the question's ReLU network": () => question("relu", 2),
  "one ReLU": () => question("relu", 1),
  "a second hidden layer": () => question("tanh", [4, 2], { epochs: 20 }),
  "no hidden layer": () => question("sigmoid", [], { epochs: 30 }),
  "steps too large": () => question("tanh", 3, { epochs: 40, optimizer: "sgd", learningRate: 30 }),
  "a divergence": () => question("relu", 2, { epochs: 3, optimizer: "sgd", learningRate: 1e300 }),
  "a stop": () => question("relu", 2, { signal: AbortSignal.abort() }),
  "too few epochs": () => question("relu", 5, { epochs: 3 }),
  "clouds, squared error": () =>
    train(mlp({ hidden: 3, activation: "elu", output: "tanh", seed: 4 }), clouds({ rows: 80, seed: 4 }), {
      ...{
        epochs: 25,
        loss: "meanSquaredError",
        optimizer: "adam",
        learningRate: 0.03,
        seed: 4,
        progress: false,
      },
    }),
  "four rows": () =>
    train(mlp({ hidden: 2, seed: 2 }), truthTable("and"), {
      epochs: 60,
      learningRate: 0.05,
      seed: 2,
      progress: false,
    }),
};

const SEED = 588516;

function question(activation: "sigmoid" | "relu" | "tanh", hidden: number | number[], options: object = {}) {
  const model = mlp({ hidden, activation, seed: SEED });
  return train(model, xor({ seed: SEED }), { seed: SEED, progress: false, ...options });
}

/** Everything the library says of a run, durations left out. */
export function saidOf(run: Run): Record<string, string | readonly string[]> {
  const { loss, boundary, hiddenSpace, network, landscape } = figures;
  return {
    line: String(run).replace(/\d+(\.\d+)? m?s,/, "…,"),
    loss: figureText(() => loss(run)),
    boundary: figureText(() => boundary(run)),
    "hidden space": figureText(() => hiddenSpace(run)),
    network: figureText(() => network(run)),
    landscape: figureText(() => landscape(run)),
    explanation: explain(run, { trials: 8 }).text.split("\n"),
  };
}

/** Everything the library says of a study. */
export function saidOfStudy(study: Study): Record<string, string | readonly string[]> {
  return {
    table: String(study).split("\n"),
    "success by width": figureText(() => figures.successByWidth(study)),
    "loss floors": figureText(() => figures.lossFloors(study)),
    "epochs to solve": figureText(() => figures.epochsToSolve(study)),
  };
}

/** A figure's title and description, or why there is none. */
function figureText(figure: () => Figure): string {
  try {
    const made = figure();
    const { description } = made.layout.meta;
    const title = titleOf(made);
    return description.startsWith(title) ? description : `${title} | ${plain(description)}`;
  } catch (error) {
    return String(error);
  }
}
