import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { attempt } from "./attempt.js";

/**
 * The processes that cells start carry a mark in their environment, which their own children inherit: so all of them can
 * be found, also in groups of their own, and when the kernel is gone.
 */
export const MARK = "XORLAB_STARTED_BY";

/**
 * The mark's value.
 *
 * @param kernel  the kernel's number
 * @param waited  for a process that the kernel waits for: its number
 */
export function markOf(kernel: number, waited?: number): string {
  return `${process.pid}-${kernel}${waited === undefined ? "" : `.${waited}.`}`;
}

/** Sends a signal to all processes with a mark. */
export function signalMarked(mark: string, signal: NodeJS.Signals): void {
  for (const pid of marked(`${MARK}=${mark}`)) attempt(() => process.kill(pid, signal)); // it may have ended
}

function marked(text: string): number[] {
  if (process.platform === "win32") return [];
  if (!existsSync("/proc/self/environ")) {
    const lines = execFileSync("ps", ["-A", "-E", "-ww", "-o", "pid=,command="], { encoding: "utf8" }).split(
      "\n",
    );
    return lines.filter((line) => line.includes(text)).map((line) => Number.parseInt(line, 10));
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environment(name)?.includes(text))
    .map(Number);
}

/** The environment of a process; undefined if it is somebody else's, or has ended. */
const environment = (pid: string) => attempt(() => readFileSync(`/proc/${pid}/environ`, "latin1"));

/**
 * Waits for the end of its input, which is the end of the kernel, then ends what is marked: politely, and a second later
 * by force. Its first line of input is what to look for.
 */
const WATCHER = `
read -r text
read -r _
found() {
  if [ -r /proc/self/environ ]; then
    for folder in /proc/[0-9]*; do
      grep -qsF -e "$text" "$folder/environ" && echo "\${folder#/proc/}"
    done
  else
    ps -A -E -ww -o pid=,command= | grep -F -e "$text" | while read -r pid _; do echo "$pid"; done
  fi
}
for signal in TERM KILL; do
  pids=$(found)
  [ -z "$pids" ] && exit
  kill -s "$signal" $pids 2>/dev/null
  sleep 1
done
`;

/**
 * Starts a shell of its own group that ends what cells have started when the kernel has ended, however that comes about.
 * Nothing else can after a SIGKILL.
 */
export function watchForEnd(kernel: number): void {
  if (process.platform === "win32") return;
  const watcher = spawn("/bin/sh", ["-c", WATCHER], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
  });
  watcher.on("error", () => undefined); // no shell: what is left of a killed kernel stays
  watcher.stdin.on("error", () => undefined);
  watcher.stdin.write(`${MARK}=${markOf(kernel)}\n`);
  watcher.unref();
  (watcher.stdin as unknown as { unref(): void }).unref();
}
