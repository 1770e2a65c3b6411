import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { CHECKOUT } from "../support/checkout.js";

interface TestFile {
  readonly name: string;
  readonly needs: readonly string[];
}

interface Files {
  readArguments(argv: readonly string[]): { patterns: readonly string[]; quick: boolean };
  findFiles(patterns: readonly string[]): TestFile[];
  quickFiles(files: readonly TestFile[]): { kept: TestFile[]; note: string };
}

const load = () => import(pathToFileURL(join(CHECKOUT, "test/run/files.mjs")).href) as Promise<Files>;

test("readArguments() takes patterns and --quick, and refuses other options", async () => {
  const { readArguments } = await load();
  assert.deepEqual(readArguments(["keras", "--quick", "stop"]), { patterns: ["keras", "stop"], quick: true });
  assert.throws(() => readArguments(["--qick"]), {
    name: "RangeError",
    message: 'npm test: unknown option "--qick"; the only option is --quick',
  });
});

test("findFiles() finds files by parts of their paths, and refuses what is in none", async () => {
  const { findFiles } = await load();
  const names = findFiles(["train/keras", "study/stop"]).map(({ name }) => name);
  assert.deepEqual(names, ["study/stop.test.ts", "train/keras.test.ts"]);
  assert.ok(findFiles([]).length > 90);
  assert.throws(() => findFiles(["keras", "kears"]), {
    name: "RangeError",
    message: /^npm test: no test file has "kears" in its path; their folders: .*data, engine, explain/,
  });
});

test("a file needs what it says and what its helpers say, and --quick keeps those that need nothing", async () => {
  const { findFiles, quickFiles } = await load();
  const files = findFiles(["whole/jupyterlab.test", "kernel/stop.test", "study/stop", "study/table"]);
  const needs = Object.fromEntries(files.map((file) => [file.name.slice(0, -8), [...file.needs].sort()]));
  assert.deepEqual(needs, {
    "kernel/stop": ["Jupyter"],
    "study/stop": ["a quiet machine"],
    "study/table": [],
    "whole/jupyterlab": ["Chromium", "Jupyter", "JupyterLab"],
  });
  const { kept, note } = quickFiles(files);
  assert.deepEqual(
    kept.map(({ name }) => name),
    ["study/stop.test.ts", "study/table.test.ts"],
  );
  assert.equal(note, "--quick leaves out 2 of 4 files: those that need Jupyter, Chromium or JupyterLab");
});
