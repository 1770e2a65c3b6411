import assert from "node:assert/strict";
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import {
  builtCheckout,
  fakePython,
  freshCheckout,
  runSetup,
  type SetupRun,
  withoutNetwork,
} from "../support/setupCheckout.js";

/** Set-up for real, in checkouts of its own under the temporary folder, with Pythons that are not what they should be. */

const made: string[] = [];
const kept = (folder: string) => {
  made.push(folder);
  return folder;
};
after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

function assertProblem({ code, stderr }: SetupRun, ...parts: RegExp[]): void {
  assert.equal(code, 1);
  for (const part of [/✗ /, /Why: {2}/, /Cure: /, ...parts]) assert.match(stderr, part);
  assert.doesNotMatch(stderr, /\s+at .*:\d+:\d+\)?/, "no stack trace");
}

const firstFailures: [string, NodeJS.ProcessEnv, RegExp, RegExp][] = [
  ["no Python", fakePython(undefined), /No Python was found/, /apt install python3 python3-venv/],
  ["an old Python", fakePython("3.8.10|/fake/python3|venv"), /3\.8\.10 is too old/, /PYTHON=/],
  ["a Python without venv", fakePython("3.11.2|/fake/python3|no venv"), /lacks its venv/, /python3-venv/],
  ["a PYTHON that is none", { ...process.env, PYTHON: "/no/such/python" }, /is not a Python/, /unset PYTHON/],
];
for (const [what, env, problem, cure] of firstFailures)
  test(`set-up stops at ${what} before it installs anything`, async () => {
    const folder = kept(freshCheckout());
    assertProblem(await runSetup(folder, env), problem, cure);
    assert.ok(!existsSync(join(folder, "node_modules")) && !existsSync(join(folder, ".venv")));
  });

test("set-up explains a venv that cannot be made, with what was printed", async () => {
  const says = "echo 'The virtual environment was not created because ensurepip is not available.'; exit 1";
  const run = await runSetup(kept(await builtCheckout()), fakePython("3.11.2|/fake/python3|venv", says));
  assertProblem(run, /ensurepip is not available/, /lacks its venv module/, /apt install python3-venv/);
});

test("set-up explains that npm's registry cannot be reached", async () => {
  const folder = kept(freshCheckout());
  const run = await runSetup(folder, withoutNetwork(join(folder, "cache")));
  assertProblem(run, /npm packages could not be installed/, /npm registry cannot be reached/);
});

test("set-up recovers from Ctrl-C and from an index that cannot be reached, and repairs a checkout that was moved", async () => {
  const folder = kept(await builtCheckout());
  const slow = fakePython("3.11.2|/fake/python3|venv", "exec /bin/sleep 60");
  const stopped = await runSetup(folder, slow, (printed, interrupt) => {
    if (/✓ build/.test(printed)) setTimeout(interrupt, 300);
  });
  assert.equal(stopped.code, 130);
  assert.match(stopped.stderr, /interrupted; the next run continues/);

  const env = withoutNetwork(join(folder, "cache"));
  const wanted = readFileSync(join(folder, "requirements.txt"), "utf8");
  writeFileSync(join(folder, "requirements.txt"), "jupyterlab==4.6.6\n");
  assertProblem(await runSetup(folder, env), /Python package index cannot be reached/);
  assert.ok(!existsSync(join(folder, ".venv/xorlab-setup.json")));
  writeFileSync(join(folder, "requirements.txt"), wanted);
  const anew = await runSetup(folder, env);
  assert.equal(anew.code, 0);
  assert.match(anew.stdout, /✓ Python environment +\d+\.\d s {3}Python 3\.\d+\.\d+\n/);

  const moved = kept(`${folder}-moved`);
  renameSync(folder, moved);
  const { code, stdout } = await runSetup(moved, process.env);
  assert.equal(code, 0);
  assert.match(stdout, /recreated: the checkout was moved/);
  const config = readFileSync(join(moved, ".venv/share/jupyter/kernels/xorlab/kernel.json"), "utf8");
  assert.ok(JSON.parse(config).argv[2].startsWith(moved));
  const stamp = join(moved, ".venv/xorlab-setup.json");
  const before = statSync(stamp).mtimeMs;
  assert.match((await runSetup(moved, process.env)).stdout, /✓ Python packages +\d+\.\d s {3}ready/);
  assert.equal(statSync(stamp).mtimeMs, before);
});
