import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import "../../../src/index.js";
import { random } from "../../../src/numbers/random.js";
import { makeOutcomes, type Outcomes, setOutcome } from "../../../src/study/outcomes.js";
import { COMPLETE_LINE, checksum, headerLine, outcomesLine } from "../../../src/study/parts/lines.js";
import { makePlan } from "../../../src/study/plan.js";
import { runProgram, XORLAB } from "../../support/command.js";

// Needs: more than ten seconds

const SETTINGS = 20;
const TRIALS = 500_000; // of each setting: ten million in all
const SHARDS = 8;
const LINE = 2048; // trials of a line

/** Outcomes as trials have them: losses that are all different, and few floors. */
function madeUp(): Outcomes {
  const outcomes = makeOutcomes(LINE);
  const { uniform, below } = random(1, "outcomes");
  for (let t = 0; t < LINE; t++) {
    const solved = uniform() < 0.4;
    setOutcome(outcomes, t, {
      status: solved ? "solved" : "unsolved",
      ...{
        finalLoss: uniform(),
        judgedLoss: uniform(),
        floor: solved ? undefined : Math.LN2 / (1 + below(3)),
      },
      ...{ valLoss: undefined, valAccuracy: undefined },
      firstPerfectEpoch: solved ? 1 + below(100) : undefined,
      firstSolvedEpoch: solved ? 1 + below(100) : undefined,
    });
  }
  return outcomes;
}

/** Some of the trials. */
function firstOf(outcomes: Outcomes, count: number): Outcomes {
  const columns = Object.entries(outcomes).map(([name, column]) => [name, column.subarray(0, count)]);
  return Object.fromEntries(columns);
}

/** The lines of a shard, all with the same outcomes: they are packed once. */
function lineMaker(outcomes: Outcomes): (row: number, first: number, count: number) => string {
  const lineOf = (row: number, first: number, some: Outcomes) =>
    outcomesLine([{ row, first, outcomes: some }], 1000);
  const place = (row: number, first: number) => `"trials":[[${row},${first},${LINE}]]`;
  const [begin, end] = lineOf(0, 0, outcomes)
    .replace(/^.*?"check":"\w+",/, "")
    .split(place(0, 0));
  return (row, first, count) => {
    if (count < LINE) return lineOf(row, first, firstOf(outcomes, count));
    const rest = `${begin}${place(row, first)}${end.trimEnd()}`;
    return `,{"check":"${checksum(rest)}",${rest}\n`;
  };
}

/** Writes the file of a shard; returns its bytes. */
function writeShard(file: string, shard: string, lineOf: ReturnType<typeof lineMaker>): number {
  const hidden = Array.from({ length: SETTINGS }, (_, i) => i + 1);
  const { plan } = makePlan({ hidden, trials: TRIALS, shard });
  writeFileSync(file, headerLine(plan, ["--hidden", `1..${SETTINGS}`, "--trials", String(TRIALS)]));
  for (const [row, { first, count }] of plan.ranges.entries())
    for (let at = 0; at < count; at += LINE)
      appendFileSync(file, lineOf(row, first + at, Math.min(LINE, count - at)));
  appendFileSync(file, COMPLETE_LINE);
  return statSync(file).size;
}

const MEASURE = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + " kB, " +
  Math.round((process.resourceUsage().userCPUTime + process.resourceUsage().systemCPUTime) / 1e5) / 10 + " s"))`;

test("ten million outcomes are merged in less than 1 GB of memory", async () => {
  const folder = mkdtempSync(join(tmpdir(), "xorlab-merge-"));
  try {
    const outcomes = madeUp();
    const lineOf = lineMaker(outcomes);
    assert.equal(
      lineOf(3, 5 * LINE, LINE),
      outcomesLine([{ row: 3, first: 5 * LINE, outcomes }], 1000),
      "a line as the library makes it",
    );
    const files = Array.from({ length: SHARDS }, (_, i) => `part-${i + 1}.json`);
    const bytes = files.map((file, i) => writeShard(join(folder, file), `${i + 1}/${SHARDS}`, lineOf));
    writeFileSync(join(folder, "measure.cjs"), MEASURE);
    const argv = ["--require", "./measure.cjs", XORLAB, "merge", ...files, "--csv", "-"];
    const { code, out, err } = await runProgram(process.execPath, argv, { cwd: folder });
    assert.equal(code, 0, err);
    assert.equal(out.split("\r\n").length, 1 + SETTINGS + 1);
    assert.ok(out.includes(`,${TRIALS},`));
    const peak = Number(/peak (\d+) kB/.exec(err)?.[1]) / 1e6;
    const size = bytes.reduce((sum, each) => sum + each, 0);
    console.log(`${SETTINGS * TRIALS} outcomes: ${(size / 1e6).toFixed(0)} MB of files, ${err}`);
    assert.ok(peak < 1, `${peak} GB`);
    assert.ok(size / (SETTINGS * TRIALS) < 22, "about 20 bytes a trial");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
