import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { CHECKOUT } from "../support/checkout.js";

interface Sources {
  inSources(text: string): string;
}

test("inSources() tells where in the sources an error was made, and leaves places without a map", async () => {
  const { inSources } = (await import(pathToFileURL(join(CHECKOUT, "test/run/sources.mjs")).href)) as Sources;
  const line = 14;
  const stack = new Error("here").stack ?? "";
  const place = `${join(CHECKOUT, "test", "run", "sources.test.ts")}:${line}:17`;
  const url = stack.replaceAll(CHECKOUT, pathToFileURL(CHECKOUT).href);
  for (const text of [stack, url]) assert.ok(inSources(text).includes(place), inSources(text));
  for (const other of ["at g (node:internal/x.js:3:4)", "at h (/no/such/file.js:3:4)"])
    assert.equal(inSources(other), other);
});
