import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../src/numbers/random.js";
import { courseOf, hasGrown, perfectFrom } from "../../src/verdict/course.js";

const losses = (loss: (epoch: number) => number) => Array.from({ length: 100 }, (_, i) => loss(i));
const word = (history: readonly number[]) => courseOf(history)?.word;

test("courseOf() names what the losses did in the last quarter", () => {
  assert.equal(word(losses((i) => 1 - i / 200)), "falling");
  assert.equal(word(losses((i) => 1 - i / 5000)), "slow");
  assert.equal(word(losses(() => 0.34)), "flat");
  assert.equal(word(losses((i) => (i % 2 ? 1 : 0.5))), "oscillating");
  assert.equal(word(losses((i) => 1 + i / 200)), "rising");
  assert.equal(word(losses((i) => (i < 74 ? 1 - i / 200 : 0.63))), "flat", "only the last quarter counts");
  assert.equal(word(losses(() => 0)), "flat");
});

test("courseOf() knows nothing of fewer than 8 epochs, and of fewer than 32 looks at 8", () => {
  assert.equal(courseOf([1, 2, 3, 4, 5, 6, 7]), undefined);
  assert.equal(courseOf([1, 2, 3, 4, 5, 6, 7, 8])?.epochs, 8);
  assert.equal(courseOf(losses(() => 1).slice(0, 31))?.epochs, 8);
  assert.equal(courseOf(losses(() => 1))?.epochs, 25);
});

test("courseOf() measures fall, change and range", () => {
  const course = courseOf([8, 7, 6, 5, 4, 3, 2, 1]);
  assert.ok(course);
  assert.equal(course.range, 7);
  assert.ok(Math.abs(course.fell - (6.5 - 2.5) / 6.5) < 1e-12);
  assert.ok(Math.abs(course.change - 1 / 4.5) < 1e-12);
});

test("courseOf() takes noise for flat: about one in 700 looks like a fall", () => {
  const source = random(5, "noise");
  const words = Array.from({ length: 300 }, () => word(losses(() => 0.5 + 0.02 * source.normal())));
  assert.ok(words.filter((one) => one !== "flat").length <= 6, words.join());
});

test("perfectFrom() is the epoch after the last mistake", () => {
  assert.equal(perfectFrom([0.5, 1, 0.75, 1, 1]), 4);
  assert.equal(perfectFrom([1, 1]), 1);
  assert.equal(perfectFrom([1, 0.9]), undefined);
  assert.equal(perfectFrom([]), undefined);
});

test("courseOf() knows a loss that goes one way in every epoch, however unlike its steps are", () => {
  assert.equal(word(losses((i) => 2 ** i)), "rising");
  assert.equal(word(losses((i) => 2 ** -i)), "falling");
  assert.equal(word(losses((i) => 2 ** i * (i % 2 ? 1 : 5))), "oscillating");
});

test("courseOf() takes as many epochs as a training may have", () => {
  assert.equal(courseOf(new Array<number>(1_000_000).fill(0.5))?.word, "flat");
});

test("hasGrown() of losses half as large again as the first, or larger in every epoch", () => {
  const cases: [readonly number[], boolean][] = [
    [[1, 0.9, 1.5], true],
    [[1, 0.9, 1.4], false],
    [[1, 1.01, 1.02], true],
    [[1, 1.01], false],
    [[], false],
  ];
  for (const [history, grown] of cases) assert.equal(hasGrown(history), grown, history.join());
});
