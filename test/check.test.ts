import assert from "node:assert/strict";
import { test } from "node:test";
import {
  finiteNumber,
  oneOf,
  optionsObject,
  plainText,
  seedNumber,
  trueOrFalse,
  unknownName,
  wholeNumber,
  written,
} from "../src/check.js";

const WRONG_KINDS: [value: unknown, written: string][] = [
  [undefined, "undefined"],
  [null, "null"],
  ["5", '"5"'],
  [true, "true"],
  [5n, "5n"],
  [[5], "[5]"],
  [{ five: 5 }, '{"five":5}'],
  [Symbol("five"), "a symbol"],
  [() => 5, "a function"],
  [new Float32Array(3), "a Float32Array"],
];

test("written() is short and on one line, whatever the value", () => {
  for (const [value, text] of WRONG_KINDS) assert.equal(written(value), text);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  assert.equal(written(circle), "an object");
  assert.equal(written("x".repeat(1000)).length, 62);
  assert.equal(written("two\nlines"), '"two\\nlines"');
  assert.equal(written("\u001b[31mred"), '"\\u001b[31mred"');
  assert.ok(written({ long: "y".repeat(1000) }).length <= 60);
  const angry = {
    toJSON() {
      throw new Error("no");
    },
  };
  assert.equal(written(angry), "an object");
});

test("written() names what comes from this library, or from TensorFlow.js", async () => {
  const { dataset, mlp, study, tf, train, truthTable } = await import("../src/index.js");
  const data = truthTable("xor");
  const quick = { epochs: 1, progress: false } as const;
  const named: [value: unknown, name: string][] = [
    [data, "a dataset"],
    [dataset([[1]], [2]), "a dataset"],
    [mlp(), "a model"],
    [await train(mlp(), data, quick), "a run"],
    [await study({ hidden: 1, trials: 1, ...quick }), "a study"],
    [tf.tensor1d([1]), "a tensor"],
    [tf.train.adam(), "an optimizer of TensorFlow.js"],
    [tf.initializers.heNormal({}), "an object of TensorFlow.js"],
  ];
  for (const [value, name] of named) {
    assert.equal(written(value), name);
    assert.throws(
      () => optionsObject("train", value, ["epochs"]),
      /must be an object \{ epochs \}, got an? /,
    );
  }
});

test("wholeNumber() takes whole numbers in range and says what else came", () => {
  assert.equal(wholeNumber("train", "epochs", 100, 1), 100);
  assert.equal(wholeNumber("train", "epochs", 1, 1, 1), 1);
  for (const came of [0.5, 0, -3, Number.NaN, Infinity, -Infinity, 2 ** 53])
    assert.throws(() => wholeNumber("train", "epochs", came, 1), {
      name: "RangeError",
      message: new RegExp(
        `^train: epochs must be a whole number ≥ 1( and ≤ 9007199254740991)?, got ${came}$`,
      ),
    });
  assert.throws(() => wholeNumber("xor", "rows", 11, 1, 10), {
    name: "RangeError",
    message: "xor: rows must be a whole number ≥ 1 and ≤ 10, got 11",
  });
  for (const [came, text] of WRONG_KINDS)
    assert.throws(() => wholeNumber("train", "epochs", came, 1), {
      name: "TypeError",
      message: `train: epochs must be a whole number ≥ 1, got ${text}`,
    });
});

test("finiteNumber() names exactly the bounds it has", () => {
  const message = (range: object, came: unknown) => {
    let text = "";
    assert.throws(
      () => finiteNumber("train", "rho", came, range),
      (error: Error) => {
        text = `${error.name} ${error.message}`;
        return true;
      },
    );
    return text;
  };
  assert.equal(message({}, Infinity), "RangeError train: rho must be a finite number, got Infinity");
  assert.equal(message({ low: 0 }, -1), "RangeError train: rho must be a finite number ≥ 0, got -1");
  assert.equal(message({ above: 0 }, 0), "RangeError train: rho must be a finite number > 0, got 0");
  assert.equal(
    message({ low: 0, below: 1 }, 1),
    "RangeError train: rho must be a finite number ≥ 0 and < 1, got 1",
  );
  assert.equal(
    message({ above: 0, high: 1 }, 1.5),
    "RangeError train: rho must be a finite number > 0 and ≤ 1, got 1.5",
  );
  assert.equal(message({ low: 0 }, Number.NaN), "RangeError train: rho must be a finite number ≥ 0, got NaN");
  assert.equal(message({ low: 0 }, "1"), 'TypeError train: rho must be a finite number ≥ 0, got "1"');
  assert.equal(finiteNumber("train", "rho", 0, { low: 0, below: 1 }), 0);
  assert.equal(finiteNumber("train", "rho", 1, { above: 0, high: 1 }), 1);
});

test("oneOf() suggests the near name and lists all", () => {
  const names = ["relu", "leakyRelu", "elu", "sigmoid", "softplus", "tanh", "linear"] as const;
  assert.equal(oneOf("mlp", "activation", "relu", names), "relu");
  assert.throws(() => oneOf("mlp", "activation", "rleu", names), {
    name: "RangeError",
    message:
      'mlp: unknown activation "rleu"; did you mean "relu"? (elu, leakyRelu, linear, relu, sigmoid, softplus, tanh)',
  });
  const nearMisses = {
    leaky_relu: "leakyRelu",
    ReLU: "relu",
    sigmoïd: "sigmoid",
    Sigmoid: "sigmoid",
    "soft plus": "softplus",
    tahn: "tanh",
  };
  for (const [came, meant] of Object.entries(nearMisses))
    assert.throws(() => oneOf("mlp", "activation", came, names), new RegExp(`did you mean "${meant}"\\?`));
});

test("oneOf() suggests nothing where nothing is near", () => {
  for (const came of ["", "!", "something else entirely", "日本語"])
    assert.throws(() => oneOf("train", "optimizer", came, ["adam", "sgd"]), {
      name: "RangeError",
      message: `train: unknown optimizer ${JSON.stringify(came)}; (adam, sgd)`,
    });
  assert.throws(() => oneOf("truthTable", "gate", "", ["or", "xor"]), { message: /^[^?]*$/ });
});

test("unknownName() is a TypeError for what is no name", () => {
  for (const [came, text] of WRONG_KINDS.filter(([value]) => typeof value !== "string")) {
    const error = unknownName("mlp", "activation", came, ["tanh", "elu"]);
    assert.ok(error instanceof TypeError);
    assert.equal(error.message, `mlp: activation must be a name (elu, tanh), got ${text}`);
  }
});

test("optionsObject() takes known keys only", () => {
  const known = ["epochs", "batchSize"] as const;
  assert.deepEqual(optionsObject("train", undefined, known as never), {});
  assert.deepEqual(optionsObject("train", { epochs: 5 }, known as never), { epochs: 5 });
  assert.throws(() => optionsObject("train", { epoch: 5 }, known as never), {
    name: "RangeError",
    message: 'train: unknown option "epoch"; did you mean "epochs"? (batchSize, epochs)',
  });
  for (const came of [null, 5, "epochs", [5], true, () => 5, Symbol("s")])
    assert.throws(() => optionsObject("train", came, known as never), {
      name: "TypeError",
      message: `train: the options must be an object { epochs, batchSize }, got ${written(came)}`,
    });
});

test("optionsObject() does not take the object's prototype for options", () => {
  assert.throws(
    () => optionsObject("train", JSON.parse('{"__proto__": 1}'), ["epochs"] as never),
    RangeError,
  );
  assert.throws(() => optionsObject("train", { toString: 1 }, ["epochs"] as never), RangeError);
});

test("seedNumber(), trueOrFalse() and plainText() say what they take", () => {
  assert.equal(seedNumber("xor", 0), 0);
  assert.equal(seedNumber("xor", Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  assert.throws(() => seedNumber("xor", -1), {
    name: "RangeError",
    message: "xor: seed must be a whole number ≥ 0, got -1",
  });
  assert.equal(trueOrFalse("train", "shuffle", false), false);
  assert.throws(() => trueOrFalse("train", "shuffle", 1), {
    name: "TypeError",
    message: "train: shuffle must be true or false, got 1",
  });
  const markup = "</script><b>&amp;";
  assert.equal(plainText("dataset", "name", markup), markup);
  assert.throws(() => plainText("dataset", "name", 7), {
    name: "TypeError",
    message: "dataset: name must be a text, got 7",
  });
});
