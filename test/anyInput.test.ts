import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import {
  circles,
  clouds,
  dataset,
  gaussians,
  mlp,
  parity,
  show,
  spirals,
  study,
  train,
  truthTable,
  xor,
} from "../src/index.js";

/** Whatever comes in, what comes out is a result, or a TypeError or RangeError in the function's own name. */
async function assertNamedError(name: string, call: () => unknown): Promise<void> {
  try {
    await call();
  } catch (error) {
    const known = error instanceof TypeError || error instanceof RangeError;
    const text = error instanceof Error ? error.message : String(error);
    assert.ok(known && text.startsWith(`${name}: `) && !text.includes("\n"), `${name} threw ${error}`);
  }
}

const RUNS = { seed: 1, numRuns: 600 };
const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    Number.NaN,
    Infinity,
    -0,
    "",
    "__proto__",
    Symbol("s"),
    () => 5,
    new Proxy({}, {}),
    [undefined],
    { name: null },
  ),
  fc.integer(),
  fc.double(),
);

/** Options with known names: any value for one of them, or for several. */
const options = (...names: string[]) =>
  fc.oneof(
    hostile,
    fc.tuple(fc.constantFrom(...names), hostile).map(([name, value]) => ({ [name]: value })),
    fc.record(Object.fromEntries(names.map((name) => [name, hostile])), { requiredKeys: [] }),
  );

const SMALL = { trials: 1, epochs: 1, rows: 4, progress: false };
let model: ReturnType<typeof mlp>;
before(() => {
  model = mlp();
  console.log = () => {}; // show() prints outside of notebooks
});

const SUBJECTS: Readonly<Record<string, fc.Arbitrary<() => unknown>>> = {
  xor: options("seed").map((any) => () => xor(any as never)),
  truthTable: hostile.map((any) => () => truthTable(any as never)),
  parity: options("bits").map((any) => () => parity(any as never)),
  clouds: options("noise", "seed").map((any) => () => clouds(any as never)),
  circles: options("noise", "seed").map((any) => () => circles(any as never)),
  gaussians: options("noise", "seed").map((any) => () => gaussians(any as never)),
  spirals: options("noise", "seed").map((any) => () => spirals(any as never)),
  mlp: options("inputs", "activation", "output", "kernelInitializer", "biasInitializer", "seed").map(
    (any) => () => mlp(any as never).dispose(),
  ),
  show: fc
    .oneof(
      hostile,
      fc.record({ data: fc.array(hostile), layout: hostile, config: hostile }, { requiredKeys: [] }),
    )
    .map((any) => () => show(any as never)),
};

for (const [name, calls] of Object.entries(SUBJECTS))
  test(`${name}() meets any input with a result or an error in its name`, () =>
    fc.assert(
      fc.asyncProperty(calls, (call) => assertNamedError(name, call)),
      RUNS,
    ));

test("dataset() meets any input with a result or an error in its name", () => {
  const rows = fc.oneof(
    hostile,
    fc.array(fc.oneof(hostile, fc.array(fc.oneof(hostile, fc.double()), { maxLength: 3 }))),
  );
  return fc.assert(
    fc.asyncProperty(rows, rows, options("name"), (inputs, targets, any) =>
      assertNamedError("dataset", () => dataset(inputs as never, targets as never, any as never)),
    ),
    RUNS,
  );
});

test("mlp() meets any widths with a result or an error in its name", () => {
  const widths = fc.oneof(
    hostile,
    fc.integer({ min: -1, max: 9 }),
    fc.array(fc.oneof(hostile, fc.integer({ min: 0, max: 9 })), { maxLength: 4 }),
  );
  return fc.assert(
    fc.asyncProperty(widths, (hidden) => assertNamedError("mlp", () => mlp({ hidden } as never).dispose())),
    RUNS,
  );
});

test("train() meets any input with a result or an error in its name", async () => {
  const data = truthTable("xor");
  const settings = options(
    "batchSize",
    "optimizer",
    "learningRate",
    "loss",
    "shuffle",
    "seed",
    "solvedAccuracy",
    "engine",
    "signal",
  );
  const withEpoch = (any: unknown) =>
    typeof any === "object" && any !== null && !Array.isArray(any)
      ? { ...any, epochs: 1, progress: false }
      : any;
  await fc.assert(
    fc.asyncProperty(settings, (any) =>
      assertNamedError("train", () => train(model, data, withEpoch(any) as never)),
    ),
    RUNS,
  );
  await fc.assert(
    fc.asyncProperty(hostile, hostile, (anyModel, anyData) =>
      assertNamedError("train", async () => {
        await assertNamedError("train", () => train(anyModel as never, data));
        await train(model, anyData as never);
      }),
    ),
    RUNS,
  );
});

test("train() meets almost-datasets with a result or an error in its name", async () => {
  const part = fc.oneof(
    hostile,
    fc.constant(new Float32Array(4)),
    fc.constant(new Float32Array([Number.NaN, 1])),
    fc.integer({ min: 0, max: 4 }),
  );
  const almost = fc.record(
    {
      name: fc.oneof(hostile, fc.string()),
      rows: part,
      features: part,
      inputs: part,
      targets: part,
      table: part,
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(almost, (any) =>
      assertNamedError("train", () => train(model, any as never, { epochs: 1, progress: false })),
    ),
    RUNS,
  );
});

test("train() meets optimizers of any numbers with a result or an error in its name", async () => {
  const name = fc.constantFrom("sgd", "rmsprop", "adam", "adagrad", "adm");
  const number = fc.oneof(hostile, fc.double({ min: 0, max: 1 }));
  const numbers = ["learningRate", "momentum", "nesterov", "rho", "beta1", "beta2", "epsilon", "toString"];
  const optimizer = fc.record(
    { name, ...Object.fromEntries(numbers.map((key) => [key, number])) },
    { requiredKeys: ["name"] },
  );
  await fc.assert(
    fc.asyncProperty(optimizer, (any) =>
      assertNamedError("train", () =>
        train(model, truthTable("or"), { optimizer: any as never, epochs: 2, progress: false }),
      ),
    ),
    RUNS,
  );
});

test("study() meets any input with a result or an error in its name", () => {
  const settings = options(
    ...[
      "hidden",
      "activation",
      "output",
      "kernelInitializer",
      "biasInitializer",
      "optimizer",
      "learningRate",
      "loss",
    ],
    ...["batchSize", "shuffle", "data", "seed", "solvedAccuracy", "engine", "signal"],
  );
  const small = (any: unknown) =>
    typeof any === "object" && any !== null && !Array.isArray(any) ? { ...any, ...SMALL } : any;
  return fc.assert(
    fc.asyncProperty(settings, (any) =>
      any === undefined ? Promise.resolve() : assertNamedError("study", () => study(small(any) as never)),
    ),
    RUNS,
  );
});
