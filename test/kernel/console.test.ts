import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { noTestPackages, runPython } from "../support/kernelPython.js";
import { CHECKOUT } from "../support/kernelWire.js";

/** The kernel in `jupyter console`, typed into a real terminal. */

const skip =
  noTestPackages() || (process.platform === "win32" && "a terminal of this kind is not there on Windows");

interface Report {
  /** what the terminal showed in each step */
  readonly shown: Readonly<Record<string, string>>;
  readonly exit: number | null;
  /** processes of the kernel that are still there */
  readonly left: readonly number[];
}

let report: Report;
before(async () => {
  if (skip) return;
  const { output, errors } = await runPython([join(CHECKOUT, "test", "support", "kernel_console.py")]);
  assert.match(output, /^\{"shown"/m, errors);
  report = JSON.parse(output.slice(output.indexOf('{"shown"')));
});

test("jupyter console shows results and printed text", { skip }, () => {
  const { result, printed, awaited, block } = report.shown;
  assert.match(result, /Out\[2\]:\s*42/);
  assert.match(printed, /printed 6/);
  assert.match(awaited, /'waited'/);
  assert.match(block, /turn 1\s+turn 2/);
});

test("jupyter console shows errors once, with their line", { skip }, () => {
  const { error, typeError } = report.shown;
  assert.equal(error.match(/RangeError: too far/g)?.length, 1, error);
  assert.match(typeError, /Type 'string' is not assignable to type 'number'[\s\S]*\^/);
});

test("Ctrl-C in jupyter console ends a cell, and the variables are kept", { skip }, () => {
  assert.match(report.shown.kept, /Out\[10\]:\s*13/);
});

test("jupyter console gives input to a cell that asks", { skip }, () => {
  assert.match(report.shown.asked, /Out\[12\]:\s*3/);
});

test("jupyter console completes, and ends with its kernel", { skip }, () => {
  assert.match(report.shown.completed, /hypot/);
  assert.equal(report.exit, 0);
  assert.deepEqual(report.left, []);
});
