import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/temporary.js";

/** Whose code an interrupt breaks off that nobody notices. */

const KERNEL = join(__dirname, "..", "..", "src", "kernel");

/** Interrupts a function that loops for half a second, in a file of a new process. @returns whether it came to its end */
function isFinished(file: string): boolean {
  const folder = temporaryFolder();
  const path = join(folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    "exports.loop = () => { for (const end = performance.now() + 500; performance.now() < end; ); console.log('finished'); };",
  );
  const main = join(dirname(path), "main.js");
  writeFileSync(
    main,
    `const { Worker } = require("node:worker_threads");
const alarm = require(${JSON.stringify(join(KERNEL, "alarm.js"))}).alarmOver();
const worker = new Worker(${JSON.stringify(`const { parentPort, workerData } = require("node:worker_threads");
const alarm = require(${JSON.stringify(join(KERNEL, "alarm.js"))}).alarmOver(workerData);
const { cellBreaker } = require(${JSON.stringify(join(KERNEL, "breakOff.js"))});
const breaker = cellBreaker(alarm, Infinity, () => {});
alarm.arrive();
parentPort.postMessage("arrived");
void breaker.breakOffUnlessNoticed(alarm.arrived()).then(() => breaker.end());
`)}, { eval: true, workerData: alarm.memory });
worker.on("message", () => {
  setImmediate(() => alarm.notice(alarm.arrived()));
  require(${JSON.stringify(path)}).loop();
});
`,
  );
  return execFileSync(process.execPath, [main], { encoding: "utf8" }) === "finished\n";
}

test("code of cells is broken off, and of what they import", () => {
  for (const file of ["cell.js", join("src", "kernel", "mine.js")])
    assert.equal(isFinished(file), false, file);
});

test("the kernel's own is not, however long it takes on a busy machine", () => {
  for (const file of ["own.js", join("modules", "own.js")])
    assert.equal(isFinished(join("dist", "src", "kernel", file)), true, file);
});
