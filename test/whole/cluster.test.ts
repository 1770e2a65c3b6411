import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";
import { runProgram, XORLAB, xorlab } from "../support/command.js";
import { noSlurm, type Slurm, startSlurm, until } from "../support/slurm.js";

// Needs: Slurm

/**
 * A study in eight shards, on Slurm and with GNU parallel, with workers that are killed in the middle. The large one of
 * docs/cluster.md: XORLAB_CLUSTER_TRIALS=2000 XORLAB_CLUSTER_EPOCHS=25 npm test -- whole/cluster
 */
const { XORLAB_CLUSTER_TRIALS: TRIALS = "64", XORLAB_CLUSTER_EPOCHS: EPOCHS = "100" } = process.env;
const STUDY = [
  "--hidden",
  "1..10",
  "--activation",
  "relu,tanh",
  "--trials",
  TRIALS,
  "--epochs",
  EPOCHS,
  "--seed",
  "13",
];
const SHARDS = 8;

const skip = noSlurm();
let folder: string;
let whole: string;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), "xorlab-cluster-"));
  const { code, err } = await xorlab(folder, ["study", ...STUDY, "--csv", "whole.csv"]);
  assert.equal(code, 0, err);
  whole = readFileSync(join(folder, "whole.csv"), "utf8");
  console.log(`unsharded: ${err.trim()}`);
});
after(() => {
  if (!skip) rmSync(folder, { recursive: true, force: true });
});

function ownFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const partsIn = (path: string) => readdirSync(path).filter((name) => /^part-\d+\.json$/.test(name));

/** The process that works at a shard in a folder, once its file has trials; undefined if it ended before. */
async function workerOf(path: string, shard: number): Promise<number> {
  const file = join(path, `part-${shard}.json`);
  const lines = () => (existsSync(file) ? readFileSync(file, "utf8").split("\n").length - 1 : 0);
  await until(() => lines() >= 2, `trials of shard ${shard}`);
  const pid = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((name) => {
      try {
        const argv = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
        return argv[1] === XORLAB && argv.includes(`${shard}/${SHARDS}`);
      } catch {
        return false; // it ended meanwhile
      }
    });
  assert.ok(pid !== undefined, `shard ${shard} was over before it could be killed; more trials are needed`);
  return Number(pid);
}

/** Merging must give what the unsharded study gave. */
async function assertMerges(path: string): Promise<void> {
  const merged = await xorlab(path, ["merge", ...partsIn(path), "--csv", "merged.csv"]);
  assert.equal(merged.code, 0, merged.err);
  assert.equal(readFileSync(join(path, "merged.csv"), "utf8"), whole);
}

test("eight shards with GNU parallel, one killed in the middle and run again, are the study to the bit", {
  skip,
}, async () => {
  const path = ownFolder("parallel");
  const command = [
    process.execPath,
    XORLAB,
    "study",
    ...STUDY,
    "--workers",
    "1",
    "--shard",
    `{}/${SHARDS}`,
    "--out",
    "part-{}.json",
  ];
  const jobs = [
    "--jobs",
    "2",
    "--retries",
    "2",
    ...command,
    ":::",
    ...Array.from({ length: SHARDS }, (_, i) => `${i + 1}`),
  ];
  const work = runProgram("parallel", jobs, { cwd: path });
  process.kill(await workerOf(path, 2), "SIGKILL");
  const { code, err } = await work;
  assert.equal(code, 0, err);
  const [, known] = /part-2\.json: .* (\d+) trials \((?!\1 now)/.exec(err) ?? [];
  assert.ok(known !== undefined, `part 2 went on where it stopped: ${err}`);
  await assertMerges(path);
});

test("eight shards on two nodes of Slurm, one killed, one stopped and put back into the queue, are the study to the bit", {
  skip,
}, async () => {
  const path = ownFolder("slurm");
  let slurm: Slurm | undefined;
  try {
    slurm = await startSlurm(ownFolder("daemons"));
    const env = { ...slurm.env, XORLAB: `${process.execPath} ${XORLAB}` };
    const submit = (array: string, parts: NodeJS.ProcessEnv = {}): string => {
      const argv = [
        "--parsable",
        `--array=${array}`,
        "--cpus-per-task=1",
        join(CHECKOUT, "deploy", "slurm", "study.sh"),
        ...STUDY,
      ];
      return execFileSync("sbatch", argv, { cwd: path, env: { ...env, ...parts }, encoding: "utf8" }).trim();
    };
    const job = submit(`1-${SHARDS}`);
    process.kill(await workerOf(path, 3), "SIGKILL");
    await workerOf(path, 5);
    execFileSync("scancel", ["--signal=TERM", `${job}_5`], { env });
    await slurm.idle();
    const log = (task: number) => readFileSync(join(path, `xorlab-${job}_${task}.log`), "utf8");
    assert.match(
      log(5),
      /incomplete; the same command continues it\n(.*\n)*.*shard 5\/8, .* now, .*; complete\n$/,
      "task 5 was put back",
    );
    assert.match(log(3), /Killed/);
    const logs = Array.from({ length: SHARDS }, (_, i) => log(i + 1)).join("");
    for (const node of ["one", "two"]) assert.match(logs, new RegExp(`^part \\d of 8 on ${node}$`, "m"));

    const missing = await xorlab(path, ["merge", ...partsIn(path)]);
    assert.equal(missing.code, 75, missing.err);
    assert.match(
      missing.err,
      /^xorlab merge: \d+ trials of the study are missing:\n {2}shard 3\/8: \d+ trials, \d+ are there\n/,
    );
    submit("3", { PARTS: `${SHARDS}` });
    await slurm.idle();
    await assertMerges(path);
  } finally {
    await slurm?.end();
  }
});
