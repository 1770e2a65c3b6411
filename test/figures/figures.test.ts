import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { asText, wrappedHeading, wrappedText } from "../../src/figures/parts/text.js";
import { figures, mlp, study, tf, train, truthTable, xor } from "../../src/index.js";
import { shortened } from "../../src/words/english.js";
import {
  assertFigure,
  plain,
  stoppedAtOnce,
  studyOf,
  studyRow,
  titleOf,
  trained,
} from "../support/figureCases.js";
import { assertNamedError, hostile, RUNS } from "../support/hostile.js";

test("figures.* do not change what they draw, and draw the same twice", async () => {
  const run = await trained();
  const before = JSON.stringify([run.history, run.weights(), Array.from(run.data.inputs)]);
  for (const draw of [figures.loss, figures.boundary]) {
    assert.deepEqual(draw(run), draw(run));
    assertFigure(draw(run));
  }
  assert.equal(JSON.stringify([run.history, run.weights(), Array.from(run.data.inputs)]), before);
  const rows = Object.freeze([studyRow(2, 20), studyRow(5, 70)].map((row) => Object.freeze(row)));
  assertFigure(figures.successByWidth(studyOf(rows)));
});

test("figures.* draw a run that was stopped before its first epoch ended", async () => {
  const run = await stoppedAtOnce();
  for (const draw of [figures.loss, figures.boundary]) assertFigure(draw(run));
});

test("figures.* draw a model that is no chain of dense layers", async () => {
  const layers = [tf.layers.dense({ units: 3, inputShape: [2] }), tf.layers.dropout({ rate: 0.5 })];
  const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 1, activation: "sigmoid" })] });
  const run = await train(model, xor({ rows: 20 }), { epochs: 2, progress: false });
  for (const draw of [figures.loss, figures.boundary]) {
    assertFigure(draw(run));
    assert.match(titleOf(draw(run)), /^The model /);
  }
});

test("figures.* say what they wanted, what came, and the cure", async () => {
  const run = await trained();
  const many = studyOf([studyRow(2, 20)]);
  const promise = Promise.resolve(run);
  const cases: [() => unknown, string][] = [
    [
      () => figures.loss(many as never),
      "figures.loss: expected a run (made by await train(…)) or an array of runs, got a study; figures.successByWidth draws it",
    ],
    [
      () => figures.loss(promise as never),
      "figures.loss: expected a run (made by await train(…)) or an array of runs, got a promise; write await before train(…) or study(…)",
    ],
    [() => figures.loss([]), "figures.loss: expected a run or at least one run in an array, got []"],
    [
      () => figures.loss([run, undefined as never]),
      "figures.loss: expected an array of runs, got undefined as element 1",
    ],
    [() => figures.loss(new Array(2)), "figures.loss: expected an array of runs, got undefined as element 0"],
    [
      () => figures.boundary([run] as never),
      "figures.boundary: expected a run (made by await train(…)), got an array of 1 runs",
    ],
    [
      () => figures.boundary(truthTable("xor") as never),
      "figures.boundary: expected a run (made by await train(…)), got a dataset",
    ],
    [
      () => figures.boundary(mlp() as never),
      "figures.boundary: expected a run (made by await train(…)), got a model",
    ],
    [
      () => figures.successByWidth(run as never),
      "figures.successByWidth: expected a study (made by await study(…)), got a run; figures.loss and figures.boundary draw it",
    ],
  ];
  for (const [call, message] of cases)
    assert.throws(call, { name: message.endsWith("[]") ? "RangeError" : "TypeError", message });
});

test("figures.loss() refuses runs whose losses cannot be compared", async () => {
  const runs = [await trained(), await trained({}, undefined, { loss: "meanSquaredError" })];
  assert.throws(() => figures.loss(runs), {
    name: "RangeError",
    message:
      "figures.loss: expected runs with one loss, since losses cannot be compared, got binaryCrossentropy and meanSquaredError",
  });
});

test("figures.* refuse any other value in their own name", async () => {
  for (const [name, draw] of Object.entries(figures))
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, fc.array(hostile)), (value) =>
        assertNamedError(`figures.${name}`, () => draw(value as never)),
      ),
      RUNS,
    );
});

test("figures are made of what train() and study() return", async () => {
  const run = await train(mlp(), xor({ rows: 20 }), { epochs: 2, progress: false });
  const many = await study({ hidden: [1, 2], trials: 2, epochs: 1, rows: 20, progress: false });
  for (const figure of [figures.loss(run), figures.boundary(run), figures.successByWidth(many)])
    assertFigure(figure);
});

test("asText() leaves nothing that Plotly reads as markup, template, equation or entity", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string()), (any) => {
      const text = asText(any);
      assert.doesNotMatch(text.replace(/&#\d+;/g, ""), /[<>&%${}"'\\^\p{Cc}\p{Cs}]/u);
      assert.equal(
        plain(text),
        any.replace(/\p{Cs}/gu, "\ufffd").replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " "),
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("wrappedText() and wrappedHeading() lose no letter and keep every line short", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 30 })), fc.boolean(), (words, heading) => {
      const text = words.join(" ");
      const wrapped = (heading ? wrappedHeading : wrappedText)(text, 200, 13);
      assert.equal(plain(wrapped.text).replaceAll(" ", ""), plain(asText(text)).replaceAll(" ", ""));
      const lines = wrapped.text.split("<br>");
      assert.equal(lines.length, wrapped.lines);
      for (const line of lines) assert.ok(Array.from(plain(line)).length * 0.31 * 13 <= 201, line);
    }),
  );
});

test("wrappedHeading() breaks two lines at a pause, if there is one", () => {
  const broken = (text: string) => plain(wrappedHeading(text, 312, 18).text.replaceAll("<br>", "|"));
  assert.equal(
    broken("sigmoid-2 solves xor: accuracy 1.0 from epoch 79 on"),
    "sigmoid-2 solves xor:|accuracy 1.0 from epoch 79 on",
  );
  assert.equal(
    broken("sigmoid-2 has not solved xor by epoch 100"),
    "sigmoid-2 has not solved xor by|epoch 100",
  );
});

test("wrappedText() keeps numbers that belong together in one line", () => {
  for (const kept of ["100 of 100", "seed 1", "12 %", "ln 2", "width 6", "(0, 1)", "(0, −1.5, 1)"])
    for (let width = 100; width < 200; width += 5)
      assert.ok(plain(wrappedText(`here it is ${kept} and no more`, width, 13).text).includes(kept), kept);
});

test("shortened() keeps short texts and says where it cut", () => {
  assert.equal(shortened("xor"), "xor");
  assert.equal(shortened("x".repeat(500)).length, 120);
  assert.ok(shortened("😀".repeat(500)).endsWith("😀…"));
});
