import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { test } from "node:test";
import { CHECKOUT } from "../support/checkout.js";
import { loadSetup as load, type Problem, runSetup } from "../support/setupCheckout.js";

// Needs: a quiet machine

test("nodeProblem() refuses Node below 20 and says how to get a newer one", async () => {
  const { nodeProblem } = await load("node-version.mjs");
  for (const version of ["20.0.0", "22.3.1", "24.0.0"]) assert.equal(nodeProblem(version), undefined);
  const problem: Problem = nodeProblem("18.20.4");
  assert.match(problem.what, /Node 18\.20\.4 is too old/);
  assert.match(problem.why, /Node 20 or later/);
  assert.match(problem.cures.join("\n"), /nvm install/);
});

test("problemText() says what failed, why, and the cure, each on a line", async () => {
  const { Problem, problemText } = await load("problem.mjs");
  assert.equal(
    problemText(new Problem("It failed.", "a reason.", ["first", "second"])),
    "✗ It failed.\n  Why:  a reason.\n  Cure: first\n        second",
  );
});

test("pythonCandidates() takes PYTHON alone where it is set, and py -3 first on Windows", async () => {
  const { pythonCandidates } = await load("python.mjs");
  assert.deepEqual(pythonCandidates({ PYTHON: "/opt/python" }, "linux"), [["/opt/python"]]);
  assert.deepEqual(pythonCandidates({}, "win32")[0], ["py", "-3"]);
  assert.deepEqual(pythonCandidates({}, "linux").slice(0, 2), [["python3"], ["python"]]);
});

const probe = (version: string, venv = true) => ({
  command: ["p"],
  version,
  executable: `/bin/${version}`,
  venv,
});

test("choosePython() takes the first that is new enough and can make environments", async () => {
  const { choosePython } = await load("python.mjs");
  const good = probe("3.12.1");
  assert.equal(choosePython([probe("3.9.0"), probe("3.11.2", false), good, probe("3.13.0")]), good);
  assert.equal(choosePython([probe("3.10.0")]).version, "3.10.0");
  assert.equal(choosePython([probe("4.0.0")]).version, "4.0.0");
});

test("choosePython() explains the nearest miss", async () => {
  const { choosePython } = await load("python.mjs");
  assert.throws(() => choosePython([]), { what: /No Python was found/ });
  assert.throws(() => choosePython([], "/no/python"), { what: /PYTHON=\/no\/python is not a Python/ });
  assert.throws(() => choosePython([probe("2.7.18"), probe("3.9.5")]), {
    what: /Python 2\.7\.18 is too old/,
    why: /3\.10 or later; found 2\.7\.18 .*3\.9\.5/,
  });
  assert.throws(() => choosePython([probe("3.8.0"), probe("3.11.2", false)]), {
    what: /lacks its venv module/,
  });
});

test("npmReason() installs when the lock file, the Node ABI or the machine changed, else never", async () => {
  const { npmReason } = await load("packages.mjs");
  const facts = { lock: "a", abi: "115", machine: "linux-x64" };
  assert.equal(npmReason({ ...facts }, facts), undefined);
  assert.equal(npmReason(undefined, facts), "first time");
  assert.match(npmReason({ ...facts, lock: "b" }, facts), /package-lock/);
  assert.match(npmReason({ ...facts, abi: "108" }, facts), /Node/);
  assert.match(npmReason({ ...facts, machine: "darwin-arm64" }, facts), /Node/);
});

test("venvWork() notices a moved checkout, another Python and changed requirements", async () => {
  const { venvWork } = await load("venv.mjs");
  const stamp = { root: "/a", python: "/bin/python3", version: "3.11.2", requirements: "r" };
  const now = { stamp, root: "/a", runs: "3.11", asked: undefined, requirements: "r" };
  assert.equal(venvWork(now).work, "nothing");
  assert.equal(venvWork({ ...now, asked: "/bin/python3" }).work, "nothing");
  assert.equal(venvWork({ ...now, stamp: undefined }).work, "make");
  assert.deepEqual(venvWork({ ...now, root: "/b" }), { work: "make", why: "the checkout was moved" });
  assert.deepEqual(venvWork({ ...now, runs: undefined }), { work: "make", why: "its Python is gone" });
  assert.deepEqual(venvWork({ ...now, runs: "3.12" }), { work: "make", why: "its Python was replaced" });
  assert.equal(venvWork({ ...now, asked: "/opt/python3.13" }).work, "make");
  assert.deepEqual(venvWork({ ...now, requirements: "s" }), {
    work: "install",
    why: "requirements.txt changed",
  });
});

test("npmProblem(), pipProblem(), venvProblem() and buildProblem() name cause and cure", async () => {
  const { npmProblem, pipProblem, venvProblem, buildProblem } = await load("diagnose.mjs");
  const cases: [Problem, RegExp, RegExp][] = [
    [npmProblem("npm error code ENOTFOUND", 1), /cannot be reached/, /HTTPS_PROXY/],
    [npmProblem("npm error code SELF_SIGNED_CERT_IN_CHAIN", 1), /certificate/, /NODE_EXTRA_CA_CERTS/],
    [npmProblem("npm error code EACCES", 1), /may not write to/, /chown/],
    [npmProblem("npm error ENOSPC: no space left on device", 1), /disk is full/, /free some space/],
    [npmProblem("npm error code EUSAGE … are in sync", 1), /do not agree/, /npm install/],
    [npmProblem("spawn npm ENOENT", 127), /npm was not found/, /install npm/],
    [npmProblem("npm error something else", 1), /output is above/, /npm run setup/],
    [npmProblem("npm error code EINTEGRITY", 1), /checksum differs/, /npm cache verify/],
    [pipProblem("NewConnectionError: [Errno -3] Temporary failure in name resolution"), /reached/, /proxy/],
    [pipProblem("SSLError: CERTIFICATE_VERIFY_FAILED"), /certificate/, /PIP_CERT/],
    [pipProblem("THESE PACKAGES DO NOT MATCH THE HASHES"), /not the pinned one/, /same command again/],
    [
      pipProblem("ERROR: No matching distribution found for jupyterlab==4"),
      /has no jupyterlab==4/,
      /PYTHON=/,
    ],
    [venvProblem("ensurepip is not available", "3.11.2"), /environment of their own/, /python3\.11-venv/],
    [venvProblem("No module named venv", "3.12.1"), /environment of their own/, /python3-venv/],
    [buildProblem("src/a.ts(1,1): error TS1005"), /errors above/, /git status/],
  ];
  for (const [problem, why, cure] of cases) {
    assert.match(problem.why, why);
    assert.match(problem.cures.join("\n"), cure);
  }
});

test("kernelspec() starts an absolute Node with a file that exists", async () => {
  const { kernelspec, nodeOf } = await load("kernelspec.mjs");
  const { argv, language, display_name } = kernelspec(process.execPath);
  assert.equal(nodeOf(argv), process.execPath);
  const paths = argv.filter((argument: string) => isAbsolute(argument));
  assert.ok(paths.length >= 2 && paths.every((path: string) => existsSync(path)));
  assert.ok(argv.some((argument: string) => argument.includes("{connection_file}")));
  assert.deepEqual([language, display_name], ["typescript", "TypeScript (xorlab)"]);
});

/** When every file that set-up makes was last written; packages themselves aside. */
function written(): string[] {
  const files = (folder: string, recursive = true) =>
    readdirSync(join(CHECKOUT, folder), { recursive, encoding: "utf8" }).map((name) => join(folder, name));
  const made = [
    ...files("dist/src"),
    ...files(".venv/etc/jupyter"),
    ...files(".venv/share/jupyter/kernels"),
    ...files(".venv/share/jupyter/lab/settings"),
    ...files(".venv", false),
    ...files("node_modules", false),
    ...files("node_modules/.bin"),
  ];
  return made.map((name) => `${name} ${statSync(join(CHECKOUT, name)).mtimeMs}`);
}

test("set-up is quick and changes nothing the second time", async () => {
  await runSetup(CHECKOUT, process.env); // the first: whoever runs this file alone may have changed a source
  const before = written();
  const start = performance.now();
  const { code, stdout, stderr } = await runSetup(CHECKOUT, process.env);
  const seconds = (performance.now() - start) / 1000;
  assert.equal(code, 0, stderr);
  assert.ok(seconds < 3, `took ${seconds} s`);
  assert.equal(stdout.match(/✓/g)?.length, 7, stdout);
  assert.deepEqual(written(), before);
});
