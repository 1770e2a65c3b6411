import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.js";

// Needs: Jupyter

const START_LIMIT = 60_000; // milliseconds for JupyterLab to say where it is

/** A JupyterLab that the lab command runs. */
export interface RunningLab {
  /** with its port, without a slash at the end */
  readonly origin: string;
  readonly token: string;
  /** what it printed so far */
  printed(): string;
  /** ends it as Ctrl-C does, and gives the exit code */
  stop(): Promise<number | null>;
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

const spawnCommand = (args: readonly string[]) =>
  spawn(process.execPath, [join(CHECKOUT, "dist", "src", "node", "cli", "main.js"), ...args], {
    cwd: CHECKOUT,
  });

/** Runs `xorlab` with these arguments to its end. */
export async function runCommand(
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawnCommand(args);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    stdout += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    stderr += part;
  });
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** Starts `xorlab lab`, which opens no browser, and waits until it says where it is. */
export async function startLab(args: readonly string[]): Promise<RunningLab> {
  const child = spawnCommand(["lab", "--no-browser", ...args]);
  let text = "";
  const take = (part: string) => {
    text += part;
  };
  child.stdout.setEncoding("utf8").on("data", take);
  child.stderr.setEncoding("utf8").on("data", take);
  const ended = once(child, "close").then(([code]) => code as number | null);
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  const end = Date.now() + START_LIMIT;
  while (Date.now() < end && child.exitCode === null) {
    const found = /(http:\/\/127\.0\.0\.1:\d+)\/\S*\?token=(\S+)/.exec(text);
    if (found) return { origin: found[1], token: found[2], printed: () => text, stop };
    await new Promise((done) => setTimeout(done, 50));
  }
  await stop();
  throw new Error(`JupyterLab did not start:\n${text}`);
}
