import assert from "node:assert/strict";
import { test } from "node:test";
import { clearlyDiffer, fromTo, ratesText } from "../../../src/figures/parts/compared.js";

const write = (low: number, high: number) => (low === high ? `${low}` : `${low}–${high}`);
/** Numbers that are known to ± 2. */
const near = (...values: number[]) =>
  values.map((value, i) => ({
    name: "abcdefg"[i],
    value,
    interval: [value - 2, value + 2] as const,
  }));

test("fromTo() names at both ends what intervals do not tell apart", () => {
  assert.equal(fromTo(near(1, 9), write), "1 (a) to 9 (b)");
  assert.equal(fromTo(near(1, 20, 9, 19, 2), write), "1–2 (a and e) to 19–20 (b and d)");
  assert.equal(fromTo(near(1, 1, 1, 9), write), "1 (3 of 4 settings) to 9 (d)");
  const long = near(1, 20, 21).map((one) => ({ ...one, name: one.name.repeat(30) }));
  assert.match(fromTo(long, write), /^1 \(a{30}\) to 20–21 \(2 of 3 settings\)$/);
});

test("fromTo() names nobody where all are alike, or some stand between both ends", () => {
  assert.equal(fromTo(near(5), write), "5");
  assert.equal(fromTo(near(5, 5), write), "5");
  assert.equal(fromTo(near(5, 8, 7), write), "5–8");
  assert.equal(fromTo(near(1, 5, 9), write), "1–9", "1 and 9 differ; 5 may be either");
  assert.equal(clearlyDiffer(near(1, 5, 9)), true);
  assert.equal(clearlyDiffer(near(1, 5)), false, "intervals that touch");
});

test("ratesText() says who solves what share, as far as intervals tell", () => {
  const rates = (...all: [string, number][]) =>
    all.map(([name, rate]) => ({ name, value: rate, interval: [rate - 0.02, rate + 0.02] as const }));
  assert.equal(ratesText(rates(["ReLU", 0.21], ["ELU", 0.76])), "ELU solves 76 % of trials, ReLU 21 %");
  assert.equal(
    ratesText(rates(["2 units", 0.21], ["5 units", 0.76]), "xor"),
    "5 units solve xor in 76 % of trials, 2 units in 21 %",
  );
  assert.equal(ratesText(rates(["ReLU", 0.74], ["ELU", 0.76])), "2 settings solve 74–76 % of trials");
  assert.equal(ratesText(rates(["ReLU", 0.21])), "21 % of trials solve their data");
});
