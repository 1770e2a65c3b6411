import assert from "node:assert/strict";
import { test } from "node:test";
import { clearlyDiffer, estimateText, fromTo, ratesText } from "../../../src/figures/parts/compared.js";

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
  const said = (...all: [string, number][]) => ratesText(rates(...all), "xor");
  assert.equal(
    said(["ReLU", 0.21], ["ELU", 0.76]),
    "76 % of trials (74–78 %) solve xor with ELU, 21 % (19–23 %) with ReLU",
  );
  assert.equal(
    said(["ReLU", 0.74], ["ELU", 0.76]),
    "74–76 % of trials (72–78 %) solve xor with each of 2 settings",
  );
  assert.equal(said(["ReLU", 0.21]), "21 % of trials (19–23 %) solve xor");
});

test('ratesText() joins names that have an "and" of their own by other words', () => {
  const deep = { name: "4 and 2 units", value: 0.9, interval: [0.8, 1] as const };
  const settings = [
    { ...deep, name: "5 units" },
    deep,
    { name: "1 unit", value: 0, interval: [0, 0.1] as const },
  ];
  assert.equal(
    ratesText(settings, "xor"),
    "90 % of trials (80–100 %) solve xor with 5 units as well as 4 and 2 units, 0 % (0–10 %) with 1 unit",
  );
});

test("ratesText() tells no groups apart of which some intervals overlap", () => {
  const wide = (name: string, value: number, low: number, high: number) => ({
    name,
    value,
    interval: [low, high] as const,
  });
  const some = [
    wide("a", 0.28, 0.2, 0.37),
    wide("b", 0.2, 0.13, 0.29),
    wide("c", 0.4, 0.31, 0.5),
    wide("d", 0.53, 0.43, 0.62),
  ];
  assert.equal(ratesText(some, "xor"), "20–53 % of trials (13–62 %) solve xor with each of 4 settings");
});

test("estimateText() writes as many digits as its interval shows", () => {
  const interval = [0.7562, 0.7641] as const;
  assert.equal(estimateText([{ value: 0.76, interval }]), "76.0 % (75.6–76.4 %)");
  const wide = [
    { value: 0, interval: [0, 0.088] as const },
    { value: 0.03, interval: [0.01, 0.128] as const },
  ];
  assert.equal(estimateText(wide, " of trials"), "0–3 % of trials (0–13 %)");
});
