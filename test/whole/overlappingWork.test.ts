import { before, test } from "node:test";
import fc from "fast-check";
import { mlp, study, train, truthTable } from "../../src/index.js";
import { assertNamedError, hostile, options, RUNS } from "../support/hostile.js";

const SMALL = { trials: 1, epochs: 1, rows: 4, progress: false };
let model: ReturnType<typeof mlp>;
before(() => {
  model = mlp();
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
