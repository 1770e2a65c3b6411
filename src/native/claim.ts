import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { SetupParts } from "./setupParts.js";

/**
 * Does work that only one process may do at a time. A file with the worker's process number says who; one that was
 * left behind by a process that is gone does not count.
 *
 * @throws a problem if another process is at it
 */
export async function claim<Result>(
  setup: SetupParts,
  file: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const other = holder(file);
  if (other !== undefined && other !== process.pid && isRunning(other))
    throw new setup.Problem(
      "Another xorlab native is at work here.",
      `it is the process ${other}; two would unpack over each other.`,
      [`wait until it has ended, or end it: kill ${other}`],
    );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${process.pid}\n`);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function holder(file: string): number | undefined {
  try {
    return Number(readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
