import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cosine, exponential, logarithm, sine } from "../../src/numbers/elementary.js";
import { random } from "../../src/numbers/random.js";

/** The largest error over many arguments, and where it is. */
function worst(count: number, argument: (i: number) => number, error: (x: number) => number) {
  let largest = 0;
  let at = Number.NaN;
  for (let i = 0; i < count; i++) {
    const x = argument(i);
    const e = error(x);
    if (!(e <= largest)) [largest, at] = [e, x]; // NaN counts as an error
  }
  return { largest, at };
}

const relative = (actual: number, expected: number) => Math.abs(actual / expected - 1);
const across = (low: number, high: number, count: number) => (i: number) => low + ((high - low) * i) / count;

test("exponential() agrees with Math.exp to 1e-15 over its whole range", () => {
  const { largest, at } = worst(200_000, across(-708, 709.78, 200_000), (x) =>
    relative(exponential(x), Math.exp(x)),
  );
  assert.ok(largest < 1e-15, `relative error ${largest} at ${at}`);
  const near = worst(20_000, across(-1e-3, 1e-3, 20_000), (x) => relative(exponential(x), Math.exp(x)));
  assert.ok(near.largest < 1e-15, `relative error ${near.largest} at ${near.at}`);
});

test("exponential() reaches the subnormals, with no error above their last bit", () => {
  const { largest, at } = worst(20_000, across(-745, -708, 20_000), (x) =>
    Math.abs(exponential(x) - Math.exp(x)) / Number.MIN_VALUE > 1 ? relative(exponential(x), Math.exp(x)) : 0,
  );
  assert.ok(largest < 1e-15, `error ${largest} at ${at}`);
});

test("logarithm() agrees with Math.log to 1e-15 over its whole range", () => {
  const { uniform } = random(1, "logarithm");
  const anywhere = () => 2 ** (2096 * uniform() - 1073) * (1 + uniform());
  for (const argument of [anywhere, () => 0.5 + 1.5 * uniform(), () => 1 + 1e-3 * (uniform() - 0.5)]) {
    const { largest, at } = worst(100_000, argument, (x) =>
      x === 1 || x === Infinity || x === 0 ? 0 : relative(logarithm(x), Math.log(x)),
    );
    assert.ok(largest < 1e-15, `relative error ${largest} at ${at}`);
  }
});

test("logarithm() undoes exponential()", () => {
  const { largest, at } = worst(20_000, across(-700, 700, 20_000), (x) =>
    Math.abs(logarithm(exponential(x)) - x),
  );
  assert.ok(largest < 4e-13, `error ${largest} at ${at}`); // half a unit in the last place of eˣ, and of 700
});

test("sine() and cosine() agree with Math to 1e-14 up to a few hundred", () => {
  const range = across(-400, 400, 200_000);
  const sines = worst(200_000, range, (x) => Math.abs(sine(x) - Math.sin(x)));
  const cosines = worst(200_000, range, (x) => Math.abs(cosine(x) - Math.cos(x)));
  assert.ok(sines.largest < 1e-14, `sine: ${sines.largest} at ${sines.at}`);
  assert.ok(cosines.largest < 1e-14, `cosine: ${cosines.largest} at ${cosines.at}`);
});

test("exponential() at its edges", () => {
  const edges: [x: number, expected: number][] = [
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [Number.NaN, Number.NaN],
    [Number.MIN_VALUE, 1],
    [709.7827128933841, Infinity],
    [1e308, Infinity],
    [-745.1332191019411, Number.MIN_VALUE],
    [-745.1332191019412, 0],
    [-1e308, 0],
  ];
  for (const [x, expected] of edges) assert.equal(exponential(x), expected, `exponential(${x})`);
  assert.ok(relative(exponential(709.782712893384), 1.7976931348622732e308) < 1e-15);
});

test("logarithm() at its edges", () => {
  const edges: [x: number, expected: number][] = [
    [1, 0],
    [0, -Infinity],
    [-0, -Infinity],
    [-1, Number.NaN],
    [-Number.MIN_VALUE, Number.NaN],
    [-Infinity, Number.NaN],
    [Infinity, Infinity],
    [Number.NaN, Number.NaN],
    [2, Math.LN2],
    [0.5, -Math.LN2],
  ];
  for (const [x, expected] of edges) assert.equal(logarithm(x), expected, `logarithm(${x})`);
  for (const x of [Number.MIN_VALUE, 1e-310, 2.225073858507201e-308, Number.MAX_VALUE])
    assert.ok(relative(logarithm(x), Math.log(x)) < 1e-15, `logarithm(${x})`);
});

test("sine() and cosine() at their edges", () => {
  assert.equal(sine(0), 0);
  assert.equal(cosine(0), 1);
  assert.equal(sine(Number.MIN_VALUE), Number.MIN_VALUE);
  assert.equal(sine(Math.PI / 2), 1);
  assert.ok(Math.abs(sine(Math.PI) - Math.sin(Math.PI)) < 1e-25);
  for (const x of [Infinity, -Infinity, Number.NaN]) {
    assert.ok(Number.isNaN(sine(x)));
    assert.ok(Number.isNaN(cosine(x)));
  }
});

test("the functions give the same bits on every machine", () => {
  // Pinned from our own results: they use nothing that a machine may round differently.
  assert.equal(exponential(2), 7.38905609893065);
  assert.equal(exponential(-0.1), 0.9048374180359595);
  assert.equal(exponential(0.345), 1.411989919667659);
  assert.equal(exponential(3.3), 27.112638920657883);
  assert.equal(logarithm(7), 1.9459101490553132);
  assert.equal(logarithm(0.3), -1.2039728043259361);
  assert.equal(sine(1), 0.8414709848078965);
  assert.equal(cosine(100), 0.8623188722876812);
});

test("the functions need nothing of Math that a machine may round differently", () => {
  const source = readFileSync(require.resolve("../../src/numbers/elementary.js"), "utf8");
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  assert.deepEqual([...new Set(code.match(/Math\.[a-z]\w*/g))], ["Math.round"]);
  assert.doesNotMatch(code, /\*\*/);
});
