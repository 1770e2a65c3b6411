import assert from "node:assert/strict";
import { test } from "node:test";
import { printer } from "../../src/page/cells/print.js";

/** What cells of an exported page print, on its way to the page. */

test("lines are sent at once, for long work may follow, and of many most go together", async () => {
  const sent: string[] = [];
  const print = printer(
    (_, text) => sent.push(text),
    () => Promise.resolve(),
  );
  for (const line of ["a\n", "b\n", "c\n"]) print("stdout", line);
  assert.deepEqual(sent, ["a\n", "b\n", "c\n"]);
  for (let i = 0; i < 20_000; i++) print("stdout", "line\n");
  assert.ok(sent.length < 2000, `${sent.length} messages`);
  await Promise.resolve();
  assert.equal(sent.join(""), `a\nb\nc\n${"line\n".repeat(20_000)}`);
});
