import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const TICKS = 100; // a second, in Linux's account

/** A process and all that it started, by Linux's own account; elsewhere itself alone. */
export function family(pid: number): number[] {
  if (!existsSync("/proc/self/stat")) return [pid];
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry)))
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {} // it ended meanwhile
  const found = [pid];
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** Resident memory in MB of a process and its children. */
export function memory(pid: number): number {
  return family(pid).reduce((sum, one) => {
    const [, kilobytes = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/status`, "utf8")) ?? [];
    return sum + Number(kilobytes) / 1000;
  }, 0);
}

/**
 * Seconds of processor time that a process has taken so far, by Linux's own account; elsewhere 0. How busy the machine is matters
 * little to it.
 */
export function processorTime(pid: number): number {
  if (!existsSync("/proc/self/stat")) return 0;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS;
}

/** Whether a process is there. */
export function running(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until no process has a text in its command line. */
export async function gone(text: string): Promise<void> {
  for (let i = 0; i < 200 && processes(text).length > 0; i++) await sleep(50);
  assert.deepEqual(processes(text), []);
}

/** The command lines, with their pids, in which a text stands. */
export function processes(text: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()}`;
      } catch {
        return "";
      }
    })
    .filter((line) => line.includes(text));
}
