import assert from "node:assert/strict";
import { test } from "node:test";
import { CONTROLS_TYPE, controlsBundle, controlsWith, knobsOf } from "../../src/interact/controls.js";
import { rangeOf } from "../../src/interact/range.js";

test("knobsOf() makes a control of each kind of option", () => {
  const knobs = knobsOf({
    n: { min: 0, max: 8, value: 2, label: "units" },
    rate: { min: 0.001, max: 0.1 },
    some: 3,
    kind: { choices: ["a", "b"], value: "b" },
    size: [10, 20],
    on: true,
    name: "x",
  });
  assert.deepEqual(
    knobs.map(({ control }) => control),
    [
      { label: "units", kind: "number", value: 2, low: 0, high: 8, step: 1 },
      { label: "rate", kind: "number", value: 0.001, low: 0.001, high: 0.1, step: 0.001 },
      { label: "some", kind: "number", value: 3, low: 1, high: 10, step: 1 },
      { label: "kind", kind: "choice", value: 1, choices: ["a", "b"] },
      { label: "size", kind: "choice", value: 0, choices: ["10", "20"] },
      { label: "on", kind: "checkbox", value: true },
      { label: "name", kind: "text", value: "x" },
    ],
  );
  assert.deepEqual(
    knobs.map(({ control, meaning }) => meaning(control.value)),
    [2, 0.001, 3, "b", 10, true, "x"],
  );
});

test("a knob accepts only what its control can show; a slider's values lie on its steps", () => {
  const accepted = (option: unknown, ...sent: unknown[]) =>
    sent.map((one) => knobsOf({ a: option })[0].accept(one));
  assert.deepEqual(accepted({ min: 1, max: 8 }, 3, 3.4, -1, 99, Number.NaN, "3", null), [
    3,
    3,
    1,
    8,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(accepted({ min: 0, max: 1, step: 0.1 }, 0.3, 0.31, 0.7000001), [0.3, 0.3, 0.7]);
  assert.deepEqual(accepted({ min: 0, max: 1, step: 0.4 }, 1), [0.8]);
  assert.deepEqual(accepted(0.1, -3, 1e9, Number.POSITIVE_INFINITY), [-3, 1e9, undefined]);
  assert.deepEqual(accepted(["a", "b"], 1, 2, -1, 0.5, "a", "length"), [
    1,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(accepted(true, false, 0, "true"), [false, undefined, undefined]);
  assert.deepEqual(accepted("x", "<b>", 1, "y".repeat(10_001)), ["<b>", undefined, undefined]);
});

test("knobsOf() names what is wrong", () => {
  const wrong: readonly (readonly [unknown, string, RegExp])[] = [
    [
      undefined,
      "TypeError",
      /^interact: the options must be an object \{ name: control, … \}, got undefined$/,
    ],
    [{}, "RangeError", /^interact: the options must have 1 to 40 controls, got 0$/],
    [{ n: { min: 2, max: 1 } }, "RangeError", /^interact: n\.max must be a finite number > 2, got 1$/],
    [{ n: { min: 0 } }, "TypeError", /^interact: n\.max must be a finite number > 0, got undefined$/],
    [
      { n: { min: 0, max: 1, step: 0 } },
      "RangeError",
      /^interact: n\.step must be a finite number > 0, got 0$/,
    ],
    [
      { n: { min: 0, max: 1, value: 2 } },
      "RangeError",
      /^interact: n\.value must be a finite number ≥ 0 and ≤ 1, got 2$/,
    ],
    [
      { n: { min: 0, max: 1, steps: 2 } },
      "RangeError",
      /^interact: n: unknown option "steps"; did you mean "step"\?/,
    ],
    [{ n: [] }, "TypeError", /^interact: n must have texts or numbers to choose from, got \[\]$/],
    [
      { n: ["a", {}] },
      "TypeError",
      /^interact: n must have texts or numbers to choose from, got \{\} among them$/,
    ],
    [
      { n: { choices: ["a"], value: "b" } },
      "RangeError",
      /^interact: n\.value must be one of its choices, got "b"$/,
    ],
    [
      { n: null },
      "TypeError",
      /^interact: n must be \{ min, max \}, a list, a number, true or false, or a text, got null$/,
    ],
    [{ n: { min: 0, max: 1, label: 5 } }, "TypeError", /^interact: n\.label must be a text, got 5$/],
    [{ n: Number.NaN }, "RangeError", /^interact: n must be a finite number, got NaN$/],
  ];
  for (const [options, name, message] of wrong) assert.throws(() => knobsOf(options), { name, message });
});

test("controlsBundle() says the values in a line; texts stay on it", () => {
  const knobs = knobsOf({ n: 2, "a\nb": "c\u202ed".repeat(100), kind: ["x", "y"] });
  const bundle = controlsBundle("id", controlsWith(knobs, [3, "two\nlines", 1]));
  assert.equal(bundle["text/plain"], "n: 3, a b: two lines, kind: y");
  assert.deepEqual(bundle[CONTROLS_TYPE], {
    id: "id",
    controls: [
      { label: "n", kind: "number", value: 3, low: 1, high: 10, step: 1 },
      { label: "a b", kind: "text", value: "two\nlines" },
      { label: "kind", kind: "choice", value: 1, choices: ["x", "y"] },
    ],
  });
});

test("rangeOf() goes to the power of ten above twice the value, in whole steps for whole numbers", () => {
  assert.deepEqual(rangeOf(2), { low: 1, high: 10, step: 1 });
  assert.deepEqual(rangeOf(0.01), { low: 0, high: 0.1, step: 0.001 });
  assert.deepEqual(rangeOf(-3), { low: -10, high: 10, step: 1 });
  assert.deepEqual(rangeOf(0), { low: 0, high: 1, step: 0.01 });
  assert.deepEqual(rangeOf(0.01, 0.001, 0.1), { low: 0.001, high: 0.1, step: 0.001 });
});
