import { networkOptions, trainOptions } from "./problem.js";
import { DEFAULTS, type Feature, type Setting } from "./setting.js";

/** The setting as a program: in TypeScript, which trains the very run of the page, and for Keras, which has other random numbers. */

const EXPRESSIONS: Readonly<Record<Feature, string>> = {
  ...{ x1: "x", x2: "y", x1x1: "x * x", x2x2: "y * y", x1x2: "x * y" },
};

const isPlain = ({ inputs, loss }: Setting) => loss !== "squared" && inputs.join() === DEFAULTS.inputs.join();

/** An object's entries as code: `hidden: [2], activation: "relu"`. */
function literal(value: object): string {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.map(([key, inner]) => `${key}: ${codeOf(inner)}`).join(", ");
}

function codeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(codeOf).join(", ")}]`;
  return typeof value === "object" && value !== null ? `{ ${literal(value)} }` : JSON.stringify(value);
}

/** A notebook's cell, or a file for Node. */
export function typeScriptOf(setting: Setting): string {
  const { data, rows, noise, test, seed, start, points } = setting;
  const drawn = data === "own" ? "dataset" : data;
  const names = new Set([drawn, ...(isPlain(setting) ? [] : ["dataset"]), ...(test > 0 ? ["split"] : [])]);
  const list = [...names, "explain", "figures", "mlp", "show", "study", "train"];
  const numbers = data === "xor" ? "{ rows, seed }" : "{ rows, noise, seed }";
  const { inputs: _, ...network } = networkOptions(setting);
  return `import { ${list.sort().join(", ")} } from "xorlab";
${isPlain(setting) ? "" : 'import type { Dataset } from "xorlab";\n'}
const seed = ${seed};
${
  data === "own"
    ? `const drawn = dataset(${JSON.stringify(points.map(([x, y]) => [x, y]))}, ${JSON.stringify(points.map(([, , target]) => target))}, { name: "own points" });`
    : `const rows = ${rows};\n${data === "xor" ? "" : `const noise = ${noise};\n`}const drawn = ${data}(${numbers});`
}
${isPlain(setting) ? "" : `${seenFunction(setting)}\n`}${dataLines(setting)}

const network = { ${literal(network)} } as const;
const schedule = { ${literal(trainOptions(setting))} } as const;
${
  start
    ? `// The page keeps the initial weights of seed ${start.seed}, ${start.hidden.join("-")}; here they are drawn from this seed.\n`
    : ""
}const model = mlp({ ...network, inputs: data.features, seed });
const run = await train(model, data, { ...schedule,${test > 0 ? " validation: test," : ""} seed });
console.log(String(run));
show(figures.loss(run));
console.log(String(explain(run)));

const many = await study({ ...network, hidden: [network.hidden], ...schedule, data, trials: 1000 });
console.log(String(many));
`;
}

function seenFunction({ inputs, loss }: Setting): string {
  const target = loss === "squared" ? "2 * target - 1" : "target";
  return `const seen = ({ name, inputs, targets, judge }: Dataset): Dataset => dataset(
  Array.from(targets, (_, i) => [inputs[2 * i], inputs[2 * i + 1]]).map(([x, y]) => [${inputs.map((name) => EXPRESSIONS[name]).join(", ")}]),
  Array.from(targets, (target) => ${target}), { name, judge: judge && seen(judge) });`;
}

function dataLines(setting: Setting): string {
  const wrapped = (part: string) => (isPlain(setting) ? part : `seen(${part})`);
  if (setting.test === 0) return `const data = ${wrapped("drawn")};`;
  return `const parts = split(drawn, { test: ${setting.test}, seed });
const data = ${wrapped("parts.train")};
const test = ${wrapped("parts.test")};`;
}

/** NumPy's way to the same kinds of points: p and the classes t. */
function numpyPoints({ data, rows, noise, points }: Setting): string {
  const circle = "np.stack([np.sin(angle), np.cos(angle)], axis=1)";
  const lines: Record<Setting["data"], string> = {
    xor: `p = rng.integers(2, size=(${rows}, 2))\nt = p[:, 0] != p[:, 1]`,
    clouds: `p = rng.uniform(-5, 5, (${rows}, 2))
p += np.where(p > 0, 0.3, -0.3)
t = np.prod(p + ${noise} * rng.uniform(-5, 5, p.shape), axis=1) >= 0`,
    circles: `radius = np.where(np.arange(${rows}) < ${rows / 2}, rng.uniform(0, 2.5, ${rows}), rng.uniform(3.5, 5, ${rows}))
angle = rng.uniform(0, 2 * np.pi, ${rows})
p = radius[:, None] * ${circle}
t = np.sum((p + ${noise} * rng.uniform(-5, 5, p.shape)) ** 2, axis=1) < 2.5 ** 2`,
    moons: `first = ${Math.floor(rows / 2)}
angle = np.concatenate([np.linspace(0, np.pi, first), np.linspace(0, np.pi, ${rows} - first)])
t = np.arange(${rows}) >= first
p = np.stack([np.where(t, 1 - np.cos(angle), np.cos(angle)), np.where(t, 0.5 - np.sin(angle), np.sin(angle))], axis=1)
p += ${noise} * rng.standard_normal(p.shape)`,
    spirals: `arm = ${Math.ceil(rows / 2)}
t = np.arange(${rows}) < arm
along = np.arange(${rows}) % arm / arm
angle = 1.75 * 2 * np.pi * along + np.where(t, 0, np.pi)
p = 5 * along[:, None] * ${circle} + ${noise} * rng.uniform(-1, 1, (${rows}, 2))`,
    gaussians: `t = np.arange(${rows}) < ${rows / 2}
p = np.where(t, 2, -2)[:, None] + np.sqrt(0.5 + 7 * ${noise}) * rng.standard_normal((${rows}, 2))`,
    own: `p = np.array(${JSON.stringify(points.map(([x, y]) => [x, y]))}, dtype=float)\nt = np.array(${JSON.stringify(points.map(([, , target]) => target))})`,
  };
  return lines[data];
}

const KERAS_OPTIMIZERS = { sgd: "SGD", rmsprop: "RMSprop", adam: "Adam", adagrad: "Adagrad" } as const;

/** Keras's spelling of a name: "leaky_relu". */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A Python program for Keras 3. */
export function kerasOf(setting: Setting): string {
  const { inputs, hidden, activation, initializer, loss, l1, l2, test, shuffle, seed } = setting;
  const playground = initializer === "playground";
  const starts = playground
    ? "kernel_initializer=keras.initializers.RandomUniform(-0.5, 0.5), bias_initializer=keras.initializers.Constant(0.1)"
    : `kernel_initializer="${snake(initializer)}"`;
  const penalty = l1 + l2 > 0 ? `, kernel_regularizer=keras.regularizers.L1L2(l1=${l1}, l2=${l2})` : "";
  const columns = inputs.map((name) => EXPRESSIONS[name]).join(", ");
  const squared = loss === "squared";
  return `import keras
import numpy as np

# The same setting in Keras, whose random numbers are others: another run of it.
keras.utils.set_random_seed(${seed % 2 ** 32})
rng = np.random.default_rng(${seed})
${numpyPoints(setting)}
x, y = p[:, 0], p[:, 1]
inputs = np.stack([${columns}], axis=1).astype("float32")
targets = ${squared ? '2 * t.astype("float32") - 1' : 't.astype("float32")'}
order = rng.permutation(len(inputs))  # validation_split takes the last rows
inputs, targets = inputs[order], targets[order]

start = dict(${starts}${penalty})
model = keras.Sequential([
    keras.Input((${inputs.length},)),
${hidden.map((units) => `    keras.layers.Dense(${units}, activation="${snake(activation)}", **start),\n`).join("")}    keras.layers.Dense(1, activation="${squared ? "tanh" : "sigmoid"}", **start),
])
model.compile(
    optimizer=keras.optimizers.${KERAS_OPTIMIZERS[setting.optimizer]}(learning_rate=${setting.learningRate}),
    loss="${squared ? "mean_squared_error" : "binary_crossentropy"}",
)
model.fit(inputs, targets, batch_size=${setting.batchSize}, epochs=${setting.epochs}, shuffle=${shuffle ? "True" : "False"}, validation_split=${test})
answers = model.predict(inputs)[:, 0]
right = np.mean((answers > ${squared ? 0 : 0.5}) == (targets > ${squared ? 0 : 0.5}))
print(f"right: {right:.3f}")
`;
}
