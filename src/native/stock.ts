import { rmSync } from "node:fs";
import { delimiter } from "node:path";
import { places } from "./places.js";
import type { SetupParts } from "./setupParts.js";

const PATIENCE = 4000; // milliseconds for a host that is there to answer at all

/** Where tfjs-node's install script fetches from, and the file that tells whether it can be had. */
const HOST = "https://storage.googleapis.com/";
const PROBE = "tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz";

/**
 * Can tfjs-node's own download be reached? Asked of the same host, mirrors included, for one file's head.
 *
 * @returns undefined if it can, else why not
 */
export async function stockTrouble(env = process.env, patience = PATIENCE): Promise<string | undefined> {
  const base = env.TFJS_NODE_CDN_STORAGE || env.npm_config_TFJS_NODE_CDN_STORAGE || env.CDN_STORAGE || HOST;
  try {
    const answer = await fetch(new URL(PROBE, base), {
      method: "HEAD",
      signal: AbortSignal.timeout(patience),
    });
    return answer.ok ? undefined : `it answers ${answer.status}`;
  } catch (error) {
    if ((error as Error).name === "TimeoutError") return `no answer within ${patience / 1000} s`;
    const { cause, message } = error as { cause?: { code?: string }; message: string };
    return cause?.code ?? message;
  }
}

/**
 * Installs the stock way: tfjs-node's own script fetches libtensorflow and a ready addon.
 *
 * @returns a word on what was done
 */
export async function runStockScript(setup: SetupParts, say: (line: string) => void): Promise<string> {
  rmSync(places.library, { recursive: true, force: true });
  rmSync(places.addonFolder, { recursive: true, force: true });
  const variable = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const path = [places.commands, process.env[variable]].join(delimiter);
  const { code, output } = await setup.runChild([process.execPath, "scripts/install.js"], {
    cwd: places.package,
    env: { ...process.env, [variable]: path },
    onLine: say,
  });
  if (code === 0) return "tfjs-node's own library and addon";
  throw new setup.Failure(
    new setup.Problem("tfjs-node's own download failed.", "what it printed stands above.", [
      "npx xorlab native --from wheel   (Linux: from the wheel of PyPI instead)",
      "behind a proxy: export HTTPS_PROXY=http://your-proxy:port, then npx xorlab native",
    ]),
    output,
  );
}
