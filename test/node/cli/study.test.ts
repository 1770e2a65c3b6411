import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { study } from "../../../src/index.js";
import { readStudyArguments, STUDY_FLAGS } from "../../../src/node/cli/studyArguments.js";
import { studyCsv } from "../../../src/node/cli/studyOutput.js";
import { CHECKOUT } from "../../support/checkout.js";

/** Runs `xorlab study …` as a program. */
function run(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const main = join(CHECKOUT, "dist/src/node/cli/main.js");
  return new Promise((resolve) => {
    execFile(process.execPath, [main, "study", ...argv], (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

test("readStudyArguments() reads ranges, lists, layers and names", () => {
  const { options } = readStudyArguments([
    ...["--hidden", "1..3,4-2,0", "--activation", "sigmoid,relu", "--learning-rate", "0.01", "--trials", "7"],
    ...["--shuffle", "true,false", "--solved-accuracy", "0.9"],
  ]);
  assert.deepEqual(options, {
    hidden: [1, 2, 3, [4, 2], []],
    activation: ["sigmoid", "relu"],
    learningRate: [0.01],
    shuffle: [true, false],
    trials: 7,
    solvedAccuracy: 0.9,
  });
});

test("readStudyArguments() refuses what is no number and no range", () => {
  assert.throws(
    () => readStudyArguments(["--trials", "many"]),
    /^TypeError: xorlab study: --trials must be a number, got "many"$/,
  );
  assert.throws(
    () => readStudyArguments(["--hidden", "5..2"]),
    /^RangeError: xorlab study: --hidden must be a range/,
  );
  assert.throws(
    () => readStudyArguments(["--shuffle", "no"]),
    /^TypeError: xorlab study: --shuffle must be true or false, got "no"$/,
  );
  assert.throws(
    () => readStudyArguments(["--hiden", "5"]),
    /unknown option "--hiden"; did you mean "--hidden"\?/,
  );
});

test("xorlab study prints the same table as study() makes", async () => {
  const { code, out, err } = await run(
    "--hidden",
    "1..2",
    "--activation",
    "sigmoid,relu",
    "--trials",
    "6",
    "--epochs",
    "3",
  );
  const same = await study({
    hidden: [1, 2],
    activation: ["sigmoid", "relu"],
    trials: 6,
    epochs: 3,
    progress: false,
  });
  assert.equal(code, 0);
  assert.equal(out, `${String(same)}\n`);
  assert.match(err, /^24 trials in [\d.]+ m?s, seed 1\n$/);
});

test("xorlab study writes JSON and CSV", async () => {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-study-"));
  try {
    const [json, csv] = [join(folder, "a.json"), join(folder, "a.csv")];
    await run("--hidden", "4-2", "--trials", "5", "--epochs", "2", "--json", json, "--csv", csv);
    const written = JSON.parse(readFileSync(json, "utf8"));
    assert.equal(written.seed, 1);
    assert.deepEqual(written.rows[0].hidden, [4, 2]);
    assert.equal(written.rows[0].trials, 5);
    const [header, line] = readFileSync(csv, "utf8").split("\r\n");
    assert.match(header, /^hidden,activation,.*,trials,solved,rate,/);
    assert.ok(line.startsWith('"[4,2]",sigmoid,'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("studyCsv() quotes what a comma, a quote or a line end would break", async () => {
  const { dataset } = await import("../../../src/index.js");
  const data = dataset([[0], [1]], [0, 1], { name: 'a, "b"' });
  const csv = studyCsv(await study({ data, trials: 2, epochs: 1, progress: false }));
  assert.ok(csv.includes(',"a, ""b""",'));
});

test("xorlab study tells a wrong value in one line, without a stack", async () => {
  const { code, out, err } = await run("--activation", "rleu");
  assert.equal(code, 1);
  assert.equal(out, "");
  assert.match(err, /^study: unknown activation "rleu"; did you mean "relu"\? \(.*\)\n$/);
});

test("xorlab study --help lists the options", async () => {
  const { code, out } = await run("--help");
  assert.equal(code, 0);
  for (const flag of STUDY_FLAGS) assert.ok(out.includes(`--${flag} `), `--${flag} is not in the help`);
});

test("xorlab study takes a table with its target, scaled, and validates on another", async () => {
  const table = join(CHECKOUT, "notebooks", "data", "biscuits.csv");
  const settings = ["--hidden", "2", "--trials", "2", "--epochs", "2"];
  const { code, out } = await run(
    ...["--data", table, "--target", "good", "--scale", "minMax", "--validation", table, ...settings],
  );
  assert.equal(code, 0);
  assert.match(out, /median validation loss {2}validation accuracy/);
  const without = await run("--data", table, ...settings);
  assert.match(without.err, /^xorlab study: --target must name the column that the network should answer\n$/);
  const none = await run("--target", "good");
  assert.match(
    none.err,
    /^xorlab study: --target, --scale, --decimal and --validation are for a table: --data FILE\n$/,
  );
  const folder = mkdtempSync(join(tmpdir(), "xorlab-table-"));
  const commas = join(folder, "commas.csv");
  writeFileSync(commas, "a;good\n0,5;no\n1,5;yes\n");
  const decimal = ["--data", commas, "--target", "good", "--validation", commas, ...settings];
  assert.equal((await run(...decimal, "--decimal", ",")).code, 0);
  assert.match(
    (await run(...decimal)).err,
    /^readTable: line 2, .*"0,5"; if all numbers have a decimal comma/,
  );
  rmSync(folder, { recursive: true });
  const unknown = await run("--data", table, "--target", "god");
  assert.match(unknown.err, /^readTable: .*"god".*did you mean "good"\?/);
});
