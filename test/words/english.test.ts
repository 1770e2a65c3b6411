import assert from "node:assert/strict";
import { test } from "node:test";
import { countedRange, oneLine } from "../../src/words/english.js";

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
