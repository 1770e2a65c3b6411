import assert from "node:assert/strict";
import { test } from "node:test";
import type { Trial } from "../../src/engine/trial.js";
import { truthTable } from "../../src/index.js";
import { networkSettings } from "../../src/settings/network.js";
import { trainSettings } from "../../src/settings/training.js";
import { makeRun } from "../../src/train/makeRun.js";
import { notesOn } from "../../src/train/notes.js";

/** A training that is stopped after its first step, when the weights are these. */
function stoppedWith(weights: Float32Array, taken = true) {
  const trial: Pick<Trial, "weights"> = { weights: () => weights };
  const { network } = networkSettings("test", {});
  const settings = trainSettings("test", { epochs: 5 });
  const training = { network, settings, data: truthTable("xor"), validation: undefined };
  const made = { ...training, engine: "fused", engineReason: "a test" } as const;
  const notes = notesOn(trial as Trial, made);
  if (taken) notes.take({ epoch: 0, step: 1, loss: 0.7, accuracy: 0.5, epochEnds: false });
  return makeRun(made, notes.log("stopped", 1), {});
}

test("a training that is stopped with weights that are no numbers has diverged, whoever asks", () => {
  const broken = stoppedWith(new Float32Array(9).fill(Number.NaN));
  assert.deepEqual(
    [broken.status, broken.ending, broken.divergedAt],
    ["diverged", "diverged", { epoch: 0, step: 1 }],
  );
  assert.match(String(broken), /: diverged in epoch 1, step 1;/);
  const sound = stoppedWith(new Float32Array(9).fill(0.1));
  assert.deepEqual([sound.status, sound.ending], ["stopped", "stopped"]);
  assert.equal(
    stoppedWith(new Float32Array(9).fill(Number.NaN), false).ending,
    "stopped",
    "it was not trained at all",
  );
});
