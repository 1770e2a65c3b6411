import assert from "node:assert/strict";
import { test } from "node:test";
import { study, tf } from "../../src/index.js";

test("a study in TensorFlow.js that is stopped within a trial leaves no tensor behind", async () => {
  await study({ trials: 1, epochs: 1, rows: 8, engine: "tfjs", progress: false }); // the backend is there
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 100);
  const stopped = await study({ epochs: 1000, engine: "tfjs", progress: false, signal: controller.signal });
  assert.equal(stopped.status, "stopped");
  assert.equal(stopped.rows[0].trials, 0);
  assert.equal(tf.memory().numTensors, before);
});
