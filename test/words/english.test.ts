import assert from "node:assert/strict";
import { test } from "node:test";
import { allOf, countedRange, inMarkdown, ofThe, oneLine, outside } from "../../src/words/english.js";

test("oneLine() keeps a text within its line and away from the terminal", () => {
  assert.equal(oneLine("a\r\nb\tc\u2028d"), "a b c d");
  assert.equal(oneLine("\u001b[2Jgone\u009b1m"), " [2Jgone 1m");
  assert.equal(oneLine("</script> ½ 日本 😀"), "</script> ½ 日本 😀");
  assert.equal(oneLine("left\u202eright \ud800"), "left right \ufffd");
});

test("countedRange() writes one number where all are the same", () => {
  assert.deepEqual(
    [countedRange([8, 8], "trial"), countedRange([24, 4, 8], "trial"), countedRange([1], "trial")],
    ["8 trials", "4 to 24 trials", "1 trial"],
  );
});

test("allOf() and ofThe() say of all that they are all", () => {
  assert.deepEqual(
    [1, 2, 5].map((count) => allOf(count, "row")),
    ["the one row", "both rows", "all 5 rows"],
  );
  assert.deepEqual([ofThe(3, 5), ofThe(2, 2)], ["3 of the 5", "both"]);
});

test("inMarkdown() lets no line end in a share or in a row of numbers, and leaves names from outside as they are", () => {
  assert.equal(inMarkdown("12 % of (0, −1.5, 1), ln 2"), "12\u00a0% of (0,\u00a0−1.5,\u00a01), ln\u00a02");
  assert.equal(inMarkdown("train(run, { epochs: 5 }), (a, b)"), "train(run, { epochs: 5 }), (a, b)");
  assert.equal(inMarkdown(`of ${outside("5 % (0, 1)")}: 5 %`), "of `5 % (0, 1)`: 5\u00a0%");
});
