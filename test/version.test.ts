import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { VERSION } from "../src/version.js";
import { CHECKOUT } from "./support/checkout.js";

test("VERSION, which parts of studies carry, is that of package.json", () => {
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  assert.equal(VERSION, version);
});
