import assert from "node:assert/strict";
import { test } from "node:test";
import { courseText, stoppedText, unsolvedText } from "../../src/words/course.js";

test("courseText() has one phrase for each course of a loss", () => {
  assert.deepEqual(
    (["falling", "slow", "oscillating", "rising", "flat"] as const).map((course) =>
      courseText(course, 0.33971),
    ),
    ["is still falling", "is still falling, slowly", "oscillates", "rises", "is flat at 0.3397"],
  );
});

test("unsolvedText() says only of a flat loss that the data are not solved, and of others by when", () => {
  assert.equal(unsolvedText("xor", 100, "flat", 0.3397), "does not solve xor: its loss is flat at 0.3397");
  assert.equal(
    unsolvedText("xor", 40, "slow", 0.5),
    "has not solved xor by epoch 40: its loss is still falling, slowly",
  );
  assert.equal(
    unsolvedText("xor", 3, undefined, 0.5),
    "has not solved xor by epoch 3: too few epochs to tell where its loss goes",
  );
  assert.equal(unsolvedText("xor", 0, undefined, 0.5), "does not solve xor");
});

test("stoppedText() says how far a training came", () => {
  assert.equal(stoppedText(12, 100), "was stopped after epoch 12 of 100");
  assert.equal(stoppedText(0, 100), "was stopped before its first epoch ended");
});
