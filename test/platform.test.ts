import assert from "node:assert/strict";
import { test } from "node:test";
import { nodePlatform } from "../src/node/platform.js";
import { platform, setPlatform } from "../src/platform.js";

test("platform() is what was set, at every call, and says what to import if nothing was", () => {
  assert.throws(platform, { message: /^xorlab: its platform is unknown; import index\.js/ });
  setPlatform(nodePlatform);
  assert.equal(platform(), nodePlatform);
  const other = { ...nodePlatform, cores: 3 };
  setPlatform(other);
  assert.equal(platform(), other);
});

test("Node's turn() lets timers and other works have theirs", async () => {
  let ended = false;
  setTimeout(() => {
    ended = true;
  });
  const start = performance.now();
  while (!ended) {
    assert.ok(performance.now() - start < 5000, "the timer never came");
    await nodePlatform.turn();
  }
});
