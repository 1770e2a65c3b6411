import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";
import { runProgram, XORLAB, xorlab } from "../support/command.js";

const deployed = (file: string): string => readFileSync(join(CHECKOUT, "deploy", file), "utf8");

test("the pods of the Kubernetes Job run all parts of one study", async () => {
  const text = deployed("kubernetes/study.yaml");
  const [, completions, parallelism] = /completions: (\d+)\n\s+parallelism: (\d+)\n/.exec(text) ?? [];
  const [, script] = /args:\n\s+- \|\n([\s\S]*?)\n\s+resources:/.exec(text) ?? [];
  assert.ok(script?.includes(`"$part/${completions}"`) && completions === parallelism);
  const folder = mkdtempSync(join(tmpdir(), "xorlab-pods-"));
  try {
    const small = script
      .replace("exec node dist/src/node/cli/main.js", `exec '${process.execPath}' '${XORLAB}'`)
      .replace("--trials 100000", "--trials 2 --rows 8 --epochs 1")
      .replace("--workers 2", "--workers 1")
      .replace("/parts/", `${folder}/`);
    for (let index = 0; index < Number(completions); index++) {
      const env = { ...process.env, JOB_COMPLETION_INDEX: String(index) };
      const { code, err } = await runProgram("/bin/sh", ["-c", small], { cwd: folder, env });
      assert.equal(code, 0, err);
    }
    const { code, err } = await xorlab(folder, ["merge", ...readdirSync(folder)]);
    assert.equal(code, 0, err);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the Slurm script wants an array, and to know of how many parts", async () => {
  const script = join(CHECKOUT, "deploy", "slurm", "study.sh");
  const run = (given: NodeJS.ProcessEnv) =>
    runProgram("bash", [script], { cwd: tmpdir(), env: { ...process.env, ...given } });
  const alone = await run({});
  assert.deepEqual([alone.code, alone.out], [1, ""]);
  assert.match(alone.err, /^study\.sh: it is an array job; write sbatch --array=1-8 /);
  const some = await run({
    SLURM_ARRAY_TASK_ID: "3",
    SLURM_ARRAY_TASK_MIN: "3",
    SLURM_ARRAY_TASK_MAX: "7",
    SLURM_ARRAY_TASK_COUNT: "2",
  });
  assert.equal(some.code, 1);
  assert.match(some.err, /^study\.sh: of how many parts\? Write PARTS=8 sbatch --array=3 /);
});
