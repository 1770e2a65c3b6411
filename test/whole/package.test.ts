import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";
import { noChromium } from "../support/chromium.js";

// Needs: Chromium

test("the packed tarball is what a stranger can use", { skip: noChromium() }, () => {
  const program = [join(CHECKOUT, "tools", "release.mjs"), "--quick"];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, {
    cwd: CHECKOUT,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
});
