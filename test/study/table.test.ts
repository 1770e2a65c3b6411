import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { DISPLAY } from "../../src/display.js";
import { dataset, study } from "../../src/index.js";
import { medianInterval, wilsonInterval } from "../../src/numbers/statistics.js";
import { makeOutcomes, outcomeOf, setOutcome, summarize } from "../../src/study/outcomes.js";
import { LARGEST_KEPT } from "../../src/words/numbers.js";

const QUICK = { trials: 3, epochs: 2, rows: 20, progress: false, seed: 5 } as const;

test("a row counts its trials, with rate, interval, floors and epochs to solve", async () => {
  const done = await study({
    hidden: 3,
    activation: "tanh",
    trials: 30,
    epochs: 60,
    rows: 100,
    learningRate: 0.05,
    progress: false,
  });
  const [row] = done.rows;
  const trials = Array.from({ length: 30 }, (_, t) => done.trial(0, t));
  const solved = trials.filter(({ status }) => status === "solved");
  assert.ok(
    solved.length > 0 && solved.length < 30,
    `${solved.length} of 30 solved: the test wants some of both`,
  );
  assert.deepEqual([row.trials, row.solved, row.rate], [30, solved.length, solved.length / 30]);
  assert.deepEqual(row.interval, wilsonInterval(solved.length, 30));
  assert.equal(
    row.floors.reduce((sum, floor) => sum + floor.trials, 0),
    30 - solved.length,
  );
  const epochs = solved
    .map((trial) => trial.firstSolvedEpoch ?? Number.NaN) // every solved trial has one
    .sort((a, b) => a - b);
  assert.ok(row.epochsToSolve!.q10 >= epochs[0] && row.epochsToSolve!.q90 <= epochs.at(-1)!);
  assert.ok(
    row.epochsToSolve!.q10 <= row.epochsToSolve!.median &&
      row.epochsToSolve!.median <= row.epochsToSolve!.q90,
  );
  assert.deepEqual(row.epochsToSolve!.medianInterval, medianInterval(epochs));
  for (const { status, judgedLoss, finalLoss } of trials) {
    assert.ok(status === "solved" || status === "unsolved");
    assert.ok(Number.isFinite(judgedLoss) && Number.isFinite(finalLoss));
  }
});

test("a trial that diverges is counted apart", async () => {
  const data = dataset(
    [
      [3, -2],
      [1, 5],
      [-4, 1],
      [2, 2],
    ],
    [100, -50, 3, 7],
    { name: "steep" },
  );
  const settings = {
    hidden: 3,
    activation: "relu",
    output: "linear",
    loss: "meanSquaredError",
    optimizer: "sgd",
  } as const;
  const done = await study({
    ...settings,
    data,
    learningRate: [1e-4, 1e12],
    trials: 5,
    epochs: 20,
    progress: false,
  });
  const [calm, wild] = done.rows;
  assert.deepEqual([calm.diverged, wild.diverged, wild.solved, wild.trials], [0, 5, 0, 5]);
  assert.deepEqual(wild.floors, []);
  assert.equal(wild.epochsToSolve, undefined);
  const { status, finalLoss, firstPerfectEpoch } = done.trial(wild, 2);
  assert.deepEqual([status, finalLoss, firstPerfectEpoch], ["diverged", Number.NaN, undefined]);
  assert.equal((await done.replay(wild, 2)).status, "diverged");
  assert.match(String(done), /diverged \(5\)/);
});

test("a study's text is a table with aligned columns: the settings that differ, then the outcome", async () => {
  const done = await study({ ...QUICK, hidden: [1, [10, 2], []], activation: ["sigmoid", "leakyRelu"] });
  const lines = String(done).split("\n");
  assert.equal(lines.length, 6);
  const heading = lines[0];
  assert.match(
    heading,
    /^activation {2,}hidden {2,}solved {2,}rate {2,}95 % interval {2,}median epoch {2,}unsolved at loss \(trials\)$/,
  );
  for (const column of ["hidden", "solved", "rate", "95 % interval", "median epoch", "unsolved"]) {
    const at = heading.indexOf(column);
    for (const line of lines.slice(1))
      assert.match(line.slice(at - 2, at + 1), /^ {2}\S$/, `${column} in ${line}`);
  }
  assert.match(lines[1], /^sigmoid +1 +\d\/3 +\d+\.\d % +\d+\.\d–\d+\.\d %/);
  assert.match(lines[3], /^sigmoid +10-2 /);
  assert.match(lines[5], /^– +none /);
  assert.equal(inspect(done), String(done));
});

test("a study's table is safe with odd names", async () => {
  const data = ["</script><b>\n\u001b[2J", "plain"].map((name) =>
    dataset(
      [
        [0, 1],
        [1, 0],
      ],
      [0, 1],
      { name },
    ),
  );
  const done = await study({ data, trials: 1, epochs: 1, progress: false });
  const lines = String(done).split("\n");
  assert.equal(lines.length, 3);
  assert.match(lines[1], /^<\/script><b> \[2J {2}/);
  assert.ok(!String(done).includes("\u001b"));
  assert.equal(done.rows[0].data, "</script><b>\n\u001b[2J");
});

test("a network without hidden layers has no activation in the table, and one row", async () => {
  const done = await study({ ...QUICK, hidden: [[], 2], activation: ["relu", "tanh"] });
  const [, ...lines] = String(done).split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ {2,}/).slice(0, 2)),
    [
      ["–", "none"],
      ["relu", "2"],
      ["tanh", "2"],
    ],
  );
});

test("a loss that is too large for single precision is kept as the largest number there is: JSON has no infinity", () => {
  const outcomes = makeOutcomes(2);
  const huge = { status: "unsolved", finalLoss: 1e39, judgedLoss: 1e300, valLoss: 1e200 } as const;
  const none = { floor: undefined, valAccuracy: undefined };
  const never = { firstPerfectEpoch: undefined, firstSolvedEpoch: undefined };
  for (const trial of [0, 1]) setOutcome(outcomes, trial, { ...huge, ...none, ...never });
  const { floors, valLoss } = summarize(outcomes);
  const [{ low, high }] = floors;
  for (const loss of [low, high, valLoss, outcomeOf(outcomes, 0)?.finalLoss])
    assert.equal(loss, LARGEST_KEPT);
  assert.deepEqual(JSON.parse(JSON.stringify(floors)), [{ trials: 2, low, high }]);
});

test("below the table stands with which data no trial can be solved, and what can be asked for", async () => {
  const data = dataset([[0], [0], [1], [2]], [0, 1, 1, 0], { name: "<b>odd</b>" });
  const quick = { ...QUICK, rows: undefined, hidden: [2, 3] };
  const limit = (name: string, right: string, none: string, share: string) =>
    `${name}: no answers can be right on more than ${right} rows, since the same inputs have different targets. ` +
    `So ${none} solved; solvedAccuracy: ${share} asks for less.`;
  const odd = await study({ ...quick, data });
  assert.deepEqual(String(odd).split("\n").slice(3), [limit("<b>odd</b>", "3 of 4", "no trial is", "0.75")]);
  const shown = (odd as unknown as Record<typeof DISPLAY, () => Record<string, string>>)[DISPLAY]();
  assert.match(shown["text/markdown"], /\|\n\n&#60;b&#62;odd&#60;\/b&#62;: no answers/);
  const spirals = await study({ ...quick, data: "spirals" });
  assert.deepEqual(String(spirals).split("\n").slice(3), [
    limit("spirals (trial 0)", "499 of 500", "it is not", "0.99"),
  ]);
  for (const possible of [
    { data, solvedAccuracy: 0.75 },
    { data, solvedLoss: 0.7 },
    { data: "xor" } as const,
  ])
    assert.equal(String(await study({ ...quick, ...possible })).split("\n").length, 3);
  const measured = { data: dataset([[0], [0], [1]], [0, 0.5, 1]), loss: "meanSquaredError" } as const;
  assert.equal(String(await study({ ...quick, ...measured })).split("\n").length, 3, "judged by R²");
});
