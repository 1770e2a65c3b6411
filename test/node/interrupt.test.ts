import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { interruptHearer, onInterrupt } from "../../src/node/interrupt.js";

/** Listeners as they stand, `once` wrappers included. */
const standing = () => process.rawListeners("SIGINT");
let before: ReturnType<typeof standing>;
const heard: string[] = [];
const listener = (name: string) => () => void heard.push(name);
const press = () => process.emit("SIGINT");

beforeEach(() => {
  before = standing();
  process.removeAllListeners("SIGINT");
  heard.length = 0;
});

afterEach(() => {
  process.removeAllListeners("SIGINT");
  for (const one of before) process.on("SIGINT", one as NodeJS.SignalsListener);
});

test("onInterrupt() sets foreign listeners aside while it listens, and puts them back in their order", () => {
  const foreign = ["first", "second", "third"].map(listener);
  for (const one of foreign) process.on("SIGINT", one);
  const release = onInterrupt(listener("work"));
  press();
  assert.deepEqual(heard, ["work"]);
  release();
  assert.deepEqual(standing(), foreign);
  press();
  assert.deepEqual(heard, ["work", "first", "second", "third"]);
});

test("onInterrupt() stops all works that overlap, and gives back when the last is done", () => {
  const foreign = listener("foreign");
  process.on("SIGINT", foreign);
  const releaseFirst = onInterrupt(listener("first work"));
  const releaseSecond = onInterrupt(listener("second work"));
  press();
  assert.deepEqual(heard, ["first work", "second work"]);
  releaseFirst();
  press();
  assert.deepEqual(heard, ["first work", "second work", "second work"]);
  const releaseThird = onInterrupt(listener("third work"));
  releaseSecond();
  press();
  assert.deepEqual(heard.slice(3), ["third work"]);
  releaseThird();
  assert.deepEqual(standing(), [foreign]);
});

test("releasing twice does no harm to a later work", () => {
  const release = onInterrupt(listener("early"));
  release();
  const releaseLater = onInterrupt(listener("later"));
  release();
  press();
  assert.deepEqual(heard, ["later"]);
  releaseLater();
  assert.deepEqual(standing(), []);
});

test("a listener for one signal only stays one", () => {
  process.once("SIGINT", listener("once"));
  const release = onInterrupt(listener("work"));
  press();
  release();
  press();
  press();
  assert.deepEqual(heard, ["work", "once"]);
});

test("listeners that came while a work went on stay, behind those that were there before", () => {
  const [old, young] = [listener("old"), listener("young")];
  process.on("SIGINT", old);
  const release = onInterrupt(listener("work"));
  process.on("SIGINT", young);
  press();
  assert.deepEqual(heard, ["work", "young"]);
  release();
  assert.deepEqual(standing(), [old, young]);
});

test("a work that stops itself while the signal is handled does not disturb the others", () => {
  const releases: (() => void)[] = [];
  for (const name of ["one", "two", "three"])
    releases.push(
      onInterrupt(() => {
        heard.push(name);
        releases[0]();
      }),
    );
  press();
  assert.deepEqual(heard, ["one", "two", "three"]);
  for (const release of releases) release();
  assert.deepEqual(standing(), []);
});

test("interruptHearer() lets the kernel pass on what has come, where a kernel listens", () => {
  assert.equal(interruptHearer(), undefined);
  const events: NodeJS.EventEmitter = process;
  let arrived = 1;
  const pass = (): void => {
    if (arrived-- > 0) press();
  };
  events.on("hearInterrupt", pass);
  const release = onInterrupt(listener("work"));
  const hear = interruptHearer();
  hear?.();
  hear?.();
  assert.deepEqual(heard, ["work"]);
  release();
  events.off("hearInterrupt", pass);
});
