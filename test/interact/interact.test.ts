import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { interact } from "../../src/index.js";
import { outputPlaces } from "../../src/interact/places.js";

/** interact() where no control can be used; with controls: test/kernel/interact.test.ts and test/whole/. */

let printed: unknown[][];
beforeEach(() => {
  printed = [];
  mock.method(console, "log", (...values: unknown[]) => void printed.push(values));
});
afterEach(() => mock.restoreAll());

test("in a program interact() runs once with the first values, and prints what it shows", async () => {
  const shown = await interact(
    { n: { min: 1, max: 3 }, kind: ["a", "b"] },
    async ({ n, kind }) => `${n} ${kind}`,
  );
  assert.deepEqual(printed, [["n: 1, kind: a"], ["1 a"]]);
  assert.deepEqual(shown.values, { n: 1, kind: "a" });
  shown.close();
  const figure = { data: [], layout: { meta: { description: "A figure." } } };
  for (const result of [undefined, 5, figure]) await interact({ on: true }, () => result);
  assert.deepEqual(printed.slice(2), [
    ["on: true"],
    ["on: true"],
    [5].map(String),
    ["on: true"],
    ["A figure."],
  ]);
});

test("interact() fails with what the function throws, and refuses what is no function", async () => {
  await assert.rejects(
    interact({ n: 1 }, () => {
      throw new RangeError("bad");
    }),
    { name: "RangeError", message: "bad" },
  );
  assert.throws(() => interact({ n: 1 }, 5 as never), {
    name: "TypeError",
    message: "interact: fn must be a function, got 5",
  });
});

test("outputPlaces() shows each run in the places of the one before, and takes away what is left", () => {
  const texts: string[] = [];
  const { begin } = outputPlaces((bundle) => {
    const at = texts.push(String(bundle["text/plain"])) - 1;
    return {
      update: (next) => {
        texts[at] = String(next["text/plain"]);
      },
    };
  });
  const display = (id: number, text: string) =>
    ({ kind: "display", id, bundle: { "text/plain": text } }) as const;
  const first = begin();
  first.take({ kind: "text", text: "a" });
  first.take({ kind: "text", text: "b" });
  first.take(display(1, "one"));
  first.take({ kind: "text", text: "c" });
  first.take({ kind: "update", id: 1, bundle: { "text/plain": "one, changed" } });
  first.take({ kind: "update", id: 9, bundle: { "text/plain": "unknown" } });
  first.end();
  assert.deepEqual(texts, ["ab", "one, changed", "c"]);
  const second = begin();
  second.take(display(1, "two"));
  assert.deepEqual(texts, ["two", "one, changed", "c"], "what follows stays until the run has ended");
  second.end();
  assert.deepEqual(texts, ["two", "", ""]);
  const third = begin();
  third.take({ kind: "text", text: "gone" });
  third.take({ kind: "clear" });
  third.take(display(1, "three"));
  third.end();
  assert.deepEqual(texts, ["three", "", ""]);
});
