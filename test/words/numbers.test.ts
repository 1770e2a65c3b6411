import assert from "node:assert/strict";
import { test } from "node:test";
import * as numbers from "../../src/words/numbers.js";

test("significant() writes no zeros at the end, and huge numbers with their power of ten", () => {
  assert.deepEqual(
    [0.3, 1 / 3, 1234.5, -4.37e19, 3.8065e28, 0].map((value) => numbers.significant(value)),
    ["0.3", "0.333", "1230", "−4.37e+19", "3.81e+28", "0"],
  );
});

test("differentTexts() has as many digits as tell two numbers, and their difference", () => {
  const pairs = [
    [0.9999, 1.0001],
    [0, 255],
    [1000, 1001],
    [0.12345, 0.12346],
    [7, 7],
  ] as const;
  assert.deepEqual(
    pairs.map(([one, other]) => numbers.differentTexts(one, other).join(" to ")),
    ["0.9999 to 1.0001", "0 to 255", "1000 to 1001", "0.12345 to 0.12346", "7 to 7"],
  );
});

test("negative numbers begin with a minus sign", () => {
  assert.deepEqual(
    [numbers.significant(-1), numbers.r2Text(-0.25), numbers.levelText(-1), numbers.answerText(-0.04)],
    ["−1", "−0.250", "−1", "−0.040"],
  );
});

test("lossText() has four decimals, and two digits where these would say next to nothing", () => {
  assert.deepEqual([0.33971, 0, 0.00012345, 12345.6].map(numbers.lossText), [
    "0.3397",
    "0.0000",
    "0.00012",
    "12000",
  ]);
});

test("percentText() never rounds to none or all", () => {
  assert.deepEqual(
    [0, 0.001, 0.5, 0.998, 1, Number.NaN].map((share) => numbers.percentText(share)),
    ["0 %", "under 1 %", "50 %", "over 99 %", "100 %", "–"],
  );
  assert.deepEqual(
    [0.0001, 0.9999, 0.1234].map((share) => numbers.percentText(share, 1)),
    ["under 0.1 %", "over 99.9 %", "12.3 %"],
  );
});

test("intervalText() writes one number where both ends read the same", () => {
  assert.deepEqual(
    [numbers.intervalText([0.157, 0.207]), numbers.intervalText([0, 0.001])],
    ["16–21 %", "0 %"],
  );
});

test("answerText() shows on which side of the threshold an answer lies", () => {
  const texts = (answers: number[], threshold?: number) =>
    answers.map((answer) => numbers.answerText(answer, threshold));
  assert.deepEqual(texts([0.5, 0.49999998, 0.4996, 0.8944, Number.NaN, 1.3e24]), [
    ...["0.500", "0.500", "0.4996", "0.894", "no number", "1.3e+24"],
  ]);
  assert.deepEqual(texts([0, -0.0001, 0.0004, 0.4996, -0.75], 0), [
    "0.000",
    "−0.0001",
    "0.0004",
    "0.500",
    "−0.750",
  ]);
  assert.deepEqual([0.5, 0, -1, 2.5].map(numbers.levelText), ["½", "0", "−1", "2.5"]);
});

test("accuracyText() is never rounded up to all", () => {
  assert.deepEqual([1, 0.9999, 0.7705].map(numbers.accuracyText), ["1.0", "0.999", "0.770"]);
});

test("weightText() has two decimals, or as many as show that it is not 0", () => {
  assert.deepEqual([-1.266, 0.0012, 0, 123.4].map(numbers.weightText), ["−1.27", "0.001", "0", "123"]);
});

test("durations and what is left read as people say them", () => {
  assert.deepEqual([7.2, 65, 3700].map(numbers.durationText), ["8 s", "1 min 5 s", "1 h 1 min"]);
  assert.deepEqual([numbers.timeLeftText(400, 0.5), numbers.timeLeftText(10_000, 0.5)], ["", "10 s left"]);
  assert.deepEqual([12.4, 8100].map(numbers.measuredText), ["12 ms", "8.1 s"]);
});

test("percentsText(), shortPercentText() and lossRangeText() write one number where two read the same", () => {
  assert.deepEqual(
    [numbers.percentsText(0.19, 0.69), numbers.percentsText(0, 0), numbers.percentsText(0.002, 0.998)],
    ["19–69 %", "0 %", "under 1 to over 99 %"],
  );
  assert.deepEqual([0.002, 0.5, 0.998, 1].map(numbers.shortPercentText), [
    "< 1 %",
    "50 %",
    "> 99 %",
    "100 %",
  ]);
  assert.deepEqual(
    [numbers.lossRangeText(0.2114, 0.618), numbers.lossRangeText(0.301, 0.302)],
    ["0.21–0.62", "0.3"],
  );
  const { lossRangeText, LARGEST_KEPT } = numbers;
  assert.deepEqual(
    [3.2e38, LARGEST_KEPT].map((low) => lossRangeText(low, LARGEST_KEPT)),
    ["3.2e+38 or more", "3.4e+38 or more"],
  );
});

test("what is no finite number is said to be none", () => {
  const none = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const write of [numbers.lossText, numbers.r2Text, numbers.answerText])
    assert.deepEqual(
      none.map((value) => write(value)),
      ["no number", "no number", "no number"],
    );
});

test("givenText() keeps whole numbers of the data whole, and a decimal of large ones", () => {
  assert.deepEqual(
    [1985, 10001, 0, -0, -7, 1985.25, 123456.789, 0.123456, 2 ** 31, 1e30].map((value) =>
      numbers.givenText(value),
    ),
    ["1985", "10001", "0", "0", "−7", "1985.3", "123456.8", "0.123", "2.15e+9", "1e+30"],
  );
  assert.equal(numbers.differentTexts(1950, 2009).join(" to "), "1950 to 2009");
  assert.equal(numbers.levelText(2019.5), "2019.5");
});

test("meanText() has the digits that the deviation gives a meaning", () => {
  const texts = [
    [1985, 20.5],
    [10004.5, 2.29],
    [127.5, 127.5],
    [0.001234, 30],
    [5, 0],
  ].map(([mean, deviation]) => numbers.meanText(mean, deviation));
  assert.deepEqual(texts, ["1985", "10004.5", "128", "0.00123", "5"]);
});

test("answerText() writes no minus before nothing, where the side of the threshold does not hang on it", () => {
  assert.deepEqual([numbers.answerText(-1e-17), numbers.answerText(-0.0004, 0)], ["0.000", "−0.0004"]);
});
