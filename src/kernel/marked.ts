import { spawn, spawnSync } from "node:child_process";

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

/** Finds the processes with a mark, in a shell: its first line of input, since `ps` shows arguments. */
const FOUND = `read -r text
found() {
  if [ -r /proc/self/environ ]; then
    grep -lsF -e "$text" /proc/[0-9]*/environ | cut -d / -f 3
  else
    ps -A -E -ww -o pid=,command= | grep -F -e "$text" | while read -r pid _; do echo "$pid"; done
  fi
}
`;

/** Sends a signal to all processes with a mark. */
export function signalMarked(mark: string, signal: NodeJS.Signals): void {
  const kill = `${FOUND} kill -s ${signal.replace("SIG", "")} $(found)`;
  if (process.platform !== "win32") spawnSync("/bin/sh", ["-c", kill], { input: `${MARK}=${mark}\n` });
}

/**
 * Waits for the end of its input, which is the end of the kernel, then ends what is marked: politely, and a second later
 * by force.
 */
const WATCHER = `${FOUND}
read -r _
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
