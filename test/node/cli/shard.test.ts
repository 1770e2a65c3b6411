import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { mergeStudies, type StudyOptions, study, studyPart } from "../../../src/index.js";
import { openPartFile } from "../../../src/node/cli/partFile.js";
import { makePlan } from "../../../src/study/plan.js";
import { runPlan } from "../../../src/study/study.js";
import { xorlab } from "../../support/command.js";
import { assertSame } from "../../support/studies.js";

// Needs: more than ten seconds

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "xorlab-shards-"));
});
after(() => rmSync(folder, { recursive: true }));

const inFolder = (file: string) => join(folder, file);
const text = (file: string) => readFileSync(inFolder(file), "utf8");
const linesIn = (file: string) => (existsSync(inFolder(file)) ? text(file).split("\n").length - 1 : 0);

/** Does something with a process once its file has so many lines. */
function onceWritten(file: string, lines: number, act: (child: ChildProcess) => void) {
  return (child: ChildProcess): void => {
    const timer = setInterval(() => {
      if (linesIn(file) >= lines) act(child);
      if (linesIn(file) >= lines || child.exitCode !== null) clearInterval(timer);
    }, 5);
  };
}

const SHORT = [
  "--hidden",
  "1..3",
  "--activation",
  "relu,tanh",
  "--trials",
  "7",
  "--rows",
  "40",
  "--epochs",
  "4",
];

test("shards are merged into the whole study's table and CSV; what is missing is run by the command that is printed", async () => {
  const shard = (k: number) =>
    xorlab(folder, ["study", ...SHORT, "--shard", `${k}/3`, "--out", `p ${k}.json`]);
  const [first, third] = await Promise.all([shard(1), shard(3)]);
  assert.deepEqual([first.code, first.out, third.code], [0, "", 0]);
  assert.match(first.err, /^p 1\.json: shard 1\/3, 14 of 14 trials \(14 now, in [\d.]+ m?s\); complete\n$/);

  const missing = await xorlab(folder, ["merge", "p 1.json", "p 3.json", "--csv", "some.csv"]);
  const command = `xorlab study ${SHORT.join(" ")} --shard 2/3 --out 'p 2.json'`;
  assert.deepEqual(missing, {
    code: 75,
    out: "",
    err: `xorlab merge: 14 trials of the study are missing:\n  shard 2/3: 14 trials\nTo run just these:\n  ${command}\n`,
  });
  assert.ok(!existsSync(inFolder("some.csv")));
  const some = await xorlab(folder, ["merge", "p 1.json", "p 3.json", "--partial"]);
  assert.equal(some.code, 75);
  assert.match(some.out, /^activation {2}hidden/);

  const [, ...argv] = command.replace("'p 2.json'", "p_2.json").split(" ");
  await xorlab(
    folder,
    argv.map((argument) => argument.replace("_", " ")),
  );
  const files = ["p 3.json", "p 1.json", "p 2.json", "p 1.json"];
  const [merged, whole] = await Promise.all([
    xorlab(folder, ["merge", ...files, "--csv", "merged.csv"]),
    xorlab(folder, ["study", ...SHORT, "--csv", "whole.csv"]),
  ]);
  assert.deepEqual([merged.code, merged.err], [0, ""]);
  assert.equal(merged.out, whole.out);
  assert.equal(text("merged.csv"), text("whole.csv"));
  assert.ok(Array.isArray(JSON.parse(text("p 1.json"))), "a complete part is JSON");
});

const LONG = ["--hidden", "2", "--activation", "relu", "--trials", "1200", "--epochs", "50", "--seed", "3"];

test("a shard that was killed goes on where it stopped, on threads too, and is not run again", async () => {
  const run = ["study", ...LONG, "--shard", "1/2", "--out", "killed.json"];
  const kill = onceWritten("killed.json", 2, (child) => child.kill("SIGKILL"));
  assert.equal((await xorlab(folder, [...run, "--workers", "1"], kill)).code, "SIGKILL");
  const stop = onceWritten("killed.json", linesIn("killed.json") + 1, (child) => child.kill("SIGTERM"));
  const stopped = await xorlab(folder, [...run, "--workers", "2"], stop);
  assert.equal(stopped.code, 75);
  assert.match(
    stopped.err,
    /^killed\.json: shard 1\/2, \d+ of 600 trials \(\d+ now, .*; incomplete; the same command continues it\n$/,
  );

  const report = await xorlab(folder, ["merge", "killed.json"]);
  const [, done] =
    /shard 1\/2: \d+ trials, (\d+) are there\n {2}shard 2\/2: 600 trials\n/.exec(report.err) ?? [];
  assert.ok(Number(done) > 0 && Number(done) < 600, report.err);
  assert.match(report.err, /\n {2}xorlab study .* --workers [12] --shard 2\/2 --out part-2-of-2\.json\n$/);

  const ended = await xorlab(folder, run);
  assert.match(
    ended.err,
    new RegExp(`^killed\\.json: shard 1/2, 600 of 600 trials \\(${600 - Number(done)} now, in`),
  );
  const { size, mtimeMs } = statSync(inFolder("killed.json"));
  const again = await xorlab(folder, run);
  assert.deepEqual([again.code, again.err], [0, "killed.json: shard 1/2, 600 of 600 trials; complete\n"]);
  assert.deepEqual(
    [size, mtimeMs],
    [statSync(inFolder("killed.json")).size, statSync(inFolder("killed.json")).mtimeMs],
  );

  const options = {
    hidden: 2,
    activation: "relu",
    trials: 1200,
    epochs: 50,
    seed: 3,
    progress: false,
  } as const;
  const whole = await study(options);
  const rest = await study({ ...options, shard: "2/2" });
  await assertSame(mergeStudies([text("killed.json"), rest]), whole);
});

const TINY: StudyOptions = {
  hidden: [1, 2],
  activation: "relu",
  trials: 24,
  rows: 12,
  epochs: 2,
  shard: "2/2",
  progress: false,
};

/** Runs a shard with its file, as the command line does. */
async function runWithFile(file: string, options: StudyOptions, most = Infinity): Promise<number> {
  const stop = new AbortController();
  const { plan, controls } = makePlan({ ...options, workers: 1, signal: stop.signal });
  const part = openPartFile("xorlab study", inFolder(file), plan, []);
  let left = most;
  await runPlan(plan, controls, (chunk, outcomes) => {
    part.take(chunk, outcomes);
    if (--left <= 0) stop.abort();
  });
  part.close();
  return part.known;
}

test("a file that was cut off anywhere goes on to the same outcomes", async () => {
  const expected = await study(TINY);
  await runWithFile("cut.json", TINY);
  const complete = readFileSync(inFolder("cut.json"));
  for (let size = 0; size <= complete.length; size += size < 30 || size > complete.length - 30 ? 1 : 23) {
    writeFileSync(inFolder("cut.json"), complete.subarray(0, size));
    const known = await runWithFile("cut.json", TINY);
    assert.ok(known === 24 || size < complete.length - 40);
    const same = mergeStudies([text("cut.json")], { partial: true });
    for (const [row, { trials }] of expected.rows.entries())
      for (let t = 24 - trials; t < 24; t++) assert.deepEqual(same.trial(row, t), expected.trial(row, t));
    assert.ok(Array.isArray(JSON.parse(text("cut.json"))), `cut off after ${size} bytes`);
  }
});

test("what stands in the tail of a file after a crash of the machine is cut off", async () => {
  await runWithFile("tail.json", TINY);
  const [header] = text("tail.json").split("\n");
  writeFileSync(inFolder("tail.json"), `${header}\n${"\0".repeat(500)}`);
  assert.equal(await runWithFile("tail.json", TINY), 0);
  assert.equal(mergeStudies([text("tail.json"), await study({ ...TINY, shard: "1/2" })]).status, "completed");
});

test("a line that was deleted from a complete file is run again", async () => {
  const options = { ...TINY, hidden: 1, trials: 96, shard: "1/1" };
  const { plan } = makePlan(options);
  await runPlan(plan, makePlan(options).controls);
  const part = studyPart(await study(options)).split("\n");
  writeFileSync(inFolder("deleted.json"), [part[0], part[2], ""].join("\n"));
  assert.equal(await runWithFile("deleted.json", options), 0);
  await assertSame(mergeStudies([text("deleted.json")]), await study(options));
});

test("xorlab study does not touch the file of another study, another shard or something else", async () => {
  await runWithFile("mine.json", TINY);
  writeFileSync(inFolder("notes.txt"), "my notes\n");
  writeFileSync(inFolder("note.txt"), "my note");
  const cases: [file: string, options: StudyOptions, message: RegExp][] = [
    [
      "mine.json",
      { ...TINY, seed: 2 },
      /^xorlab study: .*mine\.json is a part of another study: seed is 1 there and 2 here; delete it, or give another --out$/,
    ],
    ["mine.json", { ...TINY, epochs: 3 }, /: epochs of row 0 is 2 there and 3 here; /],
    ["mine.json", { ...TINY, shard: "1/2" }, /: shard is 2\/2 there and 1\/2 here; /],
    ["notes.txt", TINY, /^xorlab study: .*notes\.txt must be a part of a study \(.*\), got something else$/],
    ["note.txt", TINY, /note\.txt must be a part of a study/],
    [".", TINY, /^xorlab study: .* cannot be written: EISDIR/],
    ["no/folder.json", TINY, /^xorlab study: .* cannot be written: ENOENT/],
  ];
  for (const [file, options, message] of cases) {
    const kept = existsSync(inFolder(file)) && statSync(inFolder(file)).isFile() ? text(file) : undefined;
    await assert.rejects(runWithFile(file, options), { name: "RangeError", message });
    if (kept !== undefined) assert.equal(text(file), kept);
  }
});

test("xorlab study and xorlab merge refuse arguments that do not go together", async () => {
  const cases: [argv: readonly string[], err: RegExp][] = [
    [["study", "--shard", "1/2"], /^xorlab study: --shard needs --out FILE, where its trials are kept\n$/],
    [
      ["study", "--shard", "1/2", "--out", "x.json", "--csv", "y.csv"],
      /^xorlab study: --json and --csv are for all shards together: /,
    ],
    [["study", "--shard", "3/2", "--out", "x.json"], /^study: shard must be "K\/N", .* got "3\/2"\n$/],
    [["merge"], /^xorlab merge: the files of the shards must follow, got none\n$/],
    [["merge", "nothing.json"], /^xorlab merge: nothing\.json cannot be read: ENOENT/],
    [["merge", "--cvs", "x.csv"], /^xorlab merge: unknown option "--cvs"; did you mean "--csv"\?/],
  ];
  for (const [argv, err] of cases) {
    const ended = await xorlab(folder, argv);
    assert.deepEqual([ended.code, ended.out], [1, ""]);
    assert.match(ended.err, err);
  }
  assert.ok(!existsSync(inFolder("x.json")));
});

test("a whole study with --out is kept while it runs, and prints its table", async () => {
  const kept = await xorlab(folder, ["study", ...SHORT, "--out", "whole.json"]);
  const plain = await xorlab(folder, ["study", ...SHORT]);
  assert.deepEqual([kept.code, kept.out], [0, plain.out]);
  assert.equal((await xorlab(folder, ["merge", "whole.json"])).out, plain.out);
});
