import { hasSigns, irisOptions, networkOptions, ownParts, tableOptions, trainOptions } from "./options.js";
import { classCount, DEFAULTS, type Feature, isPlane, type Setting } from "./setting.js";

/** The setting as a program: in TypeScript, which trains the very run of the page, and for Keras, which has other random numbers. */

/** What the network sees of a point, in TypeScript; for NumPy sin is its own. */
const EXPRESSIONS: Readonly<Record<Feature, string>> = {
  ...{ x1: "x", x2: "y", x1x1: "x * x", x2x2: "y * y", x1x2: "x * y" },
  ...{ sin1: "Math.sin(x)", sin2: "Math.sin(y)" },
};

const hasFeatures = (setting: Setting) =>
  isPlane(setting) && setting.inputs.join() !== DEFAULTS.inputs.join();
const isPlain = (setting: Setting) => !hasFeatures(setting) && !hasSigns(setting);

/** An object's entries as code: `hidden: [2], activation: "relu"`. */
function literal(value: object): string {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return entries.map(([key, inner]) => `${key}: ${codeOf(inner)}`).join(", ");
}

function codeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(codeOf).join(", ")}]`;
  return typeof value === "object" && value !== null ? `{ ${literal(value)} }` : JSON.stringify(value);
}

/** The data as an expression, and what must stand before it. */
function drawnLines(setting: Setting): { readonly uses: string; readonly lines: string } {
  const { data, rows, noise, table } = setting;
  if (data === "iris") return { uses: "iris", lines: `const drawn = iris(${codeOf(irisOptions(setting))});` };
  if (data === "table" && table) {
    const options = codeOf(tableOptions(setting, table));
    return {
      uses: "readTable",
      lines: `const drawn = readTable(${JSON.stringify(`${table.name}.csv`)}, ${options});`,
    };
  }
  if (data === "own") {
    const { inputs, targets, options } = ownParts(setting);
    return {
      uses: "dataset",
      lines: `const drawn = dataset(${codeOf(inputs)}, ${codeOf(targets)}, ${codeOf(options)});`,
    };
  }
  const numbers = data === "xor" ? "{ rows, seed }" : "{ rows, noise, seed }";
  const noiseLine = data === "xor" ? "" : `const noise = ${noise};\n`;
  return { uses: data, lines: `const rows = ${rows};\n${noiseLine}const drawn = ${data}(${numbers});` };
}

/** A notebook's cell, or a file for Node. */
export function typeScriptOf(setting: Setting): string {
  const { test, seed, start } = setting;
  const drawn = drawnLines(setting);
  const names = new Set([
    drawn.uses,
    ...(isPlain(setting) ? [] : ["dataset"]),
    ...(test > 0 ? ["split"] : []),
  ]);
  const list = [...names, "explain", "figures", "mlp", "show", "study", "train"];
  const { inputs: _, ...network } = networkOptions(setting);
  return `import { ${list.sort().join(", ")} } from "xorlab";
${isPlain(setting) ? "" : 'import type { Dataset } from "xorlab";\n'}
const seed = ${seed};
${drawn.lines}
${isPlain(setting) ? "" : `${seenFunction(setting)}\n`}${dataLines(setting)}

const network = { ${literal(network)} } as const;
const schedule = { ${literal(trainOptions(setting))} } as const;
${
  start
    ? `// The page keeps the initial weights of seed ${start.seed}, ${start.widths.join("-")}; here they are drawn from this seed.\n`
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

/** Turns data into what the network sees: features of two columns, targets ±1. */
function seenFunction(setting: Setting): string {
  const features = setting.inputs.map((name) => EXPRESSIONS[name]).join(", ");
  const columns = hasFeatures(setting)
    ? `Array.from({ length: rows }, (_, row) => [inputs[2 * row], inputs[2 * row + 1]]).map(([x, y]) => [${features}])`
    : "Array.from({ length: rows }, (_, row) => Array.from(inputs.subarray(row * features, (row + 1) * features)))";
  const targets = hasSigns(setting)
    ? "Array.from(targets, (target) => 2 * target - 1)"
    : classCount(setting) > 2
      ? "Array.from({ length: rows }, (_, row) => Array.from(targets.subarray(row * outputs, (row + 1) * outputs)))"
      : "Array.from(targets)";
  return `const seen = ({ name, rows, features, outputs, inputs, targets, classes, judge }: Dataset): Dataset => dataset(
  ${columns},
  ${targets}, { name, classes, judge: judge && seen(judge) });`;
}

function dataLines(setting: Setting): string {
  const wrapped = (part: string) => (isPlain(setting) ? part : `seen(${part})`);
  if (setting.test === 0) return `const data = ${wrapped("drawn")};`;
  return `const parts = split(drawn, { test: ${setting.test}, seed });
const data = ${wrapped("parts.train")};
const test = ${wrapped("parts.test")};`;
}

/** NumPy's way to the same kinds of points: p and the classes t, counted from 0. */
function numpyPoints(setting: Setting): string {
  const { data, rows, noise, points, table } = setting;
  const circle = "np.stack([np.sin(angle), np.cos(angle)], axis=1)";
  const python = (value: unknown) => JSON.stringify(value);
  switch (data) {
    case "xor":
      return `p = rng.integers(2, size=(${rows}, 2))\nt = p[:, 0] != p[:, 1]`;
    case "clouds":
      return `p = rng.uniform(-5, 5, (${rows}, 2))
p += np.where(p > 0, 0.3, -0.3)
t = np.prod(p + ${noise} * rng.uniform(-5, 5, p.shape), axis=1) >= 0`;
    case "circles":
      return `radius = np.where(np.arange(${rows}) < ${rows / 2}, rng.uniform(0, 2.5, ${rows}), rng.uniform(3.5, 5, ${rows}))
angle = rng.uniform(0, 2 * np.pi, ${rows})
p = radius[:, None] * ${circle}
t = np.sum((p + ${noise} * rng.uniform(-5, 5, p.shape)) ** 2, axis=1) < 2.5 ** 2`;
    case "moons":
      return `first = ${Math.floor(rows / 2)}
angle = np.concatenate([np.linspace(0, np.pi, first), np.linspace(0, np.pi, ${rows} - first)])
t = np.arange(${rows}) >= first
p = np.stack([np.where(t, 1 - np.cos(angle), np.cos(angle)), np.where(t, 0.5 - np.sin(angle), np.sin(angle))], axis=1)
p += ${noise} * rng.standard_normal(p.shape)`;
    case "spirals":
      return `arm = ${Math.ceil(rows / 2)}
t = np.arange(${rows}) < arm
along = np.arange(${rows}) % arm / arm
angle = 1.75 * 2 * np.pi * along + np.where(t, 0, np.pi)
p = 5 * along[:, None] * ${circle} + ${noise} * rng.uniform(-1, 1, (${rows}, 2))`;
    case "gaussians":
      return `t = np.arange(${rows}) < ${rows / 2}
p = np.where(t, 2, -2)[:, None] + np.sqrt(0.5 + 7 * ${noise}) * rng.standard_normal((${rows}, 2))`;
    case "own":
      return `p = np.array(${python(points.map(([x, y]) => [x, y]))}, dtype=float)\nt = np.array(${python(points.map(([, , group]) => group))})`;
    case "iris":
      return `from sklearn.datasets import load_iris
flowers = load_iris()
p = flowers.data[:, ${python(setting.columns.map((place) => place - 1))}]
t = flowers.target${scaledPoints(setting)}`;
    case "table": {
      const { target, features, classes } = table
        ? tableOptions(setting, table)
        : { target: "", features: [], classes: [] };
      return `import pandas as pd
table = pd.read_csv(${python(`${table?.name}.csv`)}, sep=None, engine="python", dtype={${python(target)}: str})
p = table[${python(features)}].to_numpy(dtype=float)
t = table[${python(target)}].str.strip().map(${python(classes)}.index).to_numpy()${scaledPoints(setting)}`;
    }
  }
}

function scaledPoints({ scale }: Setting): string {
  if (scale === "none") return "";
  return scale === "standard"
    ? "\np = (p - p.mean(axis=0)) / p.std(axis=0)"
    : "\np = (p - p.min(axis=0)) / (p.max(axis=0) - p.min(axis=0))";
}

const KERAS_OPTIMIZERS = { sgd: "SGD", rmsprop: "RMSprop", adam: "Adam", adagrad: "Adagrad" } as const;

/** Keras's spelling of a name: "leaky_relu". */
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A Python program for Keras 3. */
export function kerasOf(setting: Setting): string {
  const { hidden, activation, initializer, loss, l1, l2, test, shuffle, seed } = setting;
  const starts =
    initializer === "playground"
      ? "kernel_initializer=keras.initializers.RandomUniform(-0.5, 0.5), bias_initializer=keras.initializers.Constant(0.1)"
      : `kernel_initializer="${snake(initializer)}"`;
  const penalty = l1 + l2 > 0 ? `, kernel_regularizer=keras.regularizers.L1L2(l1=${l1}, l2=${l2})` : "";
  const { inputs, output } = networkOptions(setting);
  const outputs = classCount(setting) > 2 ? classCount(setting) : 1;
  const columns = setting.inputs.map((name) => EXPRESSIONS[name].replace("Math.", "np.")).join(", ");
  const seen = isPlane(setting)
    ? `x, y = p[:, 0], p[:, 1]\ninputs = np.stack([${columns}], axis=1).astype("float32")`
    : 'inputs = p.astype("float32")';
  const targets =
    outputs > 1
      ? `np.eye(${outputs}, dtype="float32")[t]`
      : hasSigns(setting)
        ? '2 * t.astype("float32") - 1'
        : 't.astype("float32")';
  const entropy = outputs > 1 ? "categorical_crossentropy" : "binary_crossentropy";
  const half = hasSigns(setting) ? 0 : 0.5;
  const right =
    outputs > 1
      ? "right = np.mean(answers.argmax(axis=1) == targets.argmax(axis=1))"
      : `right = np.mean((answers[:, 0] > ${half}) == (targets > ${half}))`;
  return `import keras
import numpy as np

# The same setting in Keras, whose random numbers are others: another run of it.
keras.utils.set_random_seed(${seed % 2 ** 32})
rng = np.random.default_rng(${seed})
${numpyPoints(setting)}
${seen}
targets = ${targets}
order = rng.permutation(len(inputs))  # validation_split takes the last rows
inputs, targets = inputs[order], targets[order]

start = dict(${starts}${penalty})
model = keras.Sequential([
    keras.Input((${inputs},)),
${hidden.map((units) => `    keras.layers.Dense(${units}, activation="${snake(activation)}", **start),\n`).join("")}    keras.layers.Dense(${outputs}, activation="${output}", **start),
])
model.compile(
    optimizer=keras.optimizers.${KERAS_OPTIMIZERS[setting.optimizer]}(learning_rate=${setting.learningRate}),
    loss="${loss === "squared" ? "mean_squared_error" : entropy}",
)
model.fit(inputs, targets, batch_size=${setting.batchSize}, epochs=${setting.epochs}, shuffle=${shuffle ? "True" : "False"}, validation_split=${test})
answers = model.predict(inputs)
${right}
print(f"right: {right:.3f}")
`;
}
