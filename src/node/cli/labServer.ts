import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { jupyterEnvironment, RUNTIME_FOLDER, venvPython } from "./checkout.js";

const LOOK_EVERY = 100; // milliseconds between two looks for the server's address
const STOP_WITHIN = 15000; // milliseconds for the server to end its kernels and itself
const ASK_WITHIN = 3000; // milliseconds for the server to say that it will stop

/** Where a server is reached. */
export interface Address {
  readonly url: string;
  readonly port: number;
  readonly token: string;
}

/** A JupyterLab of .venv that was started here. */
export class LabServer {
  /** its exit code */
  readonly ended: Promise<number>;
  #address: Address | undefined;
  #child: ChildProcess;
  #over = false;

  /**
   * @param args    JupyterLab's arguments
   * @param folder  the folder that is served
   * @throws Error if set-up has not made .venv
   */
  constructor(args: readonly string[], folder: string) {
    mkdirSync(RUNTIME_FOLDER, { recursive: true });
    // A token that we give it is not printed by JupyterLab: the address is ours to print, once and clearly.
    const token = process.env.JUPYTER_TOKEN || randomBytes(24).toString("hex");
    // A process group of its own: Ctrl-C comes to us alone, and the server is ended in order. No input: it asks nothing.
    this.#child = spawn(venvPython("xorlab lab"), ["-m", "jupyterlab", ...args], {
      cwd: folder,
      detached: process.platform !== "win32",
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...jupyterEnvironment(folder), JUPYTER_TOKEN: token },
    });
    // What a server that was killed left behind, if it had the same process number.
    rmSync(join(RUNTIME_FOLDER, `jpserver-${this.#child.pid}.json`), { force: true });
    this.ended = once(this.#child, "exit").then(([code]) => {
      this.#over = true;
      return code ?? 1; // ended by a signal
    });
  }

  /** Its address, once it listens; undefined if it ended before. */
  async address(): Promise<Address | undefined> {
    const start = Date.now();
    while (!this.#over && this.#address === undefined) {
      this.#address = this.#written(start);
      await Promise.race([this.ended, wait(LOOK_EVERY)]);
    }
    return this.#address;
  }

  /** What the server wrote about itself. On Windows its process is not the one we started: the time tells. */
  #written(start: number): Address | undefined {
    const files = readdirSync(RUNTIME_FOLDER).filter((name) => /^jpserver-\d+\.json$/.test(name));
    for (const path of files.map((name) => join(RUNTIME_FOLDER, name))) {
      try {
        const found = JSON.parse(readFileSync(path, "utf8"));
        const fresh = process.platform === "win32" && statSync(path).mtimeMs >= start;
        if (fresh || found.pid === this.#child.pid) return found;
      } catch {
        // half-written, or gone again: the next look will tell
      }
    }
    return undefined;
  }

  /** Ends the server and its kernels: by asking, then by a signal, then by force. */
  async stop(): Promise<void> {
    if (this.#over) return;
    const force = setTimeout(() => this.kill(), STOP_WITHIN);
    if (!(await this.#asked())) this.#child.kill("SIGTERM");
    await this.ended;
    clearTimeout(force);
  }

  /** Asks the server to shut down, as File > Shut Down does. */
  async #asked(): Promise<boolean> {
    if (this.#address === undefined) return false;
    const { url, token } = this.#address;
    try {
      const answer = await fetch(`${url}api/shutdown`, {
        method: "POST",
        headers: { Authorization: `token ${token}` },
        signal: AbortSignal.timeout(ASK_WITHIN),
      });
      return answer.ok;
    } catch {
      return false;
    }
  }

  /** Ends it at once, with all that it started in its process group. */
  kill(): void {
    if (this.#over) return;
    try {
      if (process.platform === "win32" || this.#child.pid === undefined) this.#child.kill("SIGKILL");
      else process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // it ended in the meantime
    }
  }
}
