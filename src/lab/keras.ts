import { hasSigns, networkOptions, tableOptions } from "./options.js";
import { classCount, FEATURES, isPlane, type Setting } from "./setting.js";

/** The setting as a Python program for Keras 3, which has other random numbers. */

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

/** A file for Python. */
export function kerasOf(setting: Setting): string {
  const { hidden, activation, initializer, loss, l1, l2, test, shuffle, seed } = setting;
  const starts =
    initializer === "playground"
      ? "kernel_initializer=keras.initializers.RandomUniform(-0.5, 0.5), bias_initializer=keras.initializers.Constant(0.1)"
      : `kernel_initializer="${snake(initializer)}"`;
  const penalty = l1 + l2 > 0 ? `, kernel_regularizer=keras.regularizers.L1L2(l1=${l1}, l2=${l2})` : "";
  const { inputs, output } = networkOptions(setting);
  const outputs = classCount(setting) > 2 ? classCount(setting) : 1;
  const columns = setting.inputs.map((name) => FEATURES[name].code.replace("Math.", "np.")).join(", ");
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
